import pytest

from funcgemma.data.calls import parse_call_line
from funcgemma.data.markup import parse_markup
from funcgemma.errors import DataError


def test_spans_point_into_the_plain_text():
    text, spans = parse_markup("[明日](date=2026-05-14)の[京都](location)の天気は？")
    assert text == "明日の京都の天気は？"
    assert [(text[s.start : s.end], s.argument, s.value) for s in spans] == [
        ("明日", "date", "2026-05-14"),
        ("京都", "location", None),
    ]


def test_two_labels_on_one_span_and_numbers():
    _, spans = parse_markup("[明日](0.date=2026-05-14,1.datetime=2026-05-14)")
    assert [(s.call, s.argument) for s in spans] == [(0, "date"), (1, "datetime")]


def test_escapes():
    assert parse_markup(r"\[注意\] 一行目\n二行目")[0] == "[注意] 一行目\n二行目"


def test_quoted_values_may_hold_anything():
    _, spans = parse_markup('[あれ](text="a, b) \\"c\\"")')
    assert spans[0].value == 'a, b) "c"'


@pytest.mark.parametrize(
    "wrong", ["[京都", "[京都]location", "[](x)", "[京都](9)", "[京都](location"]
)
def test_mistakes_are_errors(wrong):
    with pytest.raises(DataError):
        parse_markup(wrong)


def test_call_line():
    line = parse_call_line('weather_info location=京都|京都市 text="a b" !date #typo')
    assert line.values == {"location": ("京都", "京都市"), "text": ("a b",)}
    assert line.missing == ("date",)
    assert line.tags == ("typo",)


def test_unreadable_word_is_an_error():
    with pytest.raises(DataError, match="cannot read 'what'"):
        parse_call_line("weather_info what")
