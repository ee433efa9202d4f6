import json
import subprocess
import sys

import pytest

from funcgemma.cli.app import run
from funcgemma.data.ledger import read_ledger

pytestmark = pytest.mark.usefixtures("own_data_folder", "here")

CASE = {"id": "1", "text": "明日の京都の天気を教えて", "now": "2026-05-13T10:20:00+09:00"}
WEATHER = [{"name": "weather_info", "arguments": {"location": "京都", "date": "2026-05-14"}}]
KEYWORDS = ["--resolver", "keywords"]


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def cases(tmp_path):
    path = tmp_path / "c.jsonl"
    lines = [CASE | {"calls": WEATHER}, CASE | {"id": "2", "text": "おはよう\ud800"}]
    path.write_text("\n".join(json.dumps(line) for line in lines))
    return path


@pytest.mark.parametrize("name", ["/dev/null", "empty.jsonl"])
def test_no_cases_is_said(tmp_path, capsys, name):
    (tmp_path / "empty.jsonl").write_text("")
    assert run(["evaluate", "--cases", str(tmp_path / name), *KEYWORDS, "--json"]) == 2
    assert "there are no cases" in capsys.readouterr().err


def test_unknown_functions_are_named(tmp_path, capsys):
    cases = [CASE | {"calls": [{"name": name}]} for name in ("pick", "weather_info", "drop")]
    (tmp_path / "c.jsonl").write_text("\n".join(json.dumps(case) for case in cases))
    assert run(["evaluate", "--cases", str(tmp_path / "c.jsonl"), *KEYWORDS, "--json"]) == 0
    said = capsys.readouterr()
    assert "drop, pick" in said.err
    assert json.loads(said.out)["cases"] == 3


def test_a_corpus_file_that_is_missing(tmp_path, capsys):
    assert run(["corpus", "check", str(tmp_path / "nope.txt")]) == 1
    error = capsys.readouterr().err
    assert "No such file" in error
    assert "Errno" not in error


@pytest.mark.parametrize("options", [[], ["--cases", "x.jsonl", "--suite", "conversation"]])
def test_cases_or_a_suite(options, capsys):
    assert run(["evaluate", *options]) == 2
    assert "--suite" in capsys.readouterr().err


def test_plain_tables_in_a_pipe(cases, capsys):
    assert run(["evaluate", "--cases", str(cases), *KEYWORDS]) == 0
    shown = capsys.readouterr().out
    assert "2 cases" in shown
    assert "function_accuracy" in shown
    assert "weather_info" in shown
    assert "\x1b" not in shown
    assert "─" not in shown


def test_saved_as_json_and_page(cases, tmp_path, capsys):
    report, page = tmp_path / "new" / "r.json", tmp_path / "new" / "r.html"
    files = ["--output", str(report), "--html", str(page)]
    assert run(["evaluate", "--cases", str(cases), *KEYWORDS, "--json", *files]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert json.loads(report.read_text(encoding="utf-8")) == shown
    assert shown["about"]["resolver"] == "keywords"
    assert '<html lang="ja">' in page.read_text(encoding="utf-8")
    assert sorted(p.name for p in report.parent.iterdir()) == ["r.html", "r.json"]


def test_text_that_nobody_should_see(cases, tmp_path):
    path = tmp_path / "r.json"
    options = ["--mistakes", "0", "--output", str(path)]
    assert run(["evaluate", "--cases", str(cases), *KEYWORDS, *options]) == 0
    assert "おはよう" not in path.read_text(encoding="utf-8")
    assert "京都" not in path.read_text(encoding="utf-8")


def test_the_suite(model, tmp_path, capsys):
    assert run(["evaluate", "--suite", "conversation", "--model", str(model)]) == 0
    shown = capsys.readouterr().out
    assert "gate alone" in shown
    assert "general_question" in shown
    path = tmp_path / "data" / "results" / "classifier_test_100.json"
    report = json.loads(path.read_text(encoding="utf-8"))
    assert report["cases"] == report["suite"]["overall"]["cases"] == 95
    assert len(report["suite"]["results"]) == 95


def test_an_output_that_knows_no_dash(cases, tmp_path):
    code = f"from funcgemma.cli.app import run; run(['evaluate', '--cases', {str(cases)!r}, '--resolver', 'keywords'])"
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        check=True,
        cwd=tmp_path,
        env={"PYTHONIOENCODING": "ascii", "FUNCGEMMA_DATA_DIR": str(tmp_path), "PATH": ""},
    )
    assert b"function_accuracy" in done.stdout


def test_a_place_that_cannot_be_written(cases, tmp_path, capsys):
    (tmp_path / "file").write_text("")
    target = str(tmp_path / "file" / "r.json")
    assert run(["evaluate", "--cases", str(cases), *KEYWORDS, "--output", target]) == 3
    assert "choose a place" in capsys.readouterr().err


def test_a_run_is_entered_in_the_ledger(cases, model, tmp_path, capsys):
    options = ["--model", str(model), "--resolver", "embedded"]
    assert run(["evaluate", "--cases", str(cases), *options, "--output", "r.json"]) == 0
    report = json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))
    (record,) = read_ledger(tmp_path / "data" / "results").records
    assert record["id"] in capsys.readouterr().err
    assert record["report"] == "r.json"
    assert record["about"] == report["about"]
    for name in ("cases_hash", "functions", "training_data", "python", "version"):
        assert record["about"][name]
    assert record["results"]["function_accuracy"] == report["summary"]["function_accuracy"]


def test_the_report_stands_where_the_ledger_cannot(cases, tmp_path, capsys):
    (tmp_path / "data").write_text("")
    assert run(["evaluate", "--cases", str(cases), *KEYWORDS, "--output", "r.json"]) == 0
    assert "Not entered in the ledger" in capsys.readouterr().err
    assert (tmp_path / "r.json").exists()


def test_what_a_language_model_was_asked(cases, model, tmp_path, capsys):
    (tmp_path / "s.json").write_text('[{"when": "", "text": "no"}]')
    options = ["--model", str(model), "--resolver", "zero-shot", "--backend", "scripted:s.json"]
    assert run(["evaluate", "--cases", str(cases), *options, "--html", "r.html"]) == 0
    shown = capsys.readouterr().out
    assert "LLM calls: 2 (100.0 %; 0.0 % avoided)" in shown
    page = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert "尋ねずに済んだ割合" in page
    assert "scripted:s.json" in page
