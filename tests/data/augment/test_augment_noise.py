import unicodedata
from random import Random

import pytest

from funcgemma.data.augment.fillers import fillers
from funcgemma.data.augment.punctuation import no_punctuation
from funcgemma.data.augment.readings import hiragana, readings
from funcgemma.data.augment.typos import typos
from funcgemma.data.augment.widths import widths


def test_one_filler_in_front(read, texts, kit):
    case = read("[京都](location)の天気", "weather_info")
    row = fillers(case, Random(0), kit)
    assert row.text.endswith("京都の天気")
    assert row.text[slice(*row.spans["0.location"])] == "京都"
    assert "speech" in row.tags
    assert fillers(row, Random(0), kit) is None
    assert texts(fillers, read("weather in [Kyoto](location)", "weather_info", language="en"))
    assert not texts(fillers, read("うーんと、まあね"))


def test_no_punctuation(read, texts, kit):
    case = read(
        "えっと、[京都](location)の天気は？「[はい。](text)」", "weather_info", "sentiment_label"
    )
    (text,) = texts(no_punctuation, case)
    assert text == "えっと京都の天気は「はい。」"
    row = no_punctuation(case, Random(0), kit)
    assert no_punctuation(row, Random(0), kit) is None


def test_a_question_that_only_its_mark_tells_keeps_it(read, texts):
    assert texts(no_punctuation, read("ねえ、雨降る？")) == {"ねえ雨降る？"}
    assert texts(no_punctuation, read("Rain later, really?", language="en")) == {
        "Rain later really?"
    }
    assert texts(no_punctuation, read("where is it?", language="en")) == {"where is it"}


def test_numbers_keep_their_marks(read, texts):
    assert not texts(no_punctuation, read("3.5と1,000円"))
    assert not texts(no_punctuation, read("。。。"))


def test_readings(read, texts, kit, registry):
    case = read("[明日](date=2026-05-14)の[京都](location)の天気を教えて", "weather_info")
    made = texts(readings, case, 60)
    assert "明日の京都のてんきを教えて" in made
    assert all("京都" in text for text in made)
    assert hiragana("テンキー3") == "てんきー3"


def test_typos(read, texts, kit):
    case = read("[京都](destination)のおすすめを教えてほしいんだけど", "travel_guide")
    for seed in range(30):
        row = typos(case, Random(seed), kit)
        assert row.text != case.text
        assert row.text.startswith("京都")
        assert row.text[-1] == case.text[-1]
        assert abs(len(row.text) - len(case.text)) <= 1
        assert "typo" in row.tags


def test_typos_spare_negations_and_short_texts(read, texts):
    assert not texts(typos, read("はいはい"))
    for text in texts(typos, read("もう調べなくていいからさ、ほんと")):
        assert "なく" in text
    for text in texts(typos, read("do not remind me about that", language="en")):
        assert "not" in text.split()


def test_widths(read, texts, kit):
    case = read("[6/20](date=2026-06-20)の[NY](location)のツアー、A4で!", "weather_info")
    assert texts(widths, case) == {"６／２０のNYのツアー、Ａ４で！", "6/20のNYのﾂｱｰ、A4で!"}
    for text in texts(widths, case):
        assert unicodedata.normalize("NFKC", text) == case.text.replace("、", "、")
    assert not texts(widths, read("plain English", language="en"))


@pytest.mark.parametrize("table", [0, 1])
def test_widths_come_to_an_end(read, kit, table):
    row = read("A4のガイドをPDFで")
    steps = 0
    while (row := widths(row, Random(table), kit)) is not None:
        steps += 1
    assert steps == 2
