"""Answers whose control tokens the runtime did not print, or printed in part."""

import pytest
from test_native_parse import CLOSE, DEFINITIONS, arguments, call, kinds

from funcgemma.records import FunctionCall
from funcgemma.resolver.functiongemma.parse import parse


@pytest.mark.parametrize(
    "value",
    [
        "Tokyo, Japan",
        "東京",
        "a:b",
        "{a}",
        "a\nb",
        "12:30, 13:30",
        "see http://x.jp/,y",
        "x, y: z",
        "a,b",
    ],
)
@pytest.mark.parametrize("frame", [call("{}"), "call:{}", "call:{}response:weather_info{a:1}"])
def test_declared_names_are_the_anchors(value, frame):
    for order in ("location:{},date:2024-01-05", "date:2024-01-05,location:{}"):
        text = frame.replace("{}", f"weather_info{{{order.replace('{}', value)}}}")
        assert arguments(text) == {"location": value, "date": "2024-01-05"}


def test_several_calls():
    text = "call:note{time:1, 2}\ncall:timer{minutes:3}call:note{}"
    assert [c.name for c in parse(text, DEFINITIONS).calls] == ["note", "timer", "note"]
    assert parse(text, DEFINITIONS).calls[0].arguments == {"time": "1, 2"}


def test_nested_values():
    assert arguments("call:timer{guest:{age:3,name:Bob, Jr.},labels:[a,b],loud:true}") == {
        "guest": {"age": 3, "name": "Bob, Jr."},
        "labels": ["a", "b"],
        "loud": True,
    }


def test_a_brace_in_a_value_is_certain_with_the_closing_token_and_reported_without():
    assert arguments(f"call:note{{time:a}}b}}{CLOSE}") == {"time": "a}b"}
    assert arguments(f"call:note{{time:a{{b}}{CLOSE}") == {"time": "a{b"}
    assert kinds("call:note{time:a}b}") == [("ambiguous", 0, "")]
    assert kinds("call:note{time:a{b}") == [("unfinished", 0, "")]


def test_text_after_the_closing_brace():
    parsed = parse("call:note{time:a} That is all.", DEFINITIONS)
    assert parsed.calls == (FunctionCall("note", {"time": "a"}),)
    assert parsed.text == "That is all."


def test_results_that_the_model_invents_are_not_read():
    parsed = parse("call:note{time:a}response:note{time:b}call:note{time:c}", DEFINITIONS)
    assert parsed.calls == (FunctionCall("note", {"time": "a"}),)


def test_what_may_be_another_argument_is_reported():
    assert kinds("call:weather_info{location:Tokyo,country:JP}") == [("ambiguous", 0, "location")]
    assert kinds("call:weather_info{location:Tokyo,date:1,location:Nara}") == [
        ("duplicate_argument", 0, "location")
    ]
