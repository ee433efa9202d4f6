import json
from datetime import datetime, timedelta, timezone

import pytest

from funcgemma.cli.about import RESULTS
from funcgemma.cli.app import run
from funcgemma.data.ledger import FILE, append_record

NOW = datetime(2026, 5, 13, 10, 20, tzinfo=timezone(timedelta(hours=9)))
TUNED = {
    "command": "finetune",
    "about": {"run": "run_1/checkpoint-200", "base": {"model": "m", "hash": "ab"}},
    "results": {"validation_loss": 0.25, "losses": [1.0, 0.5]},
}
MEASURED = {
    "command": "evaluate",
    "about": {
        "resolver": "peft",
        "run": "run_1/checkpoint-200",
        "language_model": "transformers:m",
    },
    "cases": 95,
    "results": {"function_accuracy": 0.9, "call_accuracy": 0.8, "no_function_recall": None},
    "report": "data/results/peft.json",
}


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def written():
    records = [TUNED, MEASURED, MEASURED | {"report": None}]
    return [
        append_record(RESULTS, record, now=NOW + timedelta(hours=hour))
        for hour, record in enumerate(records)
    ]


def test_nothing_yet(capsys):
    assert run(["runs"]) == 0
    assert "No run yet" in capsys.readouterr().out
    assert run(["runs", "--json"]) == 0
    assert capsys.readouterr().out == ""
    assert run(["runs", "show", "a"]) == 2
    assert "nothing has been measured" in capsys.readouterr().err


def test_the_list(written, capsys):
    assert run(["runs"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines[2:5]] == [record["id"] for record in written]
    assert "run_1/checkpoint-200 loss 0.250" in lines[2]
    assert "peft run_1/checkpoint-200" in lines[3]
    assert "90.0 %  80.0 %" in lines[3]
    assert "peft.json" in lines[3]
    assert "peft.json" not in lines[4]


def test_the_last_ones(written, capsys):
    assert run(["runs", "--last", "1"]) == 0
    shown = capsys.readouterr().out
    assert written[2]["id"] in shown
    assert written[1]["id"] not in shown
    assert "2 earlier runs: --last 3" in shown
    assert run(["runs", "--last", "2", "--json"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [json.loads(line) for line in lines] == written[1:]


def test_one_run(written, capsys):
    assert run(["runs", "show", written[0]["id"][:6]]) == 0
    shown = {line.split()[0]: line.split()[1:] for line in capsys.readouterr().out.splitlines()}
    assert shown["about.base.model"] == ["m"]
    assert shown["results.losses"] == ["1.0,", "0.5"]
    for options in (
        ["runs", "show", written[1]["id"], "--json"],
        ["runs", "--json", "show", written[1]["id"]],
    ):
        assert run(options) == 0
        assert json.loads(capsys.readouterr().out) == written[1]


def test_a_run_that_is_none_or_not_clear(written, capsys):
    assert run(["runs", "show", "nope"]) == 2
    assert written[2]["id"] in capsys.readouterr().err
    assert run(["runs", "show", ""]) == 2
    assert "give more digits" in capsys.readouterr().err


def test_a_torn_line_is_told_and_the_others_are_shown(written, capsys):
    with (RESULTS / FILE).open("a") as file:
        file.write('{"format": 1, "id": "x')
    assert run(["runs"]) == 1
    said = capsys.readouterr()
    assert "torn" in said.err
    assert written[2]["id"] in said.out


def test_records_of_other_programs(capsys):
    append_record(
        RESULTS, {"command": "other", "about": 3, "results": [1], "cases": {}, "report": 1}
    )
    assert run(["runs"]) == 0
    assert "other" in capsys.readouterr().out
