"""What every backend must do; a module of tests defines a fixture `backend` and imports all of it.

    from backends.contract import *  # noqa: F403

The model may be any that writes more than a few tokens: nothing here asks what the text says.
A backend that lacks an ability must refuse the option, so no test is ever skipped.
"""

import json
import threading

import pytest
from jsonschema import validate

from funcgemma.backends.base import Abilities, Backend, ChatMessage, Completion, Options
from funcgemma.errors import BackendError

__all__ = [
    "test_a_chat_is_answered",
    "test_a_closed_backend_opens_again",
    "test_a_grammar_is_followed_or_refused",
    "test_a_grammar_with_a_schema_is_refused",
    "test_a_json_schema_is_followed_or_refused",
    "test_a_malformed_schema_is_refused",
    "test_a_stop_sequence_ends_the_text_before_it",
    "test_a_stream_adds_up_to_the_chat",
    "test_a_stream_can_be_closed_early",
    "test_a_stream_refuses_what_a_chat_refuses",
    "test_completions_count_their_tokens",
    "test_exactly_one_bos",
    "test_greedy_is_deterministic",
    "test_it_speaks_the_protocol",
    "test_log_probabilities_are_told_or_refused",
    "test_max_tokens_cuts",
    "test_odd_text_survives",
    "test_sampling_repeats_with_its_seed",
    "test_threads_may_share_it",
]

PROMPT = (
    "<start_of_turn>developer\nYou are a model that can do function calling with the following "
    "functions<start_function_declaration>declaration:weather_info{description:<escape>天気<escape>"
    ",parameters:{properties:{location:{description:<escape>場所<escape>,type:<escape>STRING"
    "<escape>}},required:[<escape>location<escape>],type:<escape>OBJECT<escape>}}"
    "<end_function_declaration><end_of_turn>\n<start_of_turn>user\n明日の東京の天気は？"
    "<end_of_turn>\n<start_of_turn>model\n"
)
MESSAGES = (
    ChatMessage("system", "Answer in one sentence."),
    ChatMessage("user", "東京の天気は？"),
)
SHORT = Options(max_tokens=16)
SCHEMA = {
    "type": "object",
    "properties": {"day": {"enum": ["today", "tomorrow"]}, "sure": {"type": "boolean"}},
    "required": ["day", "sure"],
    "additionalProperties": False,
}
GRAMMAR = 'root ::= "yes" | "no"'


def refused(action):
    with pytest.raises(BackendError) as caught:
        action()
    assert caught.value.reason == "unsupported"
    assert caught.value.hint


def test_it_speaks_the_protocol(backend):
    assert isinstance(backend, Backend)
    assert isinstance(backend.abilities, Abilities)
    assert backend.name
    backend.check()


def test_greedy_is_deterministic(backend):
    first, second = (backend.complete(PROMPT, SHORT) for _ in range(2))
    assert isinstance(first, Completion)
    assert first.text == second.text
    assert first.text


def test_max_tokens_cuts(backend):
    long = backend.complete(PROMPT, Options(max_tokens=12))
    short = backend.complete(PROMPT, Options(max_tokens=3))
    assert short.finish == "length"
    assert long.text.startswith(short.text)
    assert len(short.text) < len(long.text)


def test_completions_count_their_tokens(backend):
    answer = backend.complete(PROMPT, Options(max_tokens=3))
    assert answer.completion_tokens in (None, 3)
    assert answer.prompt_tokens is None or answer.prompt_tokens > 0
    if answer.cached_tokens is not None and answer.prompt_tokens is not None:
        assert 0 <= answer.cached_tokens <= answer.prompt_tokens


def test_a_stop_sequence_ends_the_text_before_it(backend):
    text = backend.complete(PROMPT, SHORT).text
    stop = text[len(text) // 2 :][:2]
    answer = backend.complete(PROMPT, Options(max_tokens=16, stop=("\0never", stop)))
    assert answer.text == text[: text.index(stop)]
    assert answer.finish == "stop"


def test_exactly_one_bos(backend):
    plain = backend.complete(PROMPT, SHORT)
    marked = backend.complete("<bos>" + PROMPT, SHORT)
    assert marked.text == plain.text
    assert marked.prompt_tokens == plain.prompt_tokens


def test_sampling_repeats_with_its_seed(backend):
    options = Options(max_tokens=8, temperature=0.9, top_p=0.95, seed=7)
    first, second = (backend.complete(PROMPT, options) for _ in range(2))
    assert first.text == second.text


def test_log_probabilities_are_told_or_refused(backend):
    options = Options(max_tokens=6, logprobs=True)
    if not backend.abilities.logprobs:
        refused(lambda: backend.complete(PROMPT, options))
        return
    answer = backend.complete(PROMPT, options)
    assert answer.tokens
    assert len(answer.tokens) <= 6
    assert all(token.logprob <= 1e-4 for token in answer.tokens)
    assert backend.complete(PROMPT, Options(max_tokens=6)).tokens is None


def test_a_json_schema_is_followed_or_refused(backend):
    options = Options(max_tokens=200, json_schema=SCHEMA)
    if not backend.abilities.json_schema:
        refused(lambda: backend.chat(MESSAGES, options))
        return
    for answer in (backend.chat(MESSAGES, options), backend.complete(PROMPT, options)):
        # A small model may fill its budget with white space, which the schema allows.
        if answer.finish == "stop":
            validate(json.loads(answer.text), SCHEMA)
        else:
            assert answer.text.lstrip().startswith("{")


def test_a_malformed_schema_is_refused(backend):
    options = Options(json_schema={"type": "a thing"})
    refused(lambda: backend.chat(MESSAGES, options))


def test_a_grammar_is_followed_or_refused(backend):
    options = Options(max_tokens=16, grammar=GRAMMAR)
    if not backend.abilities.grammar:
        refused(lambda: backend.complete(PROMPT, options))
        return
    answer = backend.complete(PROMPT, options)
    assert answer.text in ("yes", "no")
    assert answer.finish == "stop"


def test_a_grammar_with_a_schema_is_refused(backend):
    both = Options(grammar=GRAMMAR, json_schema=SCHEMA)
    refused(lambda: backend.complete(PROMPT, both))


def test_a_chat_is_answered(backend):
    first, second = (backend.chat(MESSAGES, SHORT) for _ in range(2))
    assert first.text == second.text
    assert first.text


def test_a_stream_adds_up_to_the_chat(backend):
    pieces = list(backend.stream(MESSAGES, SHORT))
    assert len(pieces) > 1
    assert all(pieces)
    assert "".join(pieces) == backend.chat(MESSAGES, SHORT).text


def test_a_stream_can_be_closed_early(backend):
    stream = backend.stream(MESSAGES, Options(max_tokens=64))
    first = next(stream)
    stream.close()
    assert backend.chat(MESSAGES, SHORT).text.startswith(first)


def test_a_stream_refuses_what_a_chat_refuses(backend):
    both = Options(grammar=GRAMMAR, json_schema=SCHEMA)
    refused(lambda: next(backend.stream(MESSAGES, both)))


def test_odd_text_survives(backend):
    odd = "\u2028 \x85 \0 「引用」 🌂👨‍👩‍👧 \ud83c \\n \" ' <end_of_turn"
    prompt = PROMPT.replace("明日", odd)
    assert isinstance(backend.complete(prompt, Options(max_tokens=4)).text, str)
    assert isinstance(backend.chat([ChatMessage("user", odd)], SHORT).text, str)


def test_a_closed_backend_opens_again(backend):
    before = backend.complete(PROMPT, SHORT).text
    backend.close()
    backend.close()
    assert backend.complete(PROMPT, SHORT).text == before


def test_threads_may_share_it(backend):
    expected = backend.complete(PROMPT, SHORT).text
    texts, faults = [], []

    def ask():
        try:
            texts.append(backend.complete(PROMPT, SHORT).text)
        except Exception as error:
            faults.append(error)

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert texts == [expected] * 4
