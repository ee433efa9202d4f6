import pytest

from funcgemma.records import FunctionCall
from funcgemma.training.trust import (
    LEAST,
    NEVER,
    UNTESTED,
    Agreement,
    Judged,
    agreement,
    choose_thresholds,
    given_thresholds,
)

KYOTO = FunctionCall("weather_info", {"location": "京都"})
NARA = FunctionCall("weather_info", {"location": "奈良"})


def answers(acts, *rows):
    return [Judged(sure, acts, right) for sure, right, times in rows for _ in range(times)]


def test_the_lowest_threshold_above_which_enough_is_right():
    judged = answers(True, (0.2, False, 10), (0.6, True, 10), (0.7, False, 1), (0.9, True, 30))
    found = choose_thresholds(judged, 0.95).calls
    assert (found.value, found.asked, found.kept, found.right) == (0.6, 51, 41, 40)
    assert choose_thresholds(judged, 1.0).calls.value == 0.9


def test_calls_and_silence_have_thresholds_of_their_own():
    judged = answers(True, (0.3, True, 20)) + answers(False, (0.4, False, 5), (0.8, True, 20))
    found = choose_thresholds(judged, 0.95)
    assert (found.of(True), found.of(False)) == (0.3, 0.8)


def test_a_teacher_that_is_never_right_often_enough_is_never_believed():
    found = choose_thresholds(answers(True, (0.99, False, 5), (0.99, True, 20)), 0.95)
    assert found.of(True) == NEVER


@pytest.mark.parametrize("count", [0, LEAST - 1])
def test_from_too_little_nothing_is_chosen(count):
    found = choose_thresholds(answers(False, (0.1, True, count)))
    assert found.none.value == UNTESTED
    assert found.none.asked == count


def test_a_given_threshold_is_counted_as_well():
    judged = answers(True, (0.2, False, 3), (0.6, True, 4), (0.7, False, 1))
    found = given_thresholds(0.5, judged)
    assert (found.calls.value, found.calls.asked, found.calls.kept, found.calls.right) == (
        0.5,
        8,
        5,
        4,
    )
    assert (found.none.value, found.none.asked) == (0.5, 0)


def test_agreement_by_the_rules_of_a_case(registry):
    pairs = [((KYOTO,), (KYOTO,)), ((KYOTO,), (NARA,)), ((), (NARA,)), ((), ())]
    found = agreement(pairs, registry.schemas)
    assert found == Agreement(4, 3, 2)
    assert found.to_json() == {"cases": 4, "functions": 0.75, "calls": 0.5}
    assert agreement([], registry.schemas).to_json()["calls"] == 0.0
