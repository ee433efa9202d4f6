import pytest

from funcgemma.cli.teach.answers import find_function, read_assignments, read_value
from funcgemma.errors import DataError, FunctionError
from funcgemma.functions.definition import FunctionDefinition


@pytest.fixture
def lamp():
    return FunctionDefinition(
        name="lamp",
        description="",
        parameters={
            "type": "object",
            "properties": {
                "room": {"type": "string"},
                "level": {"type": "integer", "maximum": 10},
                "on": {"type": "boolean"},
                "colours": {"type": "array", "items": {"type": "string"}},
            },
            "required": ["room"],
        },
        handler=lambda **arguments: arguments,
    )


def test_closest_function(definitions):
    assert find_function("weather_info", definitions).name == "weather_info"
    with pytest.raises(FunctionError, match="did you mean weather_info"):
        find_function("wether_info", definitions)
    with pytest.raises(FunctionError, match="known: travel_guide"):
        find_function("zzz", definitions)


def test_a_call_in_the_order_of_its_schema(definitions, say):
    words = ("date=2026-05-14", "location=京都")
    call = read_assignments(definitions["weather_info"], words, say("あした京都どう"))
    assert list(call.arguments.items()) == [("location", "京都"), ("date", "2026-05-14")]


@pytest.mark.parametrize(
    ("function", "argument", "said", "value"),
    [
        ("weather_info", "date", "明日", "2026-05-14"),
        ("schedule_reminder", "datetime", "明日の15時", "2026-05-14T15:00"),
        ("schedule_reminder", "datetime", "2026-05-14T15:00", "2026-05-14T15:00"),
        ("schedule_reminder", "datetime", "2026-05-14/2026-05-15", "2026-05-14/2026-05-15"),
        ("schedule_reminder", "recurrence", "毎週月曜", "FREQ=WEEKLY;BYDAY=MO"),
        ("schedule_reminder", "recurrence", "FREQ=DAILY", "FREQ=DAILY"),
        ("schedule_reminder", "description", "なんでも", "なんでも"),
        ("translation_assist", "target_language", "英語", "en"),
        ("translation_assist", "target_language", "zh", "zh"),
    ],
)
def test_values_as_they_are_kept_or_as_they_are_said(
    definitions, say, function, argument, said, value
):
    assert read_value(definitions[function], argument, said, say("x")) == value


@pytest.mark.parametrize(
    ("function", "word", "hint"),
    [
        ("weather_info", "location", "arguments of weather_info"),
        ("weather_info", "=京都", "arguments of weather_info"),
        ("weather_info", "place=京都", "location, forecast_type, date"),
        ("weather_info", "location=", "leave an argument out"),
        ("weather_info", "location=大阪", "as it stands there"),
        ("weather_info", "forecast_type=now", "hourly"),
        ("weather_info", "date=2026-13-01", "2026-05-14"),
        ("schedule_reminder", "datetime=いつか", "start/end"),
        ("schedule_reminder", "recurrence=FREQ=SOMETIMES", "BYDAY"),
        ("translation_assist", "target_language=asdf", "英語"),
    ],
)
def test_nonsense_is_refused_with_a_hint(definitions, say, function, word, hint):
    with pytest.raises(DataError) as caught:
        read_assignments(definitions[function], (word,), say("明日の京都の天気は？"))
    assert hint in caught.value.hint


def test_an_argument_given_twice(definitions, say):
    with pytest.raises(DataError, match="twice"):
        read_assignments(definitions["weather_info"], ("date=明日",) * 2, say("明日"))


def test_types_of_ones_own_function(lamp, say):
    words = ("room=寝室", "level=3", "on=true", "colours=red,blue")
    call = read_assignments(lamp, words, say("寝室を明るく"))
    assert dict(call.arguments) == {
        "room": "寝室",
        "level": 3,
        "on": True,
        "colours": ["red", "blue"],
    }
    for word in ("level=many", "level=11", "on=maybe"):
        with pytest.raises(DataError):
            read_assignments(lamp, (word,), say("寝室を明るく"))


def test_words_of_earlier_turns_count_as_said(definitions, say):
    dialogue = say("京都に行く", "いいですね。", "天気は？")
    call = read_assignments(definitions["weather_info"], ("location=京都",), dialogue)
    assert call.arguments == {"location": "京都"}
