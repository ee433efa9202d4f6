import json

import pytest

from funcgemma.cli.app import run
from funcgemma.data.ledger import read_ledger

pytestmark = pytest.mark.usefixtures("own_data_folder", "here")


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def test_side_by_side(model, tmp_path, capsys):
    output = tmp_path / "b.json"
    options = ["--rounds", "1", "--output", str(output)]
    assert run(["benchmark", "--model", str(model), *options]) == 0
    shown = capsys.readouterr().out
    assert "conversation: 95 cases" in shown
    for name in ("keyword gate", "ML gate", "embedded router", "LLM calls avoided"):
        assert name in shown
    result = json.loads(output.read_text(encoding="utf-8"))
    assert result["bound"] is None
    (record,) = read_ledger(tmp_path / "data" / "results").records
    assert (record["command"], record["report"]) == ("benchmark", str(output))
    assert record["about"] == result["about"]
    assert list(record["results"]["systems"]) == [system["name"] for system in result["systems"]]


def test_cases_of_ones_own(model, tmp_path, capsys):
    case = {"id": "1", "text": "おはよう", "now": "2026-05-13T10:20:00+09:00"}
    (tmp_path / "c.jsonl").write_text(json.dumps(case))
    options = ["--cases", str(tmp_path / "c.jsonl"), "--bound", "0", "--json", "--rounds", "1"]
    assert run(["benchmark", "--model", str(model), *options]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["cases"] == 1
    assert found["systems"][-1]["llm_calls_avoided"]["share"] == 1.0
    assert found["systems"][-1]["request_recall"] is None


def test_wrong_use(tmp_path, capsys):
    assert run(["benchmark", "--bound", "2"]) == 2
    assert run(["benchmark", "--cases", str(tmp_path / "none.jsonl")]) == 2
    assert "none.jsonl" in capsys.readouterr().err
