"""The local log: written only by those who ask for it."""

import json
import subprocess
import sys

import pytest
from click.testing import CliRunner

from funcgemma.cli.app import run
from funcgemma.cli.chat import command
from funcgemma.data.log import read_log
from funcgemma.functions.builtin import builtin_registry

NOW = ("--now", "2026-05-13T10:20+09:00")
ALONE = ("--resolver", "embedded")


@pytest.fixture
def log(tmp_path, own_data_folder):
    return tmp_path / "data" / "log.jsonl"


@pytest.fixture
def chat(own_data_folder, model):
    def talk(text, **env):
        named = {"FUNCGEMMA_OFFLINE": "1", "FUNCGEMMA_CHAT_MODEL": "none", "FUNCGEMMA_LOG": "1"}
        return CliRunner().invoke(
            command, ["--model", str(model), *ALONE], input=text.encode(), env={**named, **env},
            standalone_mode=False,
        )  # fmt: skip

    return talk


def test_off_by_default(log, model, chat, capsys):
    assert run(["route", "明日の京都の天気は？", "--model", str(model), *ALONE, *NOW]) == 0
    result = chat("おはよう\n", FUNCGEMMA_LOG="0")
    assert result.exit_code == 0
    assert result.stderr == ""
    assert not log.exists()


def test_a_single_text_is_logged(log, model, monkeypatch, capsys):
    monkeypatch.setenv("FUNCGEMMA_LOG", "1")
    assert run(["route", "明日の京都の天気は？", "--model", str(model), *ALONE, *NOW]) == 0
    (entry,) = read_log(log).entries
    assert entry.case.text == "明日の京都の天気は？"
    assert entry.case.now.isoformat() == "2026-05-13T10:20:00+09:00"
    assert entry.decision.calls[0].arguments["date"] == "2026-05-14"
    assert entry.decision.stage == "embedded"
    assert entry.source == "route"
    assert entry.functions == builtin_registry().fingerprint()[:12]


def test_a_case_file_is_not_logged(log, model, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("FUNCGEMMA_LOG", "1")
    case = {"id": "1", "text": "京都", "now": "2026-05-13T10:20:00+09:00"}
    (tmp_path / "in.jsonl").write_text(json.dumps(case), encoding="utf-8")
    assert run(["route", "--input", str(tmp_path / "in.jsonl"), "--model", str(model), *ALONE]) == 0
    assert not log.exists()


def test_a_conversation_is_logged_with_what_the_router_had_a_say_in(log, chat):
    said = "天気を教えて\n京都\n/why\n明日の15時に歯医者の予定を入れて\nその予定を消して\nいいえ\n"
    result = chat(said)
    assert result.exit_code == 0, result.output
    assert str(log) in result.stderr
    entries = read_log(log).entries
    assert [entry.case.text for entry in entries] == [
        "天気を教えて", "京都", "明日の15時に歯医者の予定を入れて", "その予定を消して",
    ]  # fmt: skip
    first, answer = entries[:2]
    assert first.decision.missing == ("0.location",)
    assert [m.role for m in answer.case.history] == ["user", "assistant"]
    assert answer.case.history[0].calls[0].name == "weather_info"


def test_the_home_place_is_none_of_the_routers_words(log, chat):
    chat("天気を教えて\n", FUNCGEMMA_HOME_LOCATION="仙台")
    assert "location" not in read_log(log).entries[0].case.calls[0].arguments
    assert "仙台" not in log.read_text(encoding="utf-8").split('"router"')[1]


def test_a_log_that_cannot_be_written_is_said_once(log, chat):
    log.mkdir(parents=True)
    result = chat("おはよう\nこんにちは\n")
    assert result.exit_code == 0
    assert result.stderr.count("Not logged") == 1
    assert len(result.stdout.split("\n\n")) == 3


def test_nothing_heavy_is_loaded_for_it():
    code = "import sys, funcgemma.cli.diary as d; print('funcgemma.session' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
