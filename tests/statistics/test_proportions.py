import pytest

from funcgemma.statistics.proportions import upper_bound, wilson


def test_the_exact_bound_is_the_rule_of_three():
    assert upper_bound(0, 299) == pytest.approx(0.01, abs=1e-4)
    assert upper_bound(0, 298) > 0.01
    assert upper_bound(5, 5) == 1.0
    assert upper_bound(0, 0) == 1.0


@pytest.mark.parametrize(("events", "trials"), [(0, 50), (3, 100), (40, 200), (17, 2710)])
def test_the_exact_bound_agrees_with_scipy(events, trials):
    from scipy.stats import beta

    expected = beta.ppf(0.95, events + 1, trials - events)
    assert upper_bound(events, trials) == pytest.approx(expected, rel=1e-9)


def test_wilson_against_known_values():
    assert wilson(5, 10) == (0.2366, 0.7634)
