import json
import subprocess
import sys

import pytest
from click.testing import CliRunner

from funcgemma.cli.app import run
from funcgemma.cli.correct import command

TEXT = "札幌どう"
NOW = ("--now", "2026-05-13T10:20+09:00")


@pytest.fixture
def correct(keeper, own_data_folder):
    """Run the command with a keeper of little text: its result."""

    def invoke(*arguments, answers=""):
        return CliRunner().invoke(
            command, list(arguments), input=answers, obj=keeper, standalone_mode=False
        )

    return invoke


def listed(correct):
    return [json.loads(line) for line in correct("--list", "--json").stdout.splitlines()]


def test_a_correction_from_flags_is_learned_and_can_be_taken_back(correct, keeper):
    asked = (TEXT, "--function", "weather_info", "location=札幌", "forecast_type=current")
    result = correct(*asked, *NOW, "--json")
    assert result.return_value == 0, result.output
    row = json.loads(result.stdout)
    assert row["state"] == "learned"
    assert row["calls"] == [
        {"name": "weather_info", "arguments": {"location": "札幌", "forecast_type": "current"}}
    ]
    assert "学びました" in result.stderr
    assert "→" in result.stderr
    again = correct(*asked, *NOW, "--later")
    assert "置き換えました" in again.stderr
    (kept,) = listed(correct)
    gone = correct("--remove", kept["id"])
    assert gone.return_value == 0
    assert listed(correct) == []
    assert keeper.serving_folder.name == "small"


def test_asked_one_by_one(correct):
    """A function by its number, then Enter, a value, `-`, after a mistake each."""
    lines = "99\n5\n大阪\n札幌\n\n明日\n"
    result = correct(TEXT, *NOW, "--later", answers=lines)
    assert result.return_value == 0, result.output
    (row,) = listed(correct)
    assert row["calls"][0]["name"] == "weather_info"
    assert row["calls"][0]["arguments"]["location"] == "札幌"
    assert row["calls"][0]["arguments"]["date"] == "2026-05-14"
    assert "date" not in row["router"]["calls"][0]["arguments"]
    assert row["state"] == "waiting"
    assert "「99」はありません" in result.stderr
    assert "does not stand in the utterance" in result.stderr
    assert "次に起動したときに学びます" in result.stderr


def test_enter_keeps_what_the_router_proposes_and_a_dash_takes_it_away(correct):
    text = "明日の京都の天気は？"
    assert "同じ" in correct(text, *NOW, "--later", answers="\n\n\n\n").stderr
    assert listed(correct) == []
    result = correct(text, *NOW, "--later", answers="\n\n\n-\n")
    assert result.return_value == 0, result.output
    (row,) = listed(correct)
    assert row["calls"][0]["arguments"] == {"location": "京都", "forecast_type": "daily"}
    assert row["spans"] == {"0.location": [3, 5]}


def test_none_and_a_dialogue(correct):
    history = ("--history", "U: 明日の京都の天気は？", "--history", "A: 京都は晴れです。")
    result = correct("大阪は？", "--none", *history, *NOW, "--later")
    assert result.return_value == 0, result.output
    (row,) = listed(correct)
    assert row["calls"] == []
    assert [turn["role"] for turn in row["history"]] == ["user", "assistant"]
    assert row["history"][0]["calls"][0]["name"] == "weather_info"
    assert "followup" in row["tags"]
    shown = correct("--list").stdout
    assert row["id"] in shown
    assert "大阪は？ (+2)" in shown


def test_what_was_not_said_is_left_out(correct):
    result = correct("例のあれ、調べて", "--function", "weather_info", *NOW, "--later")
    assert result.return_value == 0, result.output
    assert "missing" in listed(correct)[0]["tags"]


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("  ",),
        (TEXT, "location=札幌"),
        (TEXT, "--none", "location=札幌"),
        (TEXT, "--none", "--function", "weather_info"),
        (TEXT, "--list"),
        ("--remove", "c-0"),
        (TEXT, "--later", "--function", "wether_info"),
        (TEXT, "--later", "--function", "weather_info", "place=札幌"),
        (TEXT, "--later", "--function", "weather_info", "location=大阪"),
        (TEXT, "--later", "--none", "--history", "X: なに"),
        (TEXT, "--later", "--none", "--now", "yesterday"),
    ],
)
def test_wrong_use(own_data_folder, tmp_path, capsys, arguments):
    assert run(["correct", *arguments]) == 2
    assert capsys.readouterr().err
    assert not (tmp_path / "data" / "corrections.jsonl").exists()


def test_nobody_there_to_answer(own_data_folder, tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "funcgemma", "correct", TEXT, "--later"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 2
    assert b"--none" in done.stderr
    assert b"Traceback" not in done.stderr


def test_no_disk(own_data_folder, tmp_path, capsys):
    (tmp_path / "data").write_text("a file where the folder should be")
    assert run(["correct", TEXT, "--later", "--function", "weather_info", "location=札幌"]) == 3
    assert "→" in capsys.readouterr().err
