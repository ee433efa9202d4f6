import json

import pytest

from funcgemma.cli.app import run

pytestmark = pytest.mark.usefixtures("own_data_folder")

CASE = {"text": "明日の京都の天気を教えて", "now": "2026-05-13T10:20:00+09:00"}
WEATHER = [{"name": "weather_info", "arguments": {"location": "京都", "date": "2026-05-14"}}]


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


def test_other_cases_as_json_and_page(reports, tmp_path, capsys):
    capsys.readouterr()
    page = tmp_path / "p.html"
    assert run(["report", "compare", reports[0], reports[2], "--json", "--html", str(page)]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["paired"] is False
    assert found["a"]["name"] == "a.json"
    assert "<!doctype html>" in page.read_text(encoding="utf-8")


def test_what_is_no_report(reports, tmp_path, capsys):
    for text in ("{}", "x", '{"format": 1, "summary": {}, "about": {}}'):
        (tmp_path / "bad.json").write_text(text)
        assert run(["report", "compare", reports[0], str(tmp_path / "bad.json")]) == 2
        assert "bad.json" in capsys.readouterr().err
    assert run(["report", "compare", reports[0], str(tmp_path / "none.json")]) == 2
