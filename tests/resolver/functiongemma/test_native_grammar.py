"""The grammar allows what we write, and only what we can read.

It has no recursive rule, so it can be turned into a regular expression: that tells whether a text
follows it, and makes texts that do.
"""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from native import define, functions_and_calls, hostile_text

from funcgemma.errors import FunctionError
from funcgemma.records import FunctionCall
from funcgemma.resolver.functiongemma.grammar import grammar
from funcgemma.resolver.functiongemma.parse import parse
from funcgemma.resolver.functiongemma.wire import Wire
from funcgemma.resolver.functiongemma.write import render_calls

TOKEN = re.compile(
    r'"((?:[^"\\]|\\.)*)"|(\[(?:[^\]\\]|\\.)*\])|([a-z][a-z0-9-]*)|(\{[0-9,]+\}|\S)|\s+'
)
ESCAPED = re.compile(r"\\(?:x(..)|.)")
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


def unescaped(match: re.Match[str]) -> str:
    return chr(int(match[1], 16)) if match[1] else match[0][1]


def regex(text: str) -> str:
    """A grammar without recursion as a regular expression."""
    rules = dict(line.split(" ::= ", 1) for line in text.splitlines())

    def expand(rule: str) -> str:
        return "".join(one(token) for token in TOKEN.finditer(rule))

    def one(token: re.Match[str]) -> str:
        literal, characters, name, sign = token.groups()
        if literal is not None:
            return re.escape(ESCAPED.sub(unescaped, literal)).join(("(?:", ")"))
        if name is not None:
            return f"(?:{expand(rules[name])})"
        return characters or sign or ""

    return expand(rules["root"])


def follows(text: str, *definitions, **options) -> bool:
    return re.fullmatch(regex(grammar(definitions, **options)), text) is not None


def written(definition, **arguments) -> str:
    return render_calls([FunctionCall(definition.name, arguments)], Wire.of([definition]))


@given(functions_and_calls(hostile_text.filter(lambda text: "<" not in text)))
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
@given(st.data())
@settings(max_examples=25, deadline=None)
def test_what_follows_the_grammar_is_read_without_problems(choice, stripped, data):
    pattern = regex(grammar([ODD, PING], choice=choice, stripped=stripped))
    text = data.draw(st.from_regex(pattern, fullmatch=True))
    parsed = parse(text, [ODD, PING])
    assert parsed.problems == ()
    assert (not parsed.calls or not parsed.text) and (parsed.calls or choice == "auto")
    if choice in ("odd", "ping"):
        assert {call.name for call in parsed.calls} == {choice}


def test_choices():
    call = written(PING)
    assert follows(call, PING) and follows("No.", PING) and not follows("", PING)
    assert follows(call, PING, choice="required") and not follows("No.", PING, choice="required")
    assert follows("No.", PING, choice="none") and not follows(call, PING, choice="none")
    assert follows(call, PING, ODD, choice="ping") and not follows(call, PING, ODD, choice="odd")
    assert follows("no_function", choice="required")  # nothing may be called
    with pytest.raises(FunctionError, match="no function 'other'"):
        grammar([PING], choice="other")


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
    for value, allowed in (
        ("山田", True),
        ('a"b\\c', True),
        ("line\nbreak", True),
        ("<escape>", True),
        ("山", False),
    ):
        assert follows(written(ODD, **{"guest-name": value}), ODD) is allowed


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
        ({}, ["", "a < b", "x\ny", "<3", "{a},[b]:c"], ["<b>"]),
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


def test_strings_hold_no_control_token():
    function = define({"x": {"type": "string"}})
    text = "<start_function_call>call:f{x:<escape>a<end_of_turn>b<escape>}<end_function_call>"
    assert not follows(text, function)
