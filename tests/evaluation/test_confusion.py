import pytest

from funcgemma import Case, Decision, FunctionCall
from funcgemma.evaluation.confusion import confusion
from funcgemma.evaluation.judged import judge

NAMES = ["weather_info", "travel_guide"]


@pytest.fixture
def count(now, registry):
    def build(wanted, decided):
        calls = [tuple(FunctionCall(name) for name in names) for names in (wanted, decided)]
        judged = judge(
            [Case("1", "x", now, calls=calls[0])], [Decision(calls[1])], registry.schemas
        )
        found = confusion(judged, NAMES)
        labels = found["labels"]
        return {
            (labels[i], labels[j]): value
            for i, row in enumerate(found["counts"])
            for j, value in enumerate(row)
            if value
        }

    return build


def test_silence_is_counted_once(count):
    assert count([], []) == {("no_function", "no_function"): 1}


def test_missed_and_superfluous_calls(count):
    assert count(["weather_info"], []) == {("weather_info", "no_function"): 1}
    assert count([], ["weather_info"] * 2) == {("no_function", "weather_info"): 2}


def test_equal_calls_first_then_the_rest_in_order(count):
    assert count(["weather_info", "travel_guide"], ["travel_guide", "other", "weather_info"]) == {
        ("weather_info", "weather_info"): 1,
        ("travel_guide", "travel_guide"): 1,
        ("no_function", "other"): 1,
    }
    assert count(["weather_info", "weather_info"], ["weather_info", "travel_guide"]) == {
        ("weather_info", "weather_info"): 1,
        ("weather_info", "travel_guide"): 1,
    }
