"""What is written is read back, whatever it holds; and no text makes the parser fail."""

import re

from hypothesis import example, given, settings
from hypothesis import strategies as st
from native import HOSTILE, define, functions_and_calls, hostile_text, plain_text

from funcgemma.records import FunctionCall
from funcgemma.resolver.functiongemma.parse import parse
from funcgemma.resolver.functiongemma.tokens import CONTROL, neutral, restore
from funcgemma.resolver.functiongemma.wire import Wire
from funcgemma.resolver.functiongemma.write import render_calls

CALLS_ONLY = re.compile(r"<(?:start|end)_function_\w+>|<end_of_turn>")


@given(functions_and_calls())
@settings(max_examples=100, deadline=None)
def test_calls_come_back_as_they_were_written(drawn):
    definitions, calls = drawn
    parsed = parse(render_calls(calls, Wire.of(definitions)), definitions)
    assert parsed.problems == ()
    assert parsed.calls == calls
    assert parsed.text == ""


@given(functions_and_calls())
@settings(max_examples=60, deadline=None)
def test_escaped_strings_are_exact_without_the_tokens_around_the_call(drawn):
    definitions, calls = drawn
    written = CALLS_ONLY.sub("", render_calls(calls, Wire.of(definitions)))
    parsed = parse(written, definitions)
    assert (parsed.calls, parsed.problems) == (calls, ())


@given(functions_and_calls(plain_text), st.sampled_from([CONTROL, re.compile("<escape>")]))
@settings(max_examples=100, deadline=None)
def test_plain_values_come_back_without_control_tokens(drawn, stripped):
    definitions, calls = drawn
    parsed = parse(stripped.sub("", render_calls(calls, Wire.of(definitions))), definitions)
    assert (parsed.calls, parsed.problems) == (calls, ())


FRAGMENTS = [*HOSTILE, "call:", "f", "g", "a:", "n:", "tags:[", "o:{", "1", "true", ",a:", ",n:"]


@given(st.lists(st.sampled_from(FRAGMENTS) | st.text(max_size=4), max_size=25).map("".join))
@example("call:f{" + "o:{" * 500)
@example("call:f{tags:" + "[" * 500 + "]" * 500 + "}")
@example("call:f{n:" + "9" * 5000 + "}")
@settings(max_examples=250, deadline=None)
def test_no_text_makes_the_parser_fail(text):
    function = define(
        {
            "a": {"type": "string"},
            "n": {"type": "number"},
            "tags": {"type": "array"},
            "o": {"type": "object"},
            "any": {},
        }
    )
    parsed = parse(text, [function])
    assert all(call.name == "f" for call in parsed.calls)
    assert all(str(problem) for problem in parsed.problems)


@given(hostile_text)
def test_neutral_text_holds_no_control_token_and_can_be_restored(text):
    assert not CONTROL.search(neutral(text))
    assert restore(neutral(text)) == text


def test_deep_nesting_is_reported():
    parsed = parse("call:f{a:" + "[" * 200 + "]" * 200 + "}", [define({"a": {}})])
    assert parsed.calls == (FunctionCall("f", {}),) or parsed.problems
