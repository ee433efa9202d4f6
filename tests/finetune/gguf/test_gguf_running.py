"""The written file in llama.cpp: right calls, and how each token type is printed."""

import pytest

from finetune.llama import load
from funcgemma.resolver.functiongemma.wire import Wire
from funcgemma.resolver.functiongemma.write import STOPS, render_calls
from tiny import EXAMPLES, FUNCTIONS, gguf_file, prompt_of

WIRE = Wire.of(FUNCTIONS)


def write(server, dialogue):
    body = {"prompt": prompt_of(dialogue), "max_tokens": 100, "temperature": 0.0, "stop": STOPS}
    return server.handle_completions(body)["choices"][0]["text"]


def wanted(calls):
    """The call as the model was taught it, up to where generation stops."""
    text = render_calls(calls, WIRE)
    return text[: min(text.index(stop) for stop in STOPS if stop in text)]


@pytest.mark.parametrize("control", ["CONTROL", "USER_DEFINED"])
@pytest.mark.parametrize("dtype", ["f16", "q8_0"])
def test_known_examples_get_their_calls(control, dtype):
    server = load(gguf_file(control, dtype), special=True)
    for dialogue, calls in EXAMPLES:
        assert write(server, dialogue) == wanted(calls)


def test_user_defined_tokens_are_printed_in_any_case():
    server = load(gguf_file("USER_DEFINED"), special=False)
    for dialogue, calls in EXAMPLES:
        assert write(server, dialogue) == wanted(calls)


def test_control_tokens_are_not_printed_and_stop_nothing():
    server = load(gguf_file("CONTROL"), special=False)
    for dialogue, calls in EXAMPLES:
        if calls:
            stripped = wanted(calls)
            for token in ("<start_function_call>", "<end_function_call>", "<escape>"):
                stripped = stripped.replace(token, "")
            assert write(server, dialogue).startswith(stripped)
            assert "<" not in write(server, dialogue)
