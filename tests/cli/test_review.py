import json
import os
import pty
import subprocess
import sys
import termios
import time

import pytest
from click.testing import CliRunner

from funcgemma.cli.app import run
from funcgemma.cli.diary import functions_of
from funcgemma.cli.review import command
from funcgemma.data.log import append_entry, make_entry
from funcgemma.router import Router

DOUBTFUL = ("札幌どう", "腹減った", "例の歌手")
"""The router of the tests is less sure of these than of anything plain."""


@pytest.fixture
def log(keeper, small_model, registry, say, own_data_folder):
    """A log of these utterances, as chat writes it."""
    router = Router(registry, small_model)

    def write(*texts, functions=None):
        for text in texts:
            dialogue = say(text) if isinstance(text, str) else say(*text)
            made = make_entry(dialogue, router.route(dialogue), functions_of(router), "chat")
            named = made if functions is None else made.__class__(
                made.case, made.decision, functions, "chat"
            )  # fmt: skip
            append_entry(keeper.file.parent / "log.jsonl", named)

    return write


@pytest.fixture
def review(keeper, own_data_folder):
    """Run the command with a keeper of little text: its result."""

    def invoke(*arguments, answers=""):
        return CliRunner().invoke(
            command, list(arguments), input=answers, obj=keeper, standalone_mode=False
        )

    return invoke


def listed(review, *options):
    return [json.loads(line) for line in review("--json", *options).stdout.splitlines()]


def corrections(keeper):
    return {case.text: case for case, _ in keeper.corrections()}


def test_listed_without_asking_the_least_sure_first(review, log):
    log("ありがとう", *DOUBTFUL, "おはよう", "札幌どう？")
    rows = listed(review)
    assert rows[0]["doubt"] == max(row["doubt"] for row in rows)
    assert {row["text"].strip("？") for row in rows[:3]} == set(DOUBTFUL)
    assert {row["text"]: row["times"] for row in rows}["札幌どう？"] == 2
    assert {"calls", "confidence", "stage", "then"} <= set(rows[0])
    assert len(listed(review, "--limit", "2")) == 2


def test_one_key_each_and_what_was_kept_is_learned(review, log, keeper):
    log(*DOUBTFUL)
    order = [row["text"] for row in listed(review)]
    keys = {"札幌どう": "x\nＮ\n5\n\ncurrent\n\n", "腹減った": "0\n", "例の歌手": "s\n"}
    result = review(answers="".join(keys[text] for text in order))
    assert result.exit_code == 0, result.output
    kept = corrections(keeper)
    assert set(kept) == {"札幌どう", "腹減った"}
    assert kept["腹減った"].calls == ()
    assert kept["札幌どう"].calls[0].name == "weather_info"
    assert "reviewed" in kept["札幌どう"].tags
    assert "「x」というキーはありません" in result.stderr
    assert "学びました" in result.stderr
    assert result.stdout.splitlines()[-1] == "正しい 0 · 違う 1 · 関数なし 1 · 後で 1"
    assert result.return_value == 0
    assert [row["text"] for row in listed(review)] == ["例の歌手"]


def test_right_keeps_the_decision_as_it_is(review, log, keeper):
    log("明日の京都の天気は？")
    result = review("--later", answers="y\n")
    assert result.exit_code == 0, result.output
    (case,) = corrections(keeper).values()
    assert case.calls[0].arguments["date"] == "2026-05-14"
    assert case.spans["0.location"] == (3, 5)
    assert listed(review) == []
    assert "確かめることはありません" in review().stderr


def test_the_dialogue_goes_along(review, log, keeper):
    log(("明日の京都の天気は？", "京都は晴れです。", "大阪は？"))
    result = review("--later", answers="y\n")
    assert "A: 京都は晴れです。" in result.stderr
    (case,) = corrections(keeper).values()
    assert case.history[0].calls[0].name == "weather_info"
    assert "followup" in case.tags


@pytest.mark.parametrize("answers", ["q\n", "", "n\n5\n"])
def test_whoever_stops_keeps_what_was_answered(review, log, keeper, answers):
    log("札幌どう", "腹減った")
    result = review("--later", answers="0\n" + answers)
    assert result.exit_code == 0, result.output
    assert len(corrections(keeper)) == 1
    assert len(listed(review)) == 1


def test_what_was_corrected_elsewhere_is_not_asked_about(review, log, keeper, now):
    log("札幌どう")
    right = ("--function", "weather_info", "location=札幌")
    assert run(["correct", "札幌どう", *right, "--later", "--now", now.isoformat()]) == 0
    assert listed(review) == []


def test_other_functions_are_left_for_their_own_review(review, log):
    log("りんごを拾って", functions="other")
    assert listed(review) == []
    assert "--functions" in review().stderr


def test_a_line_that_cannot_be_read_is_said(review, log, keeper):
    log("札幌どう")
    with (keeper.file.parent / "log.jsonl").open("a") as file:
        file.write("{broken\n")
    assert "log.jsonl:2" in review("--later", answers="q\n").stderr


def test_show_and_remove(review, log, keeper):
    log("明日の京都の天気は？", "腹減った")
    shown = review("--list").stdout.splitlines()
    assert shown[0].startswith("2026-05-13 10:20  明日の京都の天気は？  →  weather_info")
    rows = [json.loads(line) for line in review("--list", "--json").stdout.splitlines()]
    assert rows[1]["text"] == "腹減った"
    review("--later", answers="0\nq\n")
    assert "log.jsonl" in review("--clear").stderr
    assert not list(keeper.file.parent.glob("log*"))
    assert keeper.file.exists()
    assert "ありません" in review("--clear").stderr
    assert review("--list").stdout == ""


def test_nobody_switched_it_on(review):
    result = review()
    assert result.return_value == 0
    assert "FUNCGEMMA_LOG=1" in result.stderr
    assert review("--json").stdout == ""


@pytest.mark.parametrize("arguments", [("--clear", "--list"), ("--limit", "0"), ("x",)])
def test_wrong_use(own_data_folder, capsys, arguments):
    assert run(["review", *arguments]) == 2
    assert capsys.readouterr().err


@pytest.mark.parametrize(
    ("keys", "code"), [((b"0", b"q"), 0), ((b"0", b"\x04"), 0), ((b"0", b"\x03"), 1)]
)
def test_at_a_terminal_one_key_is_enough(log, keeper, keys, code):
    """No Enter: `0` keeps; `q`, Ctrl-D and Ctrl-C leave."""
    log("札幌どう", "腹減った")
    program = (
        "import sys; from pathlib import Path; from funcgemma.cli.keeper import Keeper;"
        "from funcgemma.cli.review import command; from funcgemma.functions.builtin import *;"
        f"k = Keeper(Path({str(keeper.file.parent)!r}), builtin_registry(), 'small', tuple);"
        "command.main(['--later'], obj=k, standalone_mode=True)"
    )
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-c", program],
        stdin=theirs,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    ) as child:
        try:
            for key in keys:
                heard = until_asked(child.stdout, theirs)
                os.write(ours, key)
            rest, _ = child.communicate(timeout=120)
        finally:
            child.kill()
            os.close(theirs)
            os.close(ours)
    assert child.returncode == code, heard
    assert "1 件" in rest.decode() or code == 0
    assert len(corrections(keeper)) == 1


def until_asked(stream, terminal):
    """What was written up to the next question, once keys are read one by one."""
    heard = b""
    while not heard.endswith(b"[y/n/0/s/q] "):
        piece = os.read(stream.fileno(), 1)
        assert piece, heard.decode()
        heard += piece
    for _ in range(3000):
        if not termios.tcgetattr(terminal)[3] & termios.ICANON:
            break
        time.sleep(0.01)
    return heard.decode()
