"""What the assistant asked for and the utterance is."""

import pytest

from funcgemma.records import FunctionCall
from funcgemma.resolver.embedded.answer import answered, gives_text
from funcgemma.resolver.embedded.features import Prior
from funcgemma.resolver.embedded.view import read


def prior(name, missing, reply, **arguments):
    return Prior(FunctionCall(name, arguments), 1, missing, True, 2, reply)


def text_asked(reply):
    return prior("translation_assist", ("text",), reply, target_language="en")


@pytest.mark.parametrize(
    ("reply", "text"),
    [
        ("どの文を訳しますか？", "風が強すぎて船が出せません"),
        ("訳したい文をお送りください。", "明日の天気は？"),
        ("翻訳したい文章を教えてください", "15時に会議を入れて"),
        ("What would you like me to translate?", "The meeting is at noon"),
        ("Please paste the text.", "see you tomorrow"),
    ],
)
def test_whatever_follows_is_the_text(definitions, now, reply, text):
    definition = definitions["translation_assist"]
    view, before = read(text, now), text_asked(reply)
    assert gives_text(view, before, definition)
    assert answered(view, before, definition, {})["text"][0].value == text.rstrip("。")


@pytest.mark.parametrize(
    ("reply", "text"),
    [
        ("どの文を訳しますか？", "ちょっと待って"),
        ("どの文を訳しますか？", "やっぱりいいや"),
        ("どの文を訳しますか？", "はい、お願いします"),
        ("What would you like me to translate?", "never mind"),
        ("ほかに何かありますか？", "風が強すぎて船が出せません"),
    ],
)
def test_what_is_no_text(definitions, now, reply, text):
    assert not gives_text(read(text, now), text_asked(reply), definitions["translation_assist"])


def test_a_language_at_the_end_is_not_part_of_the_text(definitions, now):
    before = prior("translation_assist", ("text", "target_language"), "何を何語に訳しますか？")
    view = read("また電話する ポルトガル語", now)
    found = answered(view, before, definitions["translation_assist"], {})
    assert found["text"][0].value == "また電話する"


@pytest.mark.parametrize("text", ["たじみ", "えっと、たじみ。", "枚方市です", "Broadmoor, please"])
def test_a_short_answer_is_the_name(definitions, now, text):
    before = prior("weather_info", ("location",), "どちらの天気ですか？")
    found = answered(read(text, now), before, definitions["weather_info"], {})
    assert found["location"][0].value in text
    assert len(found["location"][0].value) >= 3


@pytest.mark.parametrize(
    "text",
    [
        "明日の15時",
        "nope, car's working",
        "それはどうして聞くの",
        "駅の近くの大きな公園のあたりかな",
    ],
)
def test_a_time_a_refusal_or_a_sentence_is_no_name(definitions, now, text):
    before = prior("weather_info", ("location",), "どちらの天気ですか？")
    assert answered(read(text, now), before, definitions["weather_info"], {}) == {}


def test_nothing_is_made_up_that_was_not_asked_for(definitions, now):
    told = Prior(FunctionCall("weather_info", {}), 1, ("location",), False, 2, "晴れです。")
    assert answered(read("たじみ", now), told, definitions["weather_info"], {}) == {}
    old = Prior(FunctionCall("weather_info", {}), 2, ("location",), True, 4, "どちらですか？")
    assert answered(read("たじみ", now), old, definitions["weather_info"], {}) == {}
