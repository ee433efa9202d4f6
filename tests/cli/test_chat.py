import json
import os
import select
import signal
import subprocess
import sys
import time
from datetime import datetime, timedelta, timezone

import pytest
from click.testing import CliRunner

from funcgemma.cli.chat import command
from funcgemma.functions.run import CallResult
from funcgemma.model import save_model
from funcgemma.records import Decision, FunctionCall, Mention
from funcgemma.session import Turn

COMMAND = [sys.executable, "-m", "funcgemma", "chat"]


@pytest.fixture(scope="module")
def model(small_model, tmp_path_factory):
    folder = tmp_path_factory.mktemp("model") / "m"
    save_model(small_model, folder)
    return str(folder)


@pytest.fixture
def environment(tmp_path):
    return {
        "FUNCGEMMA_DATA_DIR": str(tmp_path / "data"),
        "FUNCGEMMA_CONFIG": str(tmp_path / "config.toml"),
        "FUNCGEMMA_LANGUAGE": "ja",
        "FUNCGEMMA_OFFLINE": "1",
        "FUNCGEMMA_CHAT_MODEL": "none",
        "FUNCGEMMA_RESOLVER": "embedded",
    }


@pytest.fixture
def chat(environment):
    """Run a conversation from a pipe: what it printed, and its exit code."""

    def run(text, *options, **more):
        data = text if isinstance(text, bytes) else text.encode()
        return CliRunner().invoke(
            command, [*options], input=data, env=environment | more, standalone_mode=False
        )

    return run


def lines(result):
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_a_call_and_its_result_as_plain_text(chat, model):
    result = chat("明日の京都の天気は？\n", "--model", model)
    assert result.return_value == 0
    assert result.stdout.splitlines()[:2] == ["weather_info", "  location = 京都"]
    assert "← 明日" in result.stdout
    assert "京都」を調べられません" in result.stdout
    assert "\x1b" not in result.stdout


def test_json_lines(chat, model):
    result = chat(
        "ワイヤレスイヤホンはどこで買える？\n\n天気を教えて\n京都\n", "--model", model, "--json"
    )
    wish, question, answer = lines(result)
    assert list(wish) == ["text", "calls", "missing", "confidence", "stage", "results", "reply"]
    assert wish["results"][0]["name"] == "shopping_intent"
    assert wish["results"][0]["status"] == "ok"
    assert wish["results"][0]["value"]["links"]
    assert question["missing"] == ["0.location"]
    assert question["results"] == []
    assert question["reply"] == "どこの天気ですか？"
    assert answer["calls"][0]["arguments"]["location"] == "京都"
    assert answer["results"][0]["status"] == "unavailable"


def test_home(chat, model):
    (turn,) = lines(chat("明日の天気は？\n", "--model", model, "--json", "--home", "仙台"))
    assert turn["calls"][0]["arguments"]["location"] == "仙台"
    assert "仙台" in turn["reply"]


def test_language(chat, model):
    (turn,) = lines(chat("天気を教えて\n", "--model", model, "--json", "--language", "en"))
    assert turn["reply"] == "The weather of which place?"


def test_auto_language_follows_the_utterance(chat, model):
    said = "what's the weather like?\nキャンセル\n12345\n"
    options = ("--model", model, "--json")
    result = chat(said, *options, FUNCGEMMA_LANGUAGE="auto")
    english, japanese, neither = lines(result)
    assert english["reply"] == "The weather of which place?"
    assert japanese["reply"] == "わかりました。取りやめます。"
    assert not neither["reply"].isascii()
    assert not lines(chat(said, *options))[0]["reply"].isascii()


def test_keywords_need_no_model(chat):
    (turn,) = lines(chat("明日の京都の天気は？\n", "--resolver", "keywords", "--json"))
    assert turn["stage"] == "keywords"
    assert turn["calls"][0]["arguments"]["location"] == "京都"


def test_no_train_serves_by_keywords(chat):
    result = chat("明日の京都の天気は？\n", "--no-train", "--json")
    assert lines(result)[0]["stage"] == "keywords"
    assert "--no-train" in result.stderr


def test_slash_commands(chat, model):
    result = chat("/why\n明日の京都の天気は？\n/why\n/trace\n/functions\n/help\n", "--model", model)
    assert result.return_value == 0
    for text in (
        "まだ何も聞いていません",
        "「明日」から読み取りました",
        "gate ",
        "functions: ",
        "translation_assist(",
        "/undo",
    ):
        assert text in result.stdout


def test_unknown_commands_are_explained(chat):
    result = chat("/fonctions\n／ｈｅｌｐ\n/etc/hosts って何\n", "--resolver", "keywords")
    assert "「/functions」のことですか？" in result.stdout
    assert "/reset " in result.stdout
    assert result.stdout.count("コマンドはありません") == 1


def test_why_in_english_and_without_a_model(chat):
    said = "what's the weather in Paris tomorrow?\n/why\n/trace\n"
    result = chat(said, "--resolver", "keywords", "--language", "en")
    assert "Keywords alone decided" in result.stdout


def test_why_of_an_answer_and_of_small_talk(chat, model):
    result = chat("天気を教えて\n京都\n/why\nおはようございます\n/why\n", "--model", model)
    assert "前の質問への答え" in result.stdout
    assert "関数の呼び出しは求めていない" in result.stdout


def test_quit_ends_it(chat):
    result = chat("/quit\n明日の京都の天気は？\n", "--resolver", "keywords")
    assert result.return_value == 0
    assert result.stdout == ""


def test_bytes_that_are_no_text(chat):
    result = chat(b"\xef\xbb\xbf\xff\xfe\n\x00\n", "--resolver", "keywords", "--json")
    assert result.return_value == 0
    assert len(lines(result)) == 2


def test_reset_and_undo(chat):
    commands = lines(chat("/undo\n/reset\n", "--resolver", "keywords", "--json"))
    assert list(commands[0]) == ["text", "reply"]
    assert "変更はありません" in commands[0]["reply"]
    assert commands[1]["text"] == "/reset"


def test_functions_of_ones_own(chat, tmp_path):
    (tmp_path / "f.py").write_text(
        "from funcgemma import function\n\n\n@function()\ndef lamp(room: str) -> dict:\n"
        "    '''明かりをつける。'''\n    return {}\n",
        encoding="utf-8",
    )
    result = chat("/functions\n", "--functions", str(tmp_path / "f.py"), "--no-train")
    assert "lamp(room)" in result.stdout
    assert "明かりをつける。" in result.stdout


def test_a_broken_store_does_not_stop_the_conversation(chat, environment, tmp_path):
    (tmp_path / "data").write_text("a file where the folder should be")
    result = chat("明日の京都の天気は？\nおはよう\n", "--resolver", "keywords")
    assert result.return_value == 0
    assert "weather_info" in result.stdout
    assert result.stdout.count("* ") == 1


def _piped(options, text, environment, **more):
    return subprocess.run(
        [*COMMAND, *options],
        input=text.encode(),
        env={**os.environ, **environment},
        capture_output=True,
        timeout=120,
        check=False,
        **more,
    )


@pytest.mark.parametrize(
    "options",
    [["--model", "nowhere"], ["--functions", "nowhere.py"], ["--language", "fr"], ["--nothing"]],
)
def test_wrong_use(options, environment):
    done = _piped(options, "", environment)
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr
    assert done.stderr


def test_output_that_knows_no_japanese(environment):
    named = {**environment, "PYTHONIOENCODING": "ascii"}
    done = _piped(["--resolver", "keywords"], "/help\n", named)
    assert done.returncode == 0
    assert b"/undo" in done.stdout


def test_an_interrupted_pipe_is_quiet(environment):
    process = subprocess.Popen(
        [*COMMAND, "--resolver", "keywords"],
        env={**os.environ, **environment},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdin and process.stdout and process.stderr
    with process:
        process.stdin.write(b"/reset\n")
        process.stdin.flush()
        process.stdout.readline()
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=60) == 130
        assert process.stderr.read().strip() == b""


def test_nothing_heavy_is_loaded_before_it_is_needed(environment, model):
    code = (
        "import sys\nfrom funcgemma.cli.app import run\n"
        f"run(['chat', '--model', {model!r}])\nprint(sorted(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        input=b"",
        env={**os.environ, **environment},
        capture_output=True,
        timeout=120,
        check=True,
    )
    for name in ("sklearn", "rich", "prompt_toolkit", "httpx", "icalendar", "jsonschema"):
        assert f"'{name}'".encode() not in done.stdout


@pytest.mark.parametrize("width", [1, 12, 31, 80])
def test_cards_fit_the_terminal(width):
    import io

    from rich.cells import cell_len
    from rich.console import Console

    from funcgemma.cli.chat.cards import CardScreen

    call = FunctionCall("weather_info", {"location": "京都" * 30, "date": "2026-05-14"})
    mention = Mention("date", "明日", 0, 2, "2026-05-14", "0.date")
    turn = Turn(
        "明日の京都の天気は？",
        Decision((call,), mentions=(mention,)),
        results=(CallResult(call, "ok"),),
        replies=("[b]京都[/b]の5月14日(木)の天気です。" * 4 + "\nhttps://example.org/京都",),
        notices=("場所の指定がないので、設定の「京都」で調べました。",),
        question="どこの天気ですか？",
    )
    shown = io.StringIO()
    screen = CardScreen(Console(file=shown, width=width))
    screen.turn(turn)
    screen.command("/why", "weather_info: date = 2026-05-14 は「明日」から読み取りました。")
    screen.remark("歯医者の時間です")
    text = shown.getvalue()
    assert all(cell_len(line) <= max(width, 2) for line in text.splitlines())
    if width > 30:
        assert "weather_info" in text
        assert "← 明日" in text
        assert "[b]京都[/b]" in text


READY = b"\x1b[?2004h"
"""What the line editor sends when it takes input: pasted text is to be marked."""


def _read_until(terminal, wanted, seconds=60.0):
    seen, end = b"", time.monotonic() + seconds
    while wanted not in seen and time.monotonic() < end:
        if select.select([terminal], [], [], 0.2)[0]:
            try:
                seen += os.read(terminal, 4096)
            except OSError:  # the other side is closed
                break
    return seen


@pytest.fixture
def terminal(environment, model):
    """`funcgemma chat` at a pseudo-terminal: (its other end, the process)."""
    pty = pytest.importorskip("pty")
    outer, inner = pty.openpty()
    named = {**os.environ, **environment, "TERM": "xterm", "PROMPT_TOOLKIT_NO_CPR": "1"}
    process = subprocess.Popen(
        [*COMMAND, "--model", model],
        env=named,
        stdin=inner,
        stdout=inner,
        stderr=inner,
        start_new_session=True,
    )
    os.close(inner)
    yield outer, process
    process.kill()
    process.wait()
    os.close(outer)


def test_at_a_terminal(terminal, tmp_path):
    outer, process = terminal
    assert b"/help" in _read_until(outer, READY)
    os.write(outer, "明日の京都の天気は？\r".encode())
    shown = _read_until(outer, "調べられません".encode())
    assert b"weather_info" in shown
    assert "← 明日".encode() in shown
    _read_until(outer, READY)
    os.write(outer, b"half a line\x03\x03")
    assert b"/quit" in _read_until(outer, b"/quit")
    _read_until(outer, READY)
    os.write(outer, b"\x1b[200~/re\nset\x1b[201~\r")  # pasted text of two lines
    assert b"/" in _read_until(outer, READY)
    os.write(outer, b"\x04")
    assert process.wait(timeout=60) == 0
    kept = (tmp_path / "data" / "chat_history").read_text(encoding="utf-8")
    assert "明日の京都の天気は？" in kept
    assert "half a line" not in kept
    assert "+/re\n+set" in kept


def test_wrong_at_a_terminal(terminal, tmp_path):
    outer, process = terminal
    lines = ["明日の京都の天気は？", "/wrong"]
    for line in lines:
        _read_until(outer, READY)
        os.write(outer, line.encode() + b"\r")
    _read_until(outer, READY)
    os.write(outer, b"\x04")  # leaves the questions, not the conversation
    for line in ("/wrong", "2", "京都", "-"):
        _read_until(outer, READY)
        os.write(outer, line.encode() + b"\r")
    assert "保存しました".encode() in _read_until(outer, "保存しました".encode())
    _read_until(outer, READY)
    os.write(outer, b"\x04")
    assert process.wait(timeout=60) == 0
    (row,) = (tmp_path / "data" / "corrections.jsonl").read_text(encoding="utf-8").splitlines()
    right = {"name": "celebrity_info", "arguments": {"person_name": "京都"}}
    assert json.loads(row)["calls"] == [right]


def test_reminders_go_to_a_calendar_file_and_come_back(tmp_path):
    from funcgemma.cli.chat.slash import run_command
    from funcgemma.functions.builtin import builtin_registry
    from funcgemma.functions.context import Context
    from funcgemma.functions.reminders.entries import Draft
    from funcgemma.functions.reminders.store import ReminderStore
    from funcgemma.router import Router
    from funcgemma.session import Session

    now = datetime(2026, 5, 13, 10, 20, tzinfo=timezone(timedelta(hours=9)))
    target = tmp_path / "予定.ics"
    with ReminderStore(tmp_path / "a.db") as first, ReminderStore(tmp_path / "b.db") as second:
        first.create(Draft(description="歯医者", start=datetime(2026, 5, 20, 15, 0)), now=now)
        router = Router(builtin_registry(), None)
        one = Session(router, Context(now=lambda: now, store=first))
        two = Session(router, Context(now=lambda: now, store=second))
        assert "1" in run_command(f"/export {target}", one, "ja")
        assert "1" in run_command(f"/import {target}", two, "ja")
        assert [entry.description for entry in second.entries()] == ["歯医者"]
        assert "0" in run_command(f"/import {target}", two, "ja")
        assert "/export" in run_command("/export", one, "en")
        assert "nowhere" in run_command(f"/import {tmp_path}/nowhere.ics", two, "en")
