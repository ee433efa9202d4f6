import json

import pytest

from funcgemma.cli.app import run

pytestmark = pytest.mark.usefixtures("own_data_folder", "here")

CASE = {"text": "明日の京都の天気を教えて", "now": "2026-05-13T10:20:00+09:00"}
WEATHER = [{"name": "weather_info", "arguments": {"location": "京都", "date": "2026-05-14"}}]


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def reports(tmp_path):
    """Two reports on the same cases, and one on others."""
    paths = []
    for name, ids, calls in (("a", "xyz", WEATHER), ("b", "xyz", []), ("c", "uvw", WEATHER)):
        cases = tmp_path / f"{name}.jsonl"
        lines = [json.dumps(CASE | {"id": i, "calls": calls}) for i in ids]
        cases.write_text("\n".join(lines))
        paths.append(str(tmp_path / f"{name}.json"))
        options = ["--resolver", "keywords", "--output", paths[-1]]
        assert run(["evaluate", "--cases", str(cases), *options]) == 0
    return paths


def test_the_same_cases(reports, capsys):
    capsys.readouterr()
    assert run(["report", "compare", reports[0], reports[1]]) == 0
    shown = capsys.readouterr().out
    assert "paired" in shown
    assert "gold calls of 3 cases have changed" in shown
    assert "clearly better in B: nothing" in shown
    assert "recall weather_info" in shown
    assert "A: a.json (3 cases), keywords" in shown


def test_other_cases_as_json_and_page(reports, tmp_path, capsys):
    capsys.readouterr()
    page = tmp_path / "p.html"
    assert run(["report", "compare", reports[0], reports[2], "--json", "--html", str(page)]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["paired"] is False
    assert found["a"]["name"] == "a.json"
    assert [column["name"] for column in found["columns"]] == ["a.json", "c.json"]
    assert "<!doctype html>" in page.read_text(encoding="utf-8")


def test_what_is_no_report(reports, tmp_path, capsys):
    for text in ("{}", "x", '{"format": 1, "summary": {}, "about": {}}'):
        (tmp_path / "bad.json").write_text(text)
        assert run(["report", "compare", reports[0], str(tmp_path / "bad.json")]) == 2
        assert "bad.json" in capsys.readouterr().err
    assert run(["report", "compare", reports[0], str(tmp_path / "none.json")]) == 2


def test_three_side_by_side(reports, tmp_path, capsys):
    capsys.readouterr()
    assert run(["report", "compare", *reports, "--html", str(tmp_path / "p.html")]) == 0
    shown = capsys.readouterr().out
    assert "C: c.json (3 cases), keywords" in shown
    assert "not all judged the same cases" in shown
    header = next(line for line in shown.splitlines() if line.split() == ["A", "B", "C"])
    assert header
    assert "clearly worse in C: nothing" in shown
    page = (tmp_path / "p.html").read_text(encoding="utf-8")
    assert "C\u00a0−\u00a0A" in page
    assert run(["report", "compare", *reports, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert len(found["columns"]) == 3
    assert len(found["differences"]) == 2
    assert "a" not in found


def test_two_at_least(reports, capsys):
    assert run(["report", "compare", reports[0]]) == 2
    assert "two reports or more" in capsys.readouterr().err
