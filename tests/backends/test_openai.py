"""What is particular to OpenAI-compatible servers: their manners, keys and forms."""

import json

import pytest

from funcgemma.backends.base import ChatMessage, Options, Token
from funcgemma.backends.catalogue import Place
from funcgemma.backends.demands import CONTROL_TOKENS
from funcgemma.backends.openai.backend import OpenAIBackend
from funcgemma.errors import BackendError
from servers.engines import FixedEngine
from servers.openai_server import openai_server
from servers.raw_server import answer, raw_server

MESSAGES = [ChatMessage("user", "天気は？")]
SCHEMA = {"type": "object", "properties": {}}


@pytest.fixture
def served():
    with openai_server(FixedEngine()) as served:
        yield served


@pytest.fixture
def backend(served):
    opened = OpenAIBackend("tiny", Place(openai_url=served[0]))
    yield opened
    opened.close()


def opened(url, kind=None, **place):
    backend = OpenAIBackend("tiny", Place(openai_url=url, **place))
    backend._kind = kind
    return backend


def asked_of(manner, action):
    """The body that a backend sends to a server of this manner."""
    with openai_server(FixedEngine(), manner=manner) as (url, state):
        backend = opened(url)
        action(backend)
        backend.close()
    return state.asked[-1][1]


def test_vllm_is_asked_to_print_control_tokens():
    body = asked_of("vllm", lambda backend: backend.complete("<bos>p", Options(stop=("x",))))
    assert body["prompt"] == "p"
    assert body["skip_special_tokens"] is False
    assert body["stop"] == ["x"]
    assert "preserved_tokens" not in body


def test_llama_server_is_asked_to_print_control_tokens():
    options = Options(grammar="root ::= [a-z]+")
    body = asked_of("llamacpp", lambda backend: backend.complete("p", options))
    assert body["preserved_tokens"] == list(CONTROL_TOKENS)
    assert body["grammar"] == "root ::= [a-z]+"
    body = asked_of("llamacpp", lambda b: b.chat(MESSAGES, Options(json_schema=SCHEMA)))
    assert body["json_schema"] == SCHEMA


def test_a_server_of_unknown_manner_gets_the_standard_alone():
    options = Options(json_schema=SCHEMA)
    body = asked_of("somebody", lambda backend: backend.complete("p", options))
    assert body["response_format"]["json_schema"]["schema"] == SCHEMA
    assert not {"skip_special_tokens", "preserved_tokens", "cache_prompt"} & set(body)


def test_only_llama_server_follows_grammars(backend):
    assert not backend.abilities.grammar
    with openai_server(FixedEngine(), manner="llamacpp") as (url, _):
        other = opened(url)
        assert other.abilities.grammar
        other.close()


def test_abilities_of_a_server_that_does_not_run(served):
    assert not opened("http://127.0.0.1:9/v1").abilities.grammar


def test_a_server_that_lists_no_models_is_still_asked():
    served = []

    def no_list(connection, over):
        served.append(True)
        text = '{"choices": [{"text": "a", "finish_reason": "stop"}]}'
        connection.sendall(answer("", "404 Not Found") if len(served) == 1 else answer(text))

    with raw_server(no_list) as url:
        backend = opened(url)
        assert backend.complete("p").text == "a"
        backend.close()


def test_a_server_that_does_not_stream():
    with openai_server(FixedEngine(), manner="whole") as (url, _):
        backend = opened(url)
        assert list(backend.stream(MESSAGES)) == [FixedEngine().text]
        done = backend.complete("p", Options(max_tokens=1, logprobs=True))
        backend.close()
    assert (done.text, done.finish, done.tokens) == ("東京の", "length", (Token("東京の", -0.25),))
    assert done.prompt_tokens is None


def test_what_the_server_tells_of_tokens(backend):
    done = backend.complete("xy", Options(max_tokens=2, logprobs=True))
    assert done.tokens == (Token("東京の", -0.25), Token("天気は", -0.25))
    assert (done.finish, done.prompt_tokens, done.cached_tokens) == ("length", 3, 0)
    done = backend.chat(MESSAGES, Options(max_tokens=1, logprobs=True))
    assert done.tokens == (Token("東京の", -0.25),)


def test_thoughts_are_no_part_of_the_answer(backend):
    assert backend.chat(MESSAGES).text == FixedEngine().text


def test_a_key_is_a_bearer():
    with openai_server(FixedEngine(), key="secret") as (url, _):
        right, wrong = opened(url, openai_key="secret\n"), opened(url, openai_key="秘密")
        right.check()
        with pytest.raises(BackendError) as caught:
            wrong.check()
        right.close()
        wrong.close()
    assert caught.value.reason == "refused"
    assert "key" in caught.value.hint
    assert "秘密" not in str(caught.value)


def test_check_finds_the_model(backend, served):
    backend.check()
    other = OpenAIBackend("other", Place(openai_url=served[0]))
    with pytest.raises(BackendError) as caught:
        other.check()
    with pytest.raises(BackendError) as again:
        other.chat(MESSAGES)
    other.close()
    assert caught.value.reason == again.value.reason == "not_pulled"


def test_a_llama_server_takes_any_name():
    with openai_server(FixedEngine(), manner="llamacpp") as (url, _):
        other = OpenAIBackend("whatever", Place(openai_url=url))
        other.check()
        other.close()


def test_an_address_without_v1(served):
    backend = opened(served[0].removesuffix("/v1"))
    with pytest.raises(BackendError) as caught:
        backend.check()
    backend.close()
    assert caught.value.reason == "refused"
    assert "address" in caught.value.hint


@pytest.mark.parametrize(
    "event",
    [
        {},
        {"choices": 7},
        {"choices": [7]},
        {"choices": [{}]},
        {"choices": [{"delta": 7}]},
        {"choices": [{"delta": {"content": ["x"]}}]},
        {"choices": [{"text": {}}]},
    ],
)
def test_events_that_make_no_sense(event):
    with raw_server(answer(f"data: {json.dumps(event)}\n\n")) as url:
        backend = opened(url, "vllm")
        with pytest.raises(BackendError) as caught:
            backend.chat(MESSAGES)
        backend.close()
    assert caught.value.reason == "garbage"


@pytest.mark.parametrize(
    ("stream", "text"),
    [
        ('data:{"choices":[{"delta":{"content":"a"},"finish_reason":"stop"}]}\r\n\r\n', "a"),
        ('event: x\nid: 1\ndata: {"choices":[{"text":"a","finish_reason":"eos"}]}\n', "a"),
        ('{"choices":[{"message":{"content":"a"},"finish_reason":"stop"}]}', "a"),
        ('data: {"choices":[{"delta":{},"finish_reason":"stop"}],"usage":null}\n', ""),
        ('data: {"choices":[{"delta":{"content":null},"finish_reason":"stop"}],"usage":{}}\n', ""),
    ],
)
def test_forms_that_are_understood(stream, text):
    with raw_server(answer(stream, kind="text/event-stream")) as url:
        backend = opened(url, "vllm")
        assert backend.chat(MESSAGES).text == text
        backend.close()


@pytest.mark.parametrize("reason", ["abort", "error"])
def test_an_aborted_answer_is_cut(reason):
    event = {"choices": [{"delta": {"content": "a"}, "finish_reason": reason}]}
    with raw_server(answer(f"data: {json.dumps(event)}\n\ndata: [DONE]\n\n")) as url:
        backend = opened(url, "vllm")
        with pytest.raises(BackendError) as caught:
            backend.chat(MESSAGES)
        backend.close()
    assert caught.value.reason == "cut"


def test_an_error_event_of_older_servers():
    with raw_server(answer('error: {"code": 500, "message": "it broke"}\n\n')) as url:
        backend = opened(url, "llamacpp")
        with pytest.raises(BackendError, match="it broke"):
            backend.chat(MESSAGES)
        backend.close()
