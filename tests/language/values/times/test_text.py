import pytest

from funcgemma.language.values.times.numbers import ENGLISH_NUMBERS, HOUR_READINGS, to_int
from funcgemma.language.values.times.text import normalise


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Ｐａｒｉｓ　９：３０", "paris 9:30"),
        ("10時～12時", "10時〜12時"),
        ("10−12", "10-12"),
        ("ｸﾘｽﾏｽ", "クリスマス"),
        ("ﾊﾞﾚﾝﾀｲﾝ", "バレンタイン"),
        ("か\u3099つ", "がつ"),
        ("㏠", "1日"),
        ("二○二六年", "二〇二六年"),
        ("A\tb", "a b"),
    ],
)
def test_normalise(text, plain):
    assert normalise(text).text == plain


def test_spans_lead_back_to_the_original():
    text = "x ﾊﾞﾚﾝﾀｲﾝ y"
    plain = normalise(text)
    start = plain.text.index("バレンタイン")
    assert plain.original(start, start + 6) == (2, 9)
    assert text[2:9] == "ﾊﾞﾚﾝﾀｲﾝ"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12", 12),
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("二十五", 25),
        ("二〇二六", 2026),
        ("二千二十六", 2026),
        ("百", 100),
    ],
)
def test_numbers(text, number):
    assert to_int(text) == number


def test_spoken_numbers():
    assert (HOUR_READINGS["じゅうく"], HOUR_READINGS["にじゅうさん"]) == (19, 23)
    assert (ENGLISH_NUMBERS["twelve"], ENGLISH_NUMBERS["a couple of"]) == (12, 2)
