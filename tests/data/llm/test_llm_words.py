import pytest

from funcgemma.backends.base import Completion
from funcgemma.data.llm.answers import read_items
from funcgemma.data.llm.novelty import Known
from funcgemma.data.llm.texts import check_form, check_language
from funcgemma.data.llm.words import find_number, locate, trimmed


def test_words_stand_whole_and_free():
    assert locate("mo", "tomorrow in Mo") == (12, 14)
    assert locate("京都", "東京都から京都へ", [(1, 3)]) == (5, 7)
    assert locate("京都", "東京都", [(0, 3)]) is None
    assert locate("(a)", "x (A) y") == (2, 5)


@pytest.mark.parametrize(
    ("words", "kind", "found"),
    [
        ("「ありがとう」", "verbatim", "ありがとう"),
        ("羽生さん", "person", "羽生"),
        ("京都旅行", "place", "京都"),
        ("京都旅行", "verbatim", "京都旅行"),
        ("様", "person", "様"),
        ("「」", "verbatim", "「」"),
    ],
)
def test_what_never_belongs_to_a_value_is_cut(words, kind, found):
    assert trimmed(words, kind) == found


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (3, "3分"),
        (12, "１２個"),
        (25, "二十五人"),
        (30000, "3万円"),
        (1500, "1,500円"),
        (2.5, "2.5 km"),
        (twenty := 20, "twenty minutes"),
    ],
)
def test_numbers_however_written(value, text):
    start, end = find_number(value, text)
    assert text[start:end]
    assert find_number(value + 1, text) is None


def test_texts_that_repeat():
    known = Known(["明日の京都の天気を教えてください", "はい"])
    assert known.flaw("明日の京都の天気を教えてください。").reason == "duplicate"
    assert known.flaw("明日の京都の天気を教えてくださいな").reason == "near_duplicate"
    assert known.flaw("ハイ") is None
    assert known.flaw("はい！").reason == "duplicate"
    assert known.flaw("来週の会議をずらしておいて") is None
    known.add("来週の会議をずらしておいて")
    assert known.flaw("来週の会議をずらしておいて").reason == "duplicate"


@pytest.mark.parametrize(
    ("text", "language", "mixed", "fit"),
    [
        ("明日の天気", "ja", False, True),
        ("iPhone 17 Pro の値段", "ja", False, True),
        ("Schedule を明日に move して", "ja", True, True),
        ("Move it to tomorrow please", "ja", True, False),
        ("안녕하세요", "ja", True, False),
        ("where is it", "en", False, True),
        ("where is 東京", "en", False, False),
        ("where is 東京", "en", True, True),
        ("👍", "en", False, True),
        ("？", "ja", False, True),
    ],
)
def test_languages(text, language, mixed, fit):
    assert (check_language(text, language, mixed=mixed) is None) == fit


@pytest.mark.parametrize("text", ["", "  ", "〇〇の天気", "XXさんは誰", "{city} の天気", "```", "____を英語に"])  # fmt: skip
def test_what_no_utterance_holds(text):
    assert check_form(text).reason == "odd_text"


def test_answers():
    assert read_items(Completion('{"items": [{"text": "a"}]}')) == [{"text": "a"}]
    assert read_items(Completion('```json\n{"items": [1]}\n```')) == [1]
    for text in ("", "はい、どうぞ。", "[1]", '{"items": []}', '{"items": 3}', "[" * 100_000):
        assert read_items(Completion(text)).reason == "not_json"
    assert read_items(Completion('{"items": [{"te', "length")).reason == "cut"
