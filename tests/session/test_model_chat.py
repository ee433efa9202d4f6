"""A backend as chat model: opened late, asked with care, its failures remembered."""

import threading

import pytest

from funcgemma.backends.recovery import Recovery
from funcgemma.backends.scripted.backend import ScriptedBackend
from funcgemma.backends.scripted.script import Answer
from funcgemma.errors import BackendError
from funcgemma.functions.context import StreamingChat
from funcgemma.records import Message
from funcgemma.session.model_chat import ModelChat

HELLO = [Message("user", "こんにちは")]


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


def chat_with(*answers, **more):
    backend = ScriptedBackend(answers)
    return backend, ModelChat(lambda: backend, **more)


def test_it_is_a_chat_model():
    assert isinstance(chat_with()[1], StreamingChat)


def test_nothing_is_opened_before_it_is_needed():
    def never():
        raise AssertionError

    ModelChat(never).close()


def test_a_whole_answer():
    backend, chat = chat_with("やあ。")
    assert chat.reply(HELLO, system="親切に。") == "やあ。"
    (heard,) = backend.heard
    assert [(m.role, m.content) for m in heard.messages] == [
        ("system", "親切に。"),
        ("user", "こんにちは"),
    ]
    assert heard.options.temperature == 0.0


def test_an_answer_in_pieces():
    backend, chat = chat_with("It is a nice day.")
    pieces = list(chat.stream(HELLO, limit=100, temperature=0.7))
    assert len(pieces) > 1
    assert "".join(pieces) == "It is a nice day."
    assert backend.heard[0].options.max_tokens == 100
    assert backend.heard[0].options.temperature == 0.7


def test_the_window_holds_prompt_and_answer():
    backend, chat = chat_with(Answer("はい", when=""), num_ctx=512)
    history = [Message("user", "長い話。" * 20), Message("assistant", "ええ。")] * 10
    chat.reply([*history, *HELLO])
    assert len(backend.heard[0].messages) < 21
    assert backend.heard[0].messages[-1].content == "こんにちは"
    list(chat.stream([*history, *HELLO], limit=4000))
    assert backend.heard[1].options.max_tokens == 256


def test_a_message_that_is_too_long_is_no_fault_of_the_model():
    _, chat = chat_with("やあ。", num_ctx=256)
    with pytest.raises(BackendError):
        list(chat.stream([Message("user", "長" * 500)]))
    assert chat.problem is None
    assert chat.reachable()


def test_a_cut_answer_is_no_whole_one():
    _, chat = chat_with(Answer("半分", finish="length"))
    with pytest.raises(BackendError) as caught:
        chat.reply(HELLO)
    assert caught.value.reason == "cut"


def test_what_steers_a_terminal_is_left_out():
    _, chat = chat_with("a\x1b[2Jb", "a\x1b[2Jb")
    assert chat.reply(HELLO) == "".join(chat.stream(HELLO)) == "a[2Jb"


def test_a_dead_server_is_left_alone_for_a_while():
    clock = Clock()
    asked = []

    def nowhere():
        asked.append(clock.now)
        raise BackendError("no server", "not_running", "start it")

    chat = ModelChat(nowhere, recovery=Recovery(clock, first=1.0, longest=8.0))
    for second in range(30):
        clock.now = float(second)
        assert not chat.reachable()
    assert asked == [0.0, 1.0, 3.0, 7.0, 15.0, 23.0]
    assert chat.problem is None  # there never was one


def test_a_model_that_was_there_is_missed():
    clock = Clock()
    backend = ScriptedBackend(["やあ。", Answer(error="not_running"), "また。"])
    chat = ModelChat(lambda: backend, recovery=Recovery(clock))
    assert chat.reachable()
    assert chat.reply(HELLO) == "やあ。"
    with pytest.raises(BackendError):
        chat.reply(HELLO)
    assert chat.problem is not None
    assert not chat.reachable()
    clock.now += 2.0
    assert chat.reachable()
    assert "".join(chat.stream(HELLO)) == "また。"
    assert chat.problem is None


def test_a_model_that_is_not_pulled_is_a_problem_from_the_start():
    def unpulled():
        raise BackendError("no model", "not_pulled", "ollama pull it")

    chat = ModelChat(unpulled)
    assert not chat.reachable()
    assert chat.problem is not None


class Endless(ScriptedBackend):
    """Never ends by itself."""

    closed = False

    def stream(self, messages, options=None):
        try:
            while True:
                yield "あ"
        finally:
            self.closed = True


def test_closing_ends_the_generation():
    backend = Endless()
    pieces = ModelChat(lambda: backend).stream(HELLO)
    next(pieces)
    pieces.close()
    assert backend.closed


def test_threads_open_one_backend():
    opened = []

    def make():
        opened.append(ScriptedBackend([Answer("はい", when="")]))
        return opened[-1]

    chat = ModelChat(make)
    threads = [threading.Thread(target=chat.reply, args=(HELLO,)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(opened) == 1
    assert len(opened[0].heard) == 8
