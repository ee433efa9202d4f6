"""`funcgemma chat` with a chat model: scripted ones, and servers that come and go."""

import io
import json
import os
import select
import signal
import subprocess
import sys
import threading
import time

import pytest
from click.testing import CliRunner

from funcgemma.backends.catalogue import Place, open_backend
from funcgemma.backends.recovery import Recovery
from funcgemma.backends.scripted.backend import ScriptedBackend
from funcgemma.cli.chat import command
from funcgemma.cli.chat.desk import Desk
from funcgemma.cli.chat.screen import PlainScreen
from funcgemma.cli.settings import Settings
from funcgemma.cli.teach.teacher import Teacher
from funcgemma.cli.world import World
from funcgemma.errors import SettingsError
from funcgemma.session import Session
from funcgemma.session.model_chat import ModelChat
from servers.engines import FixedEngine, Part
from servers.ollama_server import ollama_server

WISH = "ワイヤレスイヤホンはどこで買える？"
CHAT = ("gemma3:4b",)


@pytest.fixture
def environment(tmp_path):
    return {
        "FUNCGEMMA_DATA_DIR": str(tmp_path / "data"),
        "FUNCGEMMA_CONFIG": str(tmp_path / "config.toml"),
        "FUNCGEMMA_LANGUAGE": "ja",
        "FUNCGEMMA_OFFLINE": "1",
        "FUNCGEMMA_RESOLVER": "embedded",
        "FUNCGEMMA_OLLAMA_URL": "http://127.0.0.1:9",
    }


@pytest.fixture
def chat(environment, model, tmp_path):
    """Run a conversation from a pipe, with a chat model that says these answers."""

    def run(text, *options, answers=()):
        script = tmp_path / "script.json"
        script.write_text(json.dumps(answers), encoding="utf-8")
        named = {**environment, "FUNCGEMMA_CHAT_MODEL": f"scripted:{script}"}
        given = ["--model", str(model), *options]
        return CliRunner().invoke(
            command, given, input=text.encode(), env=named, standalone_mode=False
        )

    return run


def test_small_talk_as_plain_text(chat):
    result = chat("おはよう\n", answers=["Good morning."])
    assert result.stdout == "Good morning.\n\n"


def test_results_then_the_models_sentence(chat):
    result = chat(f"{WISH}\n", answers=["Amazon などで探せます。"])
    lines = result.stdout.splitlines()
    assert lines[0] == "shopping_intent"
    assert lines[-2:] == ["Amazon などで探せます。", ""]


def test_json_gains_two_fields_where_the_model_spoke(chat):
    said = f"{WISH}\nおはよう\n天気を教えて\n"
    result = chat(said, "--json", answers=["Amazon などで探せます。", "おはようございます。"])
    wish, hello, question = (json.loads(line) for line in result.stdout.splitlines())
    plain = ["text", "calls", "missing", "confidence", "stage", "results", "reply"]
    assert list(wish) == [*plain, "phrased"]
    assert wish["reply"].endswith(wish["phrased"])
    assert list(hello) == [*plain, "answer_by"]
    assert hello["answer_by"] == "model"
    assert hello["reply"] == "おはようございます。"
    assert list(question) == plain


def test_phrasing_can_be_switched_off(chat):
    result = chat(f"{WISH}\nおはよう\n", "--no-phrase", answers=["やあ。"])
    assert "やあ。" in result.stdout.splitlines()[-2]
    assert result.stdout.count("やあ。") == 1


def test_a_wrong_chat_model_is_said_at_once():
    with pytest.raises(SettingsError):
        World(Settings(chat_model="ollama:"))


@pytest.mark.parametrize("name", ["", "none"])
def test_the_chat_model_can_be_none(name, tmp_path):
    world = World(Settings(chat_model=name, data_dir=str(tmp_path)))
    assert world.context().chat is None
    world.close()


@pytest.fixture
def desk(router, tmp_path):
    """A desk with a given chat model or server."""
    worlds = []

    def make(screen, chat=None, **settings):
        given = Settings(language="ja", data_dir=str(tmp_path), offline=True, **settings)
        world = World(given, chat=chat)
        worlds.append(world)
        return Desk(Session(router, world.context), world, screen, Teacher.of(given, None))

    yield make
    for world in worlds:
        world.close()


def test_a_server_that_dies_and_comes_back(desk, capsys):
    clock = [0.0]
    recovery = Recovery(lambda: clock[0])
    talk = FixedEngine("やあ、元気です。")
    with ollama_server(talk, CHAT) as (url, served):
        port = int(url.rpartition(":")[2])
        chat = ModelChat(lambda: open_backend("gemma3:4b", Place(url)), recovery=recovery)
        made = desk(PlainScreen(), chat)
        made.hear("おはよう")
    assert capsys.readouterr().out == "やあ、元気です。\n\n"
    assert served.loaded == {"gemma3:4b": 4096}
    made.hear("こんばんは")
    assert "ollama serve" in capsys.readouterr().out
    made.hear("おやすみ")
    made.hear(WISH)
    shown = capsys.readouterr().out
    assert "ollama serve" not in shown
    assert "shopping_intent" in shown
    clock[0] = 100.0
    with ollama_server(talk, CHAT, port):
        made.hear("おはよう")
        assert "やあ、元気です。\n（チャットモデルが使える" in capsys.readouterr().out
        chat.close()


class Interrupted(ScriptedBackend):
    """Ctrl-C is pressed in the middle of what it says."""

    def stream(self, messages, options=None):
        yield "one "
        yield "two"
        raise KeyboardInterrupt


def test_ctrl_c_keeps_what_was_said(desk, capsys):
    made = desk(PlainScreen(), ModelChat(lambda: Interrupted()))
    with pytest.raises(KeyboardInterrupt):
        made.hear("おはよう")
    assert capsys.readouterr().out == "one two\n"
    assert made.session.state.messages[-1].content == "one two"


def test_cards_and_the_models_words(desk):
    from rich.console import Console

    from funcgemma.cli.chat.cards import CardScreen

    shown = io.StringIO()
    screen = CardScreen(Console(file=shown, width=60, force_terminal=True))
    backend = ScriptedBackend(["[b]Amazon[/b] などで探せます。", "やあ。"])
    made = desk(screen, ModelChat(lambda: backend))
    made.hear(WISH)
    made.hear("おはよう")
    text = shown.getvalue()
    assert text.index("shopping_intent") < text.index("[b]Amazon[/b] などで探せます。")
    assert text.rstrip().endswith("やあ。")
    made = desk(screen, ModelChat(lambda: Interrupted()))
    with pytest.raises(KeyboardInterrupt):
        made.hear("おはよう")
    assert shown.getvalue().endswith("one two\n")


READY = b"\x1b[?2004h"


def _read_until(terminal, wanted, seconds=60.0):
    seen, end = b"", time.monotonic() + seconds
    while wanted not in seen and time.monotonic() < end:
        if select.select([terminal], [], [], 0.2)[0]:
            try:
                seen += os.read(terminal, 4096)
            except OSError:  # the other side is closed
                break
    return seen


class Waiting(FixedEngine):
    """Says one word, and waits with the rest."""

    def __init__(self):
        super().__init__()
        self.go_on = threading.Event()

    def __call__(self, ask):
        yield Part("BEGUN ")
        while not self.go_on.wait(0.05):
            yield Part("...")
        yield Part("DONE", finish="stop", count=2)


def test_ctrl_c_at_a_terminal_ends_the_generation_alone(environment, model):
    pty = pytest.importorskip("pty")
    engine = Waiting()
    outer, inner = pty.openpty()
    with ollama_server(engine, CHAT) as (url, _):
        named = {**os.environ, **environment, "FUNCGEMMA_OLLAMA_URL": url}
        process = subprocess.Popen(
            [sys.executable, "-m", "funcgemma", "chat", "--model", str(model)],
            env={**named, "TERM": "xterm", "PROMPT_TOOLKIT_NO_CPR": "1"},
            stdin=inner, stdout=inner, stderr=inner, start_new_session=True,
        )  # fmt: skip
        os.close(inner)
        try:
            _read_until(outer, READY)
            os.write(outer, "おはよう\r".encode())
            assert b"BEGUN" in _read_until(outer, b"BEGUN")
            process.send_signal(signal.SIGINT)
            assert "中断しました".encode() in _read_until(outer, "中断しました".encode())
            engine.go_on.set()
            _read_until(outer, READY)
            os.write(outer, "おやすみ\r".encode())
            assert b"DONE" in _read_until(outer, b"DONE")
            _read_until(outer, READY)
            os.write(outer, b"\x04")
            assert process.wait(timeout=60) == 0
        finally:
            process.kill()
            process.wait()
            os.close(outer)
