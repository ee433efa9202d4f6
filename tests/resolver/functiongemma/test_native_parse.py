"""What a model wrote, read right or reported."""

import pytest
from native import define

from funcgemma.records import FunctionCall
from funcgemma.resolver.functiongemma.parse import parse

STRING = {"type": "string"}
WEATHER = define(
    {
        "location": STRING,
        "date": {"type": "string", "format": "date"},
        "forecast_type": {"type": "string", "enum": ["current", "hourly", "daily"]},
    },
    "weather_info",
)
NOTE = define({"description": STRING, "time": STRING}, "note")
TIMER = define(
    {
        "minutes": {"type": "integer"},
        "factor": {"type": "number"},
        "loud": {"type": "boolean"},
        "labels": {"type": "array", "items": STRING},
        "level": {"type": "integer", "enum": [1, 2]},
        "maybe": {"type": ["string", "null"]},
        "free": {"type": "object"},
        "guest": {
            "type": "object",
            "properties": {"name": STRING, "age": {"type": "integer"}},
        },
    },
    "timer",
)
DEFINITIONS = (WEATHER, NOTE, TIMER)
OPEN, CLOSE = "<start_function_call>", "<end_function_call>"


def call(text: str) -> str:
    return f"{OPEN}call:{text}{CLOSE}"


def arguments(text: str) -> dict:
    """Those of the only call, which has no problem."""
    parsed = parse(text, DEFINITIONS)
    assert parsed.problems == ()
    (only,) = parsed.calls
    return dict(only.arguments)


def kinds(text: str) -> list[tuple[str, int, str]]:
    return [(p.kind, p.call, p.argument) for p in parse(text, DEFINITIONS).problems]


@pytest.mark.parametrize("end", ["", "<start_function_response>", "<end_of_turn>", "<eos>", "\n"])
def test_a_call_as_published(end):
    text = call("weather_info{date:<escape>2024-01-05<escape>,location:<escape>東京<escape>}") + end
    assert arguments(text) == {"date": "2024-01-05", "location": "東京"}
    assert parse(text, DEFINITIONS).text == ""


def test_several_calls_with_text_around_them():
    one, two = call("note{time:<escape>1<escape>}"), call("timer{minutes:3}")
    parsed = parse(f"Sure. {one} \n {two}<end_of_turn>never read {one}", DEFINITIONS)
    assert parsed.calls == (
        FunctionCall("note", {"time": "1"}),
        FunctionCall("timer", {"minutes": 3}),
    )
    assert parsed.text == "Sure."
    assert not parsed.declined


def test_plain_text_and_the_word_for_no_function():
    parsed = parse("I recall:foo is nice {a}.", DEFINITIONS)
    assert (parsed.calls, parsed.text, parsed.problems) == ((), "I recall:foo is nice {a}.", ())
    assert not parsed.declined
    assert parse("no_function<end_of_turn>", DEFINITIONS).declined
    assert parse("", DEFINITIONS).text == ""


@pytest.mark.parametrize(
    "value",
    [
        "一行目\n二行目\n\n", "a, b", "}", "{", "{}}", "a:b", "call:note{time:x}", ",location:Nara",
        "date:2024", "[", '"', "", " x ", "<", "<b>", "no_function", "response:note{}", "\0", "null",
    ],
)  # fmt: skip
@pytest.mark.parametrize("frame", [call("{}"), "call:{}"])
def test_an_escaped_string_may_hold_anything(value, frame):
    inner = f"weather_info{{location:<escape>{value}<escape>,date:<escape>2024-01-05<escape>}}"
    assert arguments(frame.replace("{}", inner)) == {"location": value, "date": "2024-01-05"}


def test_neutralised_tokens_are_restored():
    assert arguments(call("note{time:<escape><\\escape><\\\\escape><escape>}")) == {
        "time": "<escape><\\escape>"
    }


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("2024-01-05", "2024-01-05"),
        ("12:30", "12:30"),
        ("007", "007"),
        ("7", "7"),
        ("true", "true"),
    ],
)
@pytest.mark.parametrize("name", ["time", "location"])
def test_unescaped_strings_stay_strings(written, value, name):
    function = "note" if name == "time" else "weather_info"
    assert arguments(call(f"{function}{{{name}:{written}}}")) == {name: value}
    assert arguments(f"call:{function}{{{name}: {written} }}") == {name: value}


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("minutes:5", 5), ("minutes:-5", -5), ("minutes:5.0", 5), ("factor:2", 2),
        ("factor:2.50", 2.5), ("factor:1e-05", 1e-5), ("factor:-0.0", 0.0), ("loud:true", True),
        ("loud:False", False), ("level:2", 2), ("maybe:null", None), ("maybe:None", None),
        ("maybe:<escape>null<escape>", "null"), ("labels:[]", []), ("labels:[ ]", []),
        ("labels:[<escape>a,b<escape>, <escape>]<escape>]", ["a,b", "]"]), ("guest:{}", {}),
        ("guest:{age:3,name:<escape>}<escape>}", {"age": 3, "name": "}"}),
        ("free:{a:1,<escape>b c<escape>:[true,{d:null}]}", {"a": 1, "b c": [True, {"d": None}]}),
    ],
)  # fmt: skip
def test_values_by_schema(written, value):
    found = arguments(call(f"timer{{{written}}}"))
    assert found == {written.split(":")[0]: value}
    assert type(found[written.split(":")[0]]) is type(value)


def test_arguments_come_back_under_their_own_names():
    assert arguments(call("note{description_:<escape>x<escape>}")) == {"description": "x"}
    assert arguments(call("note{description:<escape>x<escape>}")) == {"description": "x"}


@pytest.mark.parametrize(
    ("written", "kind", "argument"),
    [
        ("minutes:five", "wrong_type", "minutes"),
        ("minutes:007", "wrong_type", "minutes"),
        ("minutes:2.5", "wrong_type", "minutes"),
        ("minutes:", "wrong_type", "minutes"),
        ("minutes:null", "wrong_type", "minutes"),
        (f"minutes:{'9' * 5000}", "wrong_type", "minutes"),
        ("minutes:<escape>5<escape>", "wrong_type", "minutes"),
        ("factor:1e999", "wrong_type", "factor"),
        ("factor:nan", "wrong_type", "factor"),
        ("loud:yes", "wrong_type", "loud"),
        ("loud:1", "wrong_type", "loud"),
        ("labels:<escape>a<escape>", "wrong_type", "labels"),
        ("guest:<escape>a<escape>", "wrong_type", "guest"),
        ("labels:[1,<escape>a<escape>,true]", None, ""),
        ("labels:[{a:1}]", "ambiguous", "labels"),
        ("labels:[a, b]", "ambiguous", "labels"),
        ("level:3", "not_in_enum", "level"),
        ("guest:{age:old}", "wrong_type", "guest.age"),
        ("guest:{shoe:3}", "unknown_argument", "guest.shoe"),
        ("hours:3", "unknown_argument", "hours"),
        ("minutes:3,minutes:4", "duplicate_argument", "minutes"),
        ("minutes:3 4", "wrong_type", "minutes"),
        ("minutes", "malformed", ""),
        ("minutes:3,4", "malformed", ""),
        ('"minutes":3', "malformed", ""),
        ("maybe:<escape>a<escape>b", "malformed", "maybe"),
        ("maybe:b<escape>a<escape>", "malformed", "maybe"),
        ("maybe:<escape>a", "malformed", "maybe"),
        ("maybe:a\0b", "malformed", "maybe"),
    ],
)
def test_what_is_wrong_is_reported(written, kind, argument):
    expected = [(kind, 0, argument)] if kind else []
    assert kinds(call(f"timer{{{written}}}")) == expected


def test_one_wrong_value_does_not_hide_the_others():
    text = call("timer{hours:1,level:9,loud:true,minutes:3}")
    parsed = parse(text, DEFINITIONS)
    assert parsed.calls == (FunctionCall("timer", {"loud": True, "minutes": 3}),)
    assert [p.kind for p in parsed.problems] == ["unknown_argument", "not_in_enum"]


def test_a_value_outside_an_enum():
    parsed = parse(call("weather_info{forecast_type:<escape>later<escape>}"), DEFINITIONS)
    assert parsed.calls == (FunctionCall("weather_info", {}),)
    assert str(parsed.problems[0]) == (
        'weather_info.forecast_type must be one of current, hourly, daily, not "later".'
    )


def test_problems_speak_the_names_of_the_wire():
    (problem,) = parse(
        call("note{description_:[1]}".replace("[1]", "<escape>")), DEFINITIONS
    ).problems
    assert problem.message.startswith("note.description_ ")
    assert problem.argument == "description"


def test_an_unknown_function():
    text = call("forecast{a:1}") + call("timer{minutes:x}")
    assert kinds(text) == [("unknown_function", 0, ""), ("wrong_type", 1, "minutes")]


@pytest.mark.parametrize(
    "text",
    [
        f"{OPEN}call:note{{time:<escape>1",
        f"{OPEN}call:note{{time:<escape>1<escape>",
        f"{OPEN}call:timer{{guest:{{age:3}}",
        "call:note{",
        "call:note{time:1<end_of_turn>",
    ],
)
def test_an_unfinished_call(text):
    parsed = parse(call("timer{minutes:1}") + text, DEFINITIONS)
    assert parsed.calls == (FunctionCall("timer", {"minutes": 1}),)
    assert [(p.kind, p.call) for p in parsed.problems] == [("unfinished", 1)]


@pytest.mark.parametrize(
    "text",
    [
        OPEN,
        f"{OPEN}note{{}}{CLOSE}",
        f"{OPEN}call:{{}}{CLOSE}",
        call("note"),
        call("note{time:<escape>1<escape>"),
        call("note{time:<escape>1<escape>}}"),
        call("note{time:<escape>1<escape>} and more"),
    ],
)
def test_a_malformed_call(text):
    parsed = parse(text + call("timer{minutes:1}"), DEFINITIONS)
    assert parsed.calls == (FunctionCall("timer", {"minutes": 1}),)
    assert [(p.kind, p.call) for p in parsed.problems] == [("malformed", 0)]


def test_the_name_of_an_argument_is_no_part_of_another_one():
    functions = [define({"info": STRING, "info_type": STRING}, "g")]
    (found,) = parse("call:g{info:a, b,info_type:c}", functions).calls
    assert found.arguments == {"info": "a, b", "info_type": "c"}
