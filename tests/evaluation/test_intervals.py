import numpy as np
import pytest

from funcgemma.evaluation.intervals import RESAMPLES, intervals, resampled


def _flags(*values):
    return [(float(value), 1.0) for value in values]


def test_an_interval_holds_its_rate_and_is_as_wide_as_theory_says():
    random = np.random.default_rng(1)
    flags = _flags(*(random.random(1000) < 0.8))
    low, high = intervals({"x": flags}, [str(i) for i in range(1000)])["x"]
    rate = sum(part for part, _ in flags) / 1000
    assert low < rate < high
    width = 2 * 1.96 * (rate * (1 - rate) / 1000) ** 0.5
    assert high - low == pytest.approx(width, rel=0.15)


def test_cases_that_are_alike_widen_the_interval():
    flags = _flags(*([1] * 50 + [0] * 50) * 4)
    single = intervals({"x": flags}, [str(i) for i in range(400)])["x"]
    grouped = intervals({"x": flags}, [str(i // 50) for i in range(400)])["x"]
    assert grouped[1] - grouped[0] > 3 * (single[1] - single[0])


def test_the_same_seed_gives_the_same_interval():
    flags = _flags(*([1, 0, 1] * 30))
    groups = [str(i) for i in range(90)]
    assert intervals({"x": flags}, groups) == intervals({"x": flags}, groups)
    assert intervals({"x": flags}, groups) != intervals({"x": flags}, groups, seed=1)


def test_what_never_happened_may_still_happen():
    found = intervals({"x": _flags(*[0] * 40), "y": _flags(*[1] * 40)}, ["a"] * 40)
    assert found["x"][0] == 0.0
    assert found["x"][1] == pytest.approx(0.0876, abs=1e-3)
    assert found["y"] == (pytest.approx(0.9124, abs=1e-3), 1.0)


def test_a_rate_nobody_speaks_about_has_no_interval():
    assert intervals({"x": [(0.0, 0.0)] * 3}, ["a", "b", "c"]) == {"x": None}
    assert intervals({"x": []}, []) == {"x": None}


def test_draws_in_which_there_is_nothing_to_count_are_left_out():
    rates = resampled({"x": [(1.0, 2.0), (0.0, 0.0), (0.0, 0.0)]}, ["a", "b", "c"])
    assert rates.shape == (RESAMPLES, 1)
    assert np.isnan(rates).any()
    assert np.nanmax(rates) == 0.5
