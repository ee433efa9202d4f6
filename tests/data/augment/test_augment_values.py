from random import Random

import pytest

from funcgemma.data.augment.kit import lexicon, make_kit
from funcgemma.data.augment.values import exchange
from funcgemma.functions.definition import FunctionDefinition
from funcgemma.functions.registry import FunctionRegistry
from funcgemma.records import FunctionCall, Message


def _surface(row, place):
    return row.text[slice(*row.spans[place])]


@pytest.mark.parametrize(
    ("marked", "line", "place", "name"),
    [
        ("[京都](location)の天気は？", "weather_info", "0.location", "place"),
        ("[樹木希林](person_name)さんの代表作", "celebrity_info", "0.person_name", "person"),
        ("[豆乳](product_or_service)の口コミ", "shopping_intent intent_type=review",
         "0.product_or_service", "product_or_service"),
        ("[お花見](description)の予定消して", "schedule_reminder action=delete",
         "0.description", "description"),
        ("[米を炊く](description)のをリマインド", "schedule_reminder action=create",
         "0.description", "description_verb"),
        ("「[眠い](text)」は前向き？", "sentiment_label", "0.text", "text"),
    ],
)  # fmt: skip
def test_words_are_exchanged_for_others_of_their_kind(read, kit, marked, line, place, name):
    case = read(marked, line)
    for seed in range(20):
        row = exchange(case, Random(seed), kit)
        new = _surface(row, place)
        assert new in lexicon("ja", name)
        assert row.calls[0].arguments[place[2:]] == new
        assert row.text == case.text.replace(_surface(case, place), new)


def test_languages_carry_their_code(read, kit):
    case = read("「猫」を[英語](target_language=en)で", "translation_assist text=猫")
    row = exchange(case, Random(1), kit)
    assert row.calls[0].arguments["text"] == "猫"
    assert _surface(row, "0.target_language").endswith("語")
    assert len(row.calls[0].arguments["target_language"]) == 2


@pytest.mark.parametrize(
    ("marked", "line"),
    [
        ("[大谷翔平](person_name)選手の成績", "celebrity_info"),
        ("[AとB](product_or_service)どっち", "shopping_intent intent_type=comparison"),
        ("[京都](location)は？京都の空だよ", "weather_info"),
        ("[京都](location)は？", "weather_info location=京都|京都市"),
        ("[英訳](target_language=en)して", "translation_assist !text"),
        ("[もう無理](text)、って文は前向き？", "sentiment_label"),
        ("明日の天気は？", "weather_info !location"),
        ("京都が好き", "none statement"),
    ],
)
def test_what_stays_as_it_is(read, kit, marked, line):
    assert exchange(read(marked, line), Random(0), kit) is None


def test_words_that_the_history_says_stay(read, kit):
    history = (Message("user", "京都の宿は？"), Message("assistant", "京都の宿です。"))
    assert (
        exchange(read("[京都](location)の天気", "weather_info", history=history), Random(0), kit)
        is None
    )


def test_a_span_of_two_calls_changes_in_both(read, kit):
    case = read(
        "[京都](0.location,1.destination)の天気と宿",
        "weather_info",
        "travel_guide info_type=lodging",
    )
    row = exchange(case, Random(0), kit)
    assert row.calls[0].arguments["location"] == row.calls[1].arguments["destination"] != "京都"


def test_english_articles_agree(read, kit):
    case = read(
        "I need an [umbrella](product_or_service)",
        "shopping_intent intent_type=purchase",
        language="en",
    )
    for seed in range(30):
        word = _surface(exchange(case, Random(seed), kit), "0.product_or_service")
        assert word[0].lower() in "aeiou"


def test_arguments_without_a_lexicon_take_words_of_the_cases(make):
    schema = {"type": "object", "properties": {"mode": {"type": "string"}}, "required": ["mode"]}
    schemas = FunctionRegistry((FunctionDefinition("lamp", "", schema, dict),)).schemas
    cases = [
        make(f"ランプを{mode}に", ("lamp", {"mode": mode}), spans={"0.mode": (4, 4 + len(mode))})
        for mode in ("夜間", "読書灯")
    ]
    row = exchange(cases[0], Random(0), make_kit(cases, schemas))
    assert (row.text, row.calls) == (
        "ランプを読書灯に",
        (FunctionCall("lamp", {"mode": "読書灯"}),),
    )
