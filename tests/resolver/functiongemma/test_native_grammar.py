"""The grammar allows what we write, and only what we can read."""

import re

import pytest
from gbnf_machine import Machine
from hypothesis import given, settings
from native import define, functions_and_calls, hostile_text

from funcgemma.errors import FunctionError
from funcgemma.records import FunctionCall
from funcgemma.resolver.functiongemma.gbnf import spelled
from funcgemma.resolver.functiongemma.grammar import grammar
from funcgemma.resolver.functiongemma.parse import parse
from funcgemma.resolver.functiongemma.tokens import CONTROL
from funcgemma.resolver.functiongemma.wire import Wire
from funcgemma.resolver.functiongemma.write import render_calls

NAMED = (
    *("bos", "eos", "pad", "unk", "mask", "escape", "start_of_turn", "end_of_turn", "unused12"),
    *("start_of_image", "end_of_image", "image_soft_token", "start_function_response"),
)
ODD = define(
    {
        "guest-name": {"type": "string", "enum": ["山田", 'a"b\\c', "line\nbreak", "<escape>"]},
        "人数": {"type": "integer", "minimum": 0},
        "type": {
            "type": "object",
            "properties": {"type": {"enum": ["x"]}, "age": {"type": "integer"}},
            "required": ["type"],
        },
        "party": {"type": "array", "items": {"properties": {"n": {"type": "boolean"}}}},
        "labels": {"type": "array", "items": {"type": "string"}},
        "free": {"type": "object"},
        "any": {},
        "maybe": {"anyOf": [{"type": "integer"}, {"type": "null"}]},
        "when": {"type": "string", "format": "date-time"},
        "span": {"type": "string", "x-kind": "datetime"},
        "n": {"type": "number", "enum": [1, 2.5]},
        "point": {"$ref": "#/$defs/P"},
    },
    "odd",
    required=["n"],
    **{"$defs": {"P": {"properties": {"lat": {"type": "number"}, "p": {"$ref": "#/$defs/P"}}}}},
)
PING = define(name="ping")


def follows(text: str, *definitions, **options) -> bool:
    return Machine(grammar(definitions, **options)).follows(text)


def written(definition, **arguments) -> str:
    return render_calls([FunctionCall(definition.name, arguments)], Wire.of([definition]))


@given(functions_and_calls(hostile_text))
@settings(max_examples=60, deadline=None)
def test_what_we_write_follows_the_grammar(drawn):
    definitions, calls = drawn
    text = render_calls(calls, Wire.of(definitions))
    numbers = re.findall(r"[0-9.e+-]{17,}|e[+-]", text)
    assert numbers or (
        follows(text, *definitions) and follows(text, *definitions, choice="required")
    )


@pytest.mark.parametrize("choice", ["auto", "required", "odd", "ping"])
@pytest.mark.parametrize("stripped", [False, True])
def test_what_follows_the_grammar_is_read_without_problems(choice, stripped):
    machine = Machine(grammar([ODD, PING], choice=choice, stripped=stripped))
    for seed in range(150):
        written = machine.write(seed)
        parsed = parse(written, [ODD, PING])
        # Names that are not declared may come twice: no grammar can count them.
        assert [p for p in parsed.problems if not p.argument.startswith("free.")] == [], written
        assert not (parsed.calls and parsed.text)
        assert parsed.calls or choice == "auto"
        if choice in ("odd", "ping"):
            assert {call.name for call in parsed.calls} == {choice}


def test_choices():
    call, other = written(PING), define(name="other")
    assert follows(call, PING) and follows("No.", PING) and not follows("", PING)
    assert follows(call, PING, choice="required") and not follows("No.", PING, choice="required")
    assert follows("No.", PING, choice="none") and not follows(call, PING, choice="none")
    assert follows(call, PING, other, choice="ping")
    assert not follows(call, PING, other, choice="other")
    assert follows("no_function", choice="required")  # nothing may be called
    with pytest.raises(FunctionError, match="no function 'third'"):
        grammar([PING], choice="third")


def test_only_declared_names_in_their_order():
    function = define({"b": {"type": "integer"}, "a": {"type": "integer"}})
    for inner, allowed in {
        "": True, "a:1": True, "b:1": True, "a:1,b:2": True, "b:2,a:1": False, "a:1,": False,
        ",b:1": False, "c:1": False, "a:1,a:2": False, "a:01": False, "a:x": False,
    }.items():  # fmt: skip
        text = f"<start_function_call>call:f{{{inner}}}<end_function_call>"
        assert follows(text, function) is allowed, inner


def test_required_arguments_may_be_missing_unless_told():
    function = define({"a": {"type": "integer"}, "b": {"type": "integer"}, "c": {}}, required=["b"])
    for arguments, complete in (
        ({}, False),
        ({"a": 1}, False),
        ({"b": 1}, True),
        ({"a": 1, "b": 2, "c": 3}, True),
    ):
        text = written(function, **arguments)
        assert follows(text, function)
        assert follows(text, function, missing=False) is complete


def test_enums_are_exact():
    function = define({"guest-name": ODD.properties["guest-name"]})
    for value, allowed in (
        ("山田", True),
        ('a"b\\c', True),
        ("line\nbreak", True),
        ("<escape>", True),
        ("山", False),
    ):
        assert follows(written(function, **{"guest-name": value}), function) is allowed


@pytest.mark.parametrize(
    ("schema", "right", "wrong"),
    [
        ({"format": "date"}, ["2026-05-13"], ["2026-13-01", "2026-05-32", "明日", "2026-5-1", ""]),
        ({"x-kind": "date"}, ["2026-05-13"], ["2026-05-13T10:00"]),
        (
            {"x-kind": "datetime"},
            ["2026-05-13", "2026-05-13T10:20", "2026-05-13/2026-05-14", "2026-05-13T09:00/2026-05-13T10:00"],
            ["2026-05-13T25:00", "2026-05-13/"],
        ),
        ({"format": "date-time"}, ["2026-05-13T10:20:00Z", "2026-05-13T10:20+09:00"], ["2026-05-13"]),
        ({"format": "time"}, ["10:20", "10:20:30"], ["1:20"]),
        ({}, ["", "a < b", "x\ny", "<3", "{a},[b]:c", "<b>太字</b><br/>", "<<strong>x", "<ends>", "<esc", "<"], []),
    ],
)  # fmt: skip
def test_shapes_of_strings(schema, right, wrong):
    function = define({"x": {"type": "string", **schema}})
    assert [text for text in right if not follows(written(function, x=text), function)] == []
    assert [text for text in wrong if follows(written(function, x=text), function)] == []


def test_no_more_calls_than_allowed():
    calls = [FunctionCall("ping", {})] * 3
    text = render_calls(calls, Wire.of([PING]))
    assert follows(text, PING, most=3) and not follows(text, PING, most=2)


@pytest.mark.parametrize("token", NAMED)
def test_strings_hold_no_control_token(token):
    function = define({"x": {"type": "string"}})
    text = "<start_function_call>call:f{{x:<escape>a{}b<escape>}}<end_function_call>"
    assert not follows(text.format(f"<{token}>"), function)
    assert not follows(text.format(f"<<{token}>"), function)
    assert follows(text.format(f"<\\{token}>"), function)


def test_control_tokens_are_tokens_or_spelled():
    rules = grammar([ODD, PING])
    literals = re.findall(r'"(?:[^"\\]|\\.)*"', rules)
    assert not [text for text in literals if CONTROL.search(text)]
    outside = re.compile(r'"(?:[^"\\]|\\.)*"|\[(?:[^\]\\]|\\.)*\]')
    assert CONTROL.search(outside.sub("", rules))
    assert not CONTROL.search(outside.sub("", spelled(rules)))
    text = written(ODD, **{"guest-name": "<escape>", "n": 1})
    assert Machine(rules).follows(text) and Machine(spelled(rules)).follows(text)
