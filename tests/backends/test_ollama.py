"""What only Ollama does: the form of its requests, its model shelf, and its versions."""

import json

import pytest

from funcgemma.backends.base import ChatMessage, Options, Token
from funcgemma.backends.catalogue import Place
from funcgemma.backends.ollama.backend import OllamaBackend, OllamaServer
from funcgemma.backends.ollama.server import (
    InstalledModel,
    PullProgress,
    canonical,
    parse_version,
    same_model,
)
from funcgemma.errors import BackendError
from servers.engines import FixedEngine
from servers.ollama_server import ollama_server
from servers.raw_server import answer, raw_server

MESSAGES = [ChatMessage("system", "短く。"), ChatMessage("user", "天気は？")]


@pytest.fixture
def engine():
    return FixedEngine()


@pytest.fixture
def served(engine):
    with ollama_server(engine) as served:
        yield served


@pytest.fixture
def server(served):
    opened = OllamaServer(served[0])
    yield opened
    opened.close()


@pytest.fixture
def backend(served):
    opened = OllamaBackend("functiongemma", Place(ollama_url=served[0], num_ctx=2048))
    yield opened
    opened.close()


def test_a_rendered_prompt_goes_out_raw(backend, served):
    options = Options(max_tokens=7, stop=("<end>",), seed=3, logprobs=True, json_schema={"a": 1})
    backend.complete("<bos>prompt", options)
    path, body = served[1].asked[-1]
    assert path == "/api/generate"
    assert body == {
        "model": "functiongemma",
        "prompt": "prompt",
        "raw": True,
        "truncate": False,
        "stream": True,
        "keep_alive": "10m",
        "logprobs": True,
        "format": {"a": 1},
        "options": {
            "num_ctx": 2048,
            "num_predict": 7,
            "temperature": 0.0,
            "top_p": 1.0,
            "seed": 3,
            "stop": ["<end>"],
            "repeat_penalty": 1.0,
            "presence_penalty": 0.0,
            "frequency_penalty": 0.0,
        },
    }


def test_a_chat_keeps_its_messages_and_the_models_own_stops(backend, served):
    backend.chat(MESSAGES)
    path, body = served[1].asked[-1]
    assert path == "/api/chat"
    assert body["messages"] == [
        {"role": "system", "content": "短く。"},
        {"role": "user", "content": "天気は？"},
    ]
    assert "stop" not in body["options"]
    assert body["think"] is False


def test_what_the_server_tells_of_tokens(backend):
    done = backend.complete("xy", Options(max_tokens=2, logprobs=True))
    assert done.tokens == (Token("東京の", -0.25), Token("天気は", -0.25))
    assert (done.finish, done.prompt_tokens, done.cached_tokens) == ("length", 3, 0)
    assert done.completion_tokens == 2


def test_a_number_that_is_none_makes_the_tokens_unknown():
    row = {"response": "x", "done": True, "logprobs": [{"token": "x", "logprob": None}]}
    with raw_server(answer(json.dumps(row) + "\n")) as url:
        backend = OllamaBackend("m", Place(ollama_url=url))
        done = backend.complete("p", Options(logprobs=True))
        backend.close()
    assert (done.text, done.tokens) == ("x", None)


def test_a_stop_that_the_server_let_through_is_cut():
    row = {"response": "call<end>rest", "done": True, "done_reason": "length"}
    with raw_server(answer(json.dumps(row))) as url:
        backend = OllamaBackend("m", Place(ollama_url=url))
        done = backend.complete("p", Options(stop=("<end>",)))
        backend.close()
    assert (done.text, done.finish) == ("call", "stop")


def test_check_finds_the_model(backend, served):
    backend.check()
    assert served[1].loaded == {}
    missing = OllamaBackend("qwen2.5:7b", Place(ollama_url=served[0]))
    with pytest.raises(BackendError) as caught:
        missing.check()
    missing.close()
    assert caught.value.reason == "not_pulled"
    assert "ollama pull qwen2.5:7b" in caught.value.hint


@pytest.mark.parametrize(
    ("model", "version", "fits"),
    [
        ("functiongemma", "0.13.4", False),
        ("functiongemma", "0.13.5", True),
        ("functiongemma", "0.33.0-rc2", True),
        ("functiongemma", "0.0.0-dev", True),
        ("functiongemma", "nightly", True),
        ("gemma3:4b", "0.6.0", True),
    ],
)
def test_functiongemma_needs_a_new_server(engine, model, version, fits):
    with ollama_server(engine, version=version) as (url, _):
        backend = OllamaBackend(model, Place(ollama_url=url))
        if fits:
            backend.check()
        else:
            with pytest.raises(BackendError, match="too old"):
                backend.check()
        backend.close()


def test_the_shelf(server, served):
    assert server.version() == "0.33.0"
    assert server.models()[0] == InstalledModel("functiongemma:latest", 2_000_000)
    assert server.loaded() == ()
    assert server.find("FunctionGemma").name == "functiongemma:latest"
    assert server.show("functiongemma").info["gemma3.block_count"] == 6
    assert server.show("functiongemma").capabilities == ("completion",)


def test_loading_and_unloading(server, backend):
    backend.complete("p")
    loaded = server.loaded()
    assert [(m.name, m.num_ctx) for m in loaded] == [("functiongemma:latest", 2048)]
    server.unload("functiongemma")
    assert server.loaded() == ()


def test_a_pull_tells_how_far_it_is(server):
    steps = []
    server.pull("qwen2.5:7b", steps.append)
    assert steps[2] == PullProgress("pulling abc", 500, 1000)
    assert steps[-1].status == "success"
    assert server.find("qwen2.5:7b").size == 1000


def test_a_pull_of_nothing(server):
    with pytest.raises(BackendError) as caught:
        server.pull("nothing:1b")
    assert caught.value.reason == "not_pulled"
    assert "library" in caught.value.hint


def test_a_pull_that_breaks_off():
    with (
        raw_server(answer('{"status": "pulling manifest"}\n')) as url,
        pytest.raises(BackendError) as caught,
    ):
        OllamaServer(url).pull("m")
    assert caught.value.reason == "cut"


@pytest.mark.parametrize("body", ['{"models": null}', "{}"])
def test_an_empty_shelf(body):
    with raw_server(answer(body)) as url:
        assert OllamaServer(url).models() == ()


@pytest.mark.parametrize("body", ['{"models": 7}', '{"models": [7]}', "[]"])
def test_a_shelf_that_makes_no_sense(body):
    with raw_server(answer(body)) as url, pytest.raises(BackendError) as caught:
        OllamaServer(url).models()
    assert caught.value.reason == "garbage"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("gemma3", "gemma3:latest", True),
        ("Gemma3:4B", "gemma3:4b", True),
        ("library/gemma3", "gemma3", True),
        ("registry.ollama.ai/library/gemma3:4b", "gemma3:4b", True),
        ("hf.co/me/model", "hf.co/me/model:latest", True),
        ("localhost:5000/me/model", "localhost:5000/me/model:latest", True),
        ("gemma3:4b", "gemma3:1b", False),
        ("me/gemma3", "gemma3", False),
    ],
)
def test_names_of_models(one, other, same):
    assert same_model(one, other) is same
    assert canonical(canonical(one)) == canonical(one)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [("0.13.5", (0, 13, 5)), ("v1.2", (1, 2)), ("0.33.0-rc2", (0, 33, 0)), ("dev", ()), ("", ())],
)
def test_versions(text, numbers):
    assert parse_version(text) == numbers
