"""The scripted backend: which answer is given, what is remembered, and how it fails."""

import json

import pytest

from funcgemma.backends.base import Abilities, ChatMessage, Options, Token
from funcgemma.backends.catalogue import open_backend
from funcgemma.backends.scripted.backend import ScriptedBackend
from funcgemma.backends.scripted.script import Answer
from funcgemma.errors import BackendError


def ask(backend, text, **options):
    return backend.chat([ChatMessage("user", text)], Options(**options)).text


def test_answers_come_in_order_and_once():
    backend = ScriptedBackend(["一", "二"])
    assert [ask(backend, "x"), ask(backend, "x")] == ["一", "二"]
    with pytest.raises(BackendError, match="no answer left"):
        ask(backend, "x")


def test_a_rule_answers_whenever_it_fits():
    backend = ScriptedBackend([Answer("晴れ", when="天気|weather"), "はい", Answer("他", when="")])
    said = [ask(backend, text) for text in ("天気は？", "やあ", "the weather", "やあ")]
    assert said == ["晴れ", "はい", "晴れ", "他"]


def test_it_remembers_what_it_was_asked():
    backend = ScriptedBackend([Answer("a", when="")])
    backend.complete("prompt", Options(seed=1))
    list(backend.stream([ChatMessage("system", "s"), ChatMessage("user", "u")]))
    assert [heard.kind for heard in backend.heard] == ["complete", "stream"]
    assert [heard.text for heard in backend.heard] == ["prompt", "u"]
    assert backend.heard[0].options == Options(seed=1)


def test_an_answer_can_be_an_error():
    backend = ScriptedBackend([Answer(error="not_running"), "はい"])
    with pytest.raises(BackendError) as caught:
        ask(backend, "x")
    assert caught.value.reason == "not_running"
    assert ask(backend, "x") == "はい"


def test_a_stream_can_fail_in_the_middle():
    backend = ScriptedBackend([Answer("one two three", error="cut", fail_after=2)])
    pieces = []
    with pytest.raises(BackendError) as caught:
        for piece in backend.stream([ChatMessage("user", "x")]):
            pieces.append(piece)
    assert caught.value.reason == "cut"
    assert pieces == ["one", " two"]


def test_stop_and_max_tokens():
    backend = ScriptedBackend([Answer("one two three", when="")])
    assert ask(backend, "x", stop=("three", " two")) == "one"
    cut = backend.complete("x", Options(max_tokens=2))
    assert (cut.text, cut.finish) == ("one two", "length")
    cut = backend.complete("x", Options(max_tokens=2, stop=(" two",)))
    assert (cut.text, cut.finish) == ("one", "stop")


def test_tokens_are_told_where_asked_for():
    tokens = (Token("はい", -0.1), Token("。", -0.2))
    backend = ScriptedBackend([Answer("はい。", when="", tokens=tokens)])
    assert backend.complete("x").tokens is None
    assert backend.complete("x", Options(logprobs=True)).tokens == tokens
    assert backend.complete("x", Options(logprobs=True, max_tokens=1)).tokens == tokens[:1]
    assert ScriptedBackend([Answer(tokens=tokens)]).complete("x").text == "はい。"


def test_abilities_are_what_the_test_says():
    backend = ScriptedBackend(["{}"], abilities=Abilities())
    with pytest.raises(BackendError) as caught:
        backend.complete("x", Options(json_schema={}))
    assert caught.value.reason == "unsupported"
    assert backend.heard == ()


def test_a_script_in_a_file(tmp_path):
    rows = [
        {"when": "天気", "text": "晴れ。", "tokens": [["晴れ", -0.1], ["。", -0.5]]},
        "はい",
        {"error": "timeout"},
    ]
    file = tmp_path / "script.json"
    file.write_text(json.dumps(rows), "utf-8")
    backend = open_backend(f"scripted:{file}")
    backend.check()
    assert backend.name == f"scripted:{file}"
    told = backend.complete("天気は？", Options(logprobs=True)).tokens
    assert told == (Token("晴れ", -0.1), Token("。", -0.5))
    assert ask(backend, "やあ") == "はい"
    with pytest.raises(BackendError) as caught:
        ask(backend, "やあ")
    assert caught.value.reason == "timeout"


@pytest.mark.parametrize(
    "text",
    [
        "not json",
        "{}",
        "[7]",
        '[{"txt": "x"}]',
        '[{"text": 7}]',
        '[{"when": "("}]',
        '[{"tokens": [7]}]',
        '[{"finish": "never"}]',
        '[{"fail_after": "1"}]',
    ],
)
def test_a_file_that_is_no_script(tmp_path, text):
    file = tmp_path / "script.json"
    file.write_text(text, "utf-8")
    with pytest.raises(BackendError) as caught:
        open_backend(f"scripted:{file}").check()
    assert caught.value.reason == "garbage"
    assert str(file) in caught.value.message


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(BackendError) as caught:
        open_backend(f"scripted:{tmp_path}/none.json").check()
    assert caught.value.reason == "not_pulled"
