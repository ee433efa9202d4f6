import json

import pytest

from funcgemma.cli.app import run

pytestmark = pytest.mark.usefixtures("own_data_folder")

CASE = {"id": "1", "text": "明日の京都の天気を教えて", "now": "2026-05-13T10:20:00+09:00"}
KEYWORDS = ["--resolver", "keywords", "--json"]


@pytest.mark.parametrize("name", ["/dev/null", "empty.jsonl"])
def test_no_cases_is_said(tmp_path, capsys, name):
    (tmp_path / "empty.jsonl").write_text("")
    assert run(["evaluate", "--cases", str(tmp_path / name), *KEYWORDS]) == 2
    assert "there are no cases" in capsys.readouterr().err


def test_unknown_functions_are_named(tmp_path, capsys):
    cases = [CASE | {"calls": [{"name": name}]} for name in ("pick", "weather_info", "drop")]
    (tmp_path / "c.jsonl").write_text("\n".join(json.dumps(case) for case in cases))
    assert run(["evaluate", "--cases", str(tmp_path / "c.jsonl"), *KEYWORDS]) == 0
    said = capsys.readouterr()
    assert "drop, pick" in said.err
    assert json.loads(said.out)["cases"] == 3


def test_a_corpus_file_that_is_missing(tmp_path, capsys):
    assert run(["corpus", "check", str(tmp_path / "nope.txt")]) == 1
    error = capsys.readouterr().err
    assert "No such file" in error
    assert "Errno" not in error
