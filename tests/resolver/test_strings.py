import pytest

from funcgemma.resolver.embedded.strings import quotations, trim, whole_quotation
from funcgemma.resolver.embedded.values import number_of


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("京都旅行", "place", "京都"),
        ("浅草周辺", "place", "浅草"),
        ("森保監督", "person", "森保"),
        ("さかなクン", "person", "さかなクン"),
        ("「猫」", "verbatim", "猫"),
        ("、京都 ", "place", "京都"),
        ("「京都", "place", "京都"),
        ("京都」", "place", "京都"),
        ("「京都」と「奈良」", "phrase", "「京都」と「奈良」"),
    ],
)
def test_trim(text, kind, value):
    start, end = trim(text, 0, len(text), kind)
    assert text[start:end] == value


def test_quotations_are_outermost():
    text = "「彼は『行く』と言った」を英語で、「猫」も"
    assert [text[a:b] for a, b in quotations(text)] == ["彼は『行く』と言った", "猫"]


def test_a_span_grows_to_its_quotation():
    text = "「今日は楽しかった」を訳して"
    start, end = whole_quotation(text, 1, 6)
    assert text[start:end] == "今日は楽しかった"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("3個", 3),
        ("３万円", 30000),
        ("二十五", 25),
        ("千二百", 1200),
        ("1,500円", 1500),
        ("半", 0.5),
        ("なし", None),
    ],
)
def test_numbers(text, number):
    assert number_of(text) == number


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("お母さん", "お母さん"),
        ("おばあちゃん", "おばあちゃん"),
        ("奥さん", "奥さん"),
        ("高橋さん", "高橋"),
        ("まいちゃん", "まい"),
    ],
)
def test_a_word_for_kin_keeps_its_honorific(text, value):
    start, end = trim(text, 0, len(text), "person")
    assert text[start:end] == value
