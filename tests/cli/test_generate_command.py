import json
from collections import Counter

import pytest

from funcgemma.cli.app import run

pytestmark = pytest.mark.usefixtures("own_data_folder")


def _rows(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_by_default_all_functions_and_none_into_data_test(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert run(["generate", "--count", "16", "--seed", "3"]) == 0
    (path,) = (tmp_path / "data" / "test").iterdir()
    assert path.name == "all-16-seed3.jsonl"
    counts = Counter(row["calls"][0]["name"] if row["calls"] else "none" for row in _rows(path))
    assert set(counts.values()) == {2}
    assert len(counts) == 8
    assert "16 cases" in capsys.readouterr().out
    first = path.read_bytes()
    assert run(["generate", "--count", "16", "--seed", "3"]) == 0
    assert path.read_bytes() == first


def test_one_function_alone(tmp_path):
    path = tmp_path / "w.jsonl"
    line = ["generate", "-f", "weather_info", "--skip-no-function", "--count", "7"]
    assert run([*line, "--output", str(path)]) == 0
    rows = _rows(path)
    assert len(rows) == 7
    for row in rows:
        assert row["calls"][0]["name"] == "weather_info"
        assert row["source"] == "generated"
        assert row["provenance"]["methods"]
        assert row["group"] == row["writer"]


def test_functions_of_ones_own(tmp_path):
    code = (
        "from funcgemma import function\n\n"
        "@function(examples=('[夜間](mode)にして', 'ランプを[読書](mode)に', '[弱](mode)で点けて'))\n"
        "def lamp(mode: str) -> dict:\n"
        "    '''Set the lamp.'''\n"
        "    return {}\n"
    )
    (tmp_path / "lamp.py").write_text(code)
    path = tmp_path / "out.jsonl"
    line = ["generate", "-f", "lamp", "--functions", str(tmp_path / "lamp.py"), "--count", "6"]
    assert run([*line, "--output", str(path)]) == 0
    assert sum(row["category"] == "lamp" for row in _rows(path)) == 3


def test_a_folder_gets_a_file_with_a_name_of_its_own(tmp_path):
    assert run(["generate", "-f", "weather_info", "--count", "2", "--output", str(tmp_path)]) == 0
    assert (tmp_path / "weather_info-2-seed0.jsonl").is_file()


@pytest.mark.parametrize("count", ["0", "-5"])
def test_a_count_below_one_is_refused(tmp_path, capsys, count):
    assert run(["generate", "--count", count, "--output", str(tmp_path / "out")]) == 2
    assert "--count" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_an_unknown_function(capsys):
    assert run(["generate", "-f", "wether"]) == 2
    assert "no function 'wether'" in capsys.readouterr().err


def test_a_function_without_examples_is_named(tmp_path, capsys):
    schema = {"type": "object", "properties": {}}
    (tmp_path / "f.json").write_text(
        json.dumps([{"name": "beep", "description": "", "parameters": schema}])
    )
    line = ["generate", "--functions", str(tmp_path / "f.json"), "--skip-no-function"]
    assert run([*line, "--count", "4", "--output", str(tmp_path / "o.jsonl")]) == 1
    error = capsys.readouterr().err
    assert "beep" in error
    assert "Only 0 of 4" in error


def test_places_that_cannot_be_written(tmp_path, capsys):
    (tmp_path / "file").write_text("")
    for place, said in (
        ("/proc/foo/o.jsonl", "/proc/foo"),
        (tmp_path / "file" / "o.jsonl", "file"),
    ):
        assert run(["generate", "--count", "1", "--output", str(place)]) == 3
        error = capsys.readouterr().err
        assert said in error
        assert "→" in error
