import pytest

from funcgemma.data.scoring import canonical, character_f1, score_calls, value_right
from funcgemma.records import FunctionCall

PHRASE = {"type": "string", "x-kind": "phrase"}
RRULE = {"type": "string", "x-kind": "rrule"}


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("「京都」", "京都"),
        ("ＫＹＯＴＯ", "kyoto"),
        ("駅は どこ？", "駅はどこ"),
        ("最高。", "最高"),
    ],
)
def test_strings_that_count_as_equal(a, b):
    assert canonical(a) == canonical(b)


def test_phrases_need_seven_tenths():
    assert character_f1("歯医者の予約", "歯医者") == pytest.approx(6 / 9)
    assert not value_right("歯医者の予約", "歯医者", PHRASE)
    assert value_right("歯医者予約", "歯医者", PHRASE)


def test_recurrences_are_sets_of_parts():
    assert value_right("FREQ=WEEKLY;BYDAY=FR;INTERVAL=2", "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR", RRULE)


def test_alternatives():
    assert value_right("京都市", ["京都", "京都市"], {"type": "string"})
    assert value_right(["a"], [["a"], ["b"]], {"type": "array"})


def _weather(**arguments):
    return FunctionCall("weather_info", arguments)


def test_defaults_may_be_left_out_or_given(registry):
    gold = [_weather(location="京都", forecast_type="daily")]
    assert score_calls([_weather(location="京都")], gold, registry.schemas).call_right
    gold = [_weather(location="京都")]
    given = [_weather(location="京都", forecast_type="daily")]
    assert score_calls(given, gold, registry.schemas).call_right
    wrong = [_weather(location="京都", forecast_type="weekly")]
    assert not score_calls(wrong, gold, registry.schemas).call_right
    extra = [_weather(location="京都", date="2026-05-14")]
    assert not score_calls(extra, gold, registry.schemas).call_right


def test_order_of_calls_does_not_matter(registry):
    a, b = _weather(location="東京"), _weather(location="大阪")
    assert score_calls([b, a], [a, b], registry.schemas).call_right


def test_false_action_and_misses(registry):
    a = _weather(location="東京")
    assert score_calls([a], [], registry.schemas).false_action
    assert score_calls([], [], registry.schemas).call_right
    assert not score_calls([], [a], registry.schemas).request_found
    both = score_calls([a, a], [a], registry.schemas)
    assert not both.function_right
    assert not both.call_right


def test_many_calls_can_be_right(registry):
    places = ("東京", "大阪", "京都", "福岡", "札幌", "仙台", "那覇")
    calls = [_weather(location=place) for place in places]
    assert score_calls(calls[::-1], calls, registry.schemas).call_right
    wrong = [*calls[:-1], _weather(location="青森")]
    score = score_calls(wrong, calls, registry.schemas)
    assert not score.call_right
    assert score.arguments_right == 6
