import pytest

from funcgemma.functions.builtin import builtin_registry
from funcgemma.functions.definition import FunctionDefinition
from funcgemma.records import Dialogue, FunctionCall, Message
from funcgemma.resolver.functiongemma.ground import Ungrounded, ground
from funcgemma.resolver.functiongemma.locate import locate

FUNCTIONS = {d.name: d for d in builtin_registry()}


def call(name, **arguments):
    return FunctionCall(name, arguments)


@pytest.mark.parametrize(
    ("text", "value", "found"),
    [
        ("ｉｐｈｏｎｅ　１５が欲しい", "iPhone 15", "ｉｐｈｏｎｅ　１５"),
        ("Weather in NEW YORK please", "New York", "NEW YORK"),
        ("「また\n明日」を英語に", "また明日", "また\n明日"),
        ("ｶﾞﾝﾀﾞﾑのプラモ", "ガンダム", "ｶﾞﾝﾀﾞﾑ"),
        ("東京の天気", "大阪", None),
        ("東京の天気", "", None),
    ],
)
def test_a_value_is_found_whatever_its_width_and_case(text, value, found):
    place = locate(value, [Message("user", text)])
    assert (place and place.text) == found
    if place:
        assert text[place.start : place.end] == found


def test_the_newest_turn_counts_first():
    messages = [
        Message("user", "東京は？"),
        Message("assistant", "晴れ"),
        Message("user", "東京の宿"),
    ]
    assert locate("東京", messages).turn == -1
    assert locate("晴れ", messages).turn == -2


def test_strings_are_taken_as_they_were_said(say):
    found = ground([call("weather_info", location="ｔｏｋｙｏ")], say("TOKYOの天気"), FUNCTIONS)
    assert found.calls == (call("weather_info", location="TOKYO"),)
    assert [(m.text, m.argument) for m in found.mentions] == [("TOKYO", "0.location")]
    assert found.ungrounded == ()


def test_what_nobody_said_is_left_out_and_listed(say):
    found = ground([call("weather_info", location="大阪")], say("明日の天気は？"), FUNCTIONS)
    assert found.calls == (call("weather_info"),)
    assert found.ungrounded == (Ungrounded(0, "location", "大阪"),)


@pytest.mark.parametrize("written", ["2026-05-14", "明日", "明日の朝"])
def test_times_are_read_by_the_normaliser(say, written):
    asked = call("weather_info", location="京都", date=written)
    found = ground([asked], say("明日の朝の京都の天気"), FUNCTIONS)
    assert found.calls[0].arguments == {"location": "京都", "date": "2026-05-14"}


def test_a_day_counted_wrongly_is_not_believed(say):
    asked = call("weather_info", location="京都", date="2026-05-20")
    found = ground([asked], say("明日の京都の天気"), FUNCTIONS)
    assert found.calls[0].arguments == {"location": "京都"}
    assert found.ungrounded[0].argument == "date"


@pytest.mark.parametrize("written", ["en", "EN", "英語", "English"])
def test_languages_become_codes(say, written):
    asked = call("translation_assist", text="猫", target_language=written)
    found = ground([asked], say("「猫」を英語にして"), FUNCTIONS)
    assert found.calls == (call("translation_assist", text="猫", target_language="en"),)


def test_choices_and_defaults_need_not_be_said(say):
    asked = call("weather_info", location="京都", forecast_type="weekly")
    assert ground([asked], say("京都の天気"), FUNCTIONS).calls == (asked,)


def test_every_item_of_an_array_must_be_said(say):
    schema = {
        "type": "object",
        "properties": {
            "rooms": {"type": "array", "items": {"type": "string"}},
            "options": {"type": "object"},
            "count": {"type": "integer"},
        },
    }
    lights = {"lights": FunctionDefinition("lights", "電気", schema, lambda **_: {})}
    heard = say("居間と台所の電気を 2 つ消して")
    asked = call("lights", rooms=["居間", "台所"], options={"room": ["居間"]}, count=2)
    assert ground([asked], heard, lights).calls == (asked,)
    wrong = call("lights", rooms=["居間", "寝室"], options={"room": ["寝室"]})
    found = ground([wrong], heard, lights)
    assert found.calls == (call("lights"),)
    assert [u.argument for u in found.ungrounded] == ["rooms", "options"]


def test_an_earlier_turn_grounds_a_value(say):
    heard = say("大谷翔平について", "大谷翔平選手は…", "成績は？")
    asked = call("celebrity_info", person_name="大谷翔平", info_type="career")
    found = ground([asked], heard, FUNCTIONS)
    assert found.calls == (asked,)
    assert found.mentions[0].turn == -2


def test_nothing_was_called():
    from datetime import UTC, datetime

    heard = Dialogue((Message("user", "やあ"),), datetime(2026, 1, 1, tzinfo=UTC))
    assert ground([], heard, FUNCTIONS).calls == ()
