import json

import pytest

from funcgemma.cli.app import run
from funcgemma.data.cases import read_cases

DOOR = """
from funcgemma import function

@function(
    description="鍵を閉める。",
    examples=["[玄関](target)の鍵を閉めて", "[裏口](target)を閉めて"],
)
def door(target: str) -> dict:
    return {"status": "ok", "message": target}
"""


@pytest.fixture
def place(own_data_folder, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path / "data" / "finetune"


def test_the_corpus_is_split(place, capsys):
    assert run(["split", "--run-id", "1", "--seed", "0"]) == 0
    manifest = json.loads((place / "run_1" / "manifest.json").read_text())
    leaks = json.loads((place / "run_1" / "leaks.json").read_text())
    assert list(manifest["inputs"]) == ["shipped corpus"]
    assert leaks["counts"]["writers"] == leaks["counts"]["groups"] == 0
    for name, part in manifest["parts"].items():
        assert len(read_cases(place / "run_1" / f"{name}.jsonl")) == part["cases"] > 0
    said = capsys.readouterr()
    assert "weather_info" in said.out
    assert "Grouped by writer" in said.out
    assert "data/finetune/run_1" in said.err


def test_the_same_seed_gives_the_same_files(place):
    for run_id in ("1", "2"):
        line = ["split", "--run-id", run_id, "--seed", "4", "--balance", "--target-count", "20"]
        assert run(line) == 0
    for name in ("train.jsonl", "validation.jsonl", "test.jsonl", "manifest.json", "leaks.json"):
        assert (place / "run_1" / name).read_bytes() == (place / "run_2" / name).read_bytes()


def test_files_and_shares(place, tmp_path):
    assert run(["generate", "--count", "80", "--output", "made.jsonl"]) == 0
    line = ["split", "--run-id", "3", "--seed", "0", "--cases", "made.jsonl"]
    assert run([*line, "--shares", "0.5,0.5,0"]) == 0
    manifest = json.loads((place / "run_3" / "manifest.json").read_text())
    assert list(manifest["inputs"]) == ["made.jsonl"]
    assert manifest["parts"]["test"]["cases"] == 0
    total = sum(part["cases"] for part in manifest["parts"].values()) + manifest["left_out"]
    assert total == manifest["cases"] == 80


def test_examples_of_functions_are_split_with_the_files(place, tmp_path):
    (tmp_path / "door.py").write_text(DOOR)
    assert run(["generate", "--count", "30", "--output", "made.jsonl"]) == 0
    line = ["split", "--run-id", "4", "--seed", "0", "--cases", "made.jsonl"]
    assert run([*line, "--functions", "door.py"]) == 0
    cases = [
        case
        for name in ("train", "validation", "test", "left_out")
        for case in read_cases(place / "run_4" / f"{name}.jsonl")
    ]
    assert len(cases) == 32
    assert {case.text for case in cases if case.category == "door"} == {
        "玄関の鍵を閉めて",
        "裏口を閉めて",
    }


def test_an_existing_run_is_not_written_over(place, capsys):
    line = ["split", "--run-id", "1", "--seed", "0", "--target-count", "10"]
    assert run(line) == 0
    assert run(line) == 2
    assert "--force" in capsys.readouterr().err
    assert run([*line, "--force"]) == 0


@pytest.mark.parametrize(
    "shares", ["1,2", "a,b,c", "0.5,0.1,0.1", "0,0.5,0.5", "-1,1,1", "nan,0,1"]
)
def test_shares_that_are_none(place, capsys, shares):
    assert run(["split", "--run-id", "1", "--seed", "0", "--shares", shares]) == 2
    assert "0.8,0.1,0.1" in capsys.readouterr().err
    assert not place.exists()


def test_files_that_cannot_be_split(place, tmp_path, capsys):
    (tmp_path / "bad.jsonl").write_text('{"id": 1}\n')
    (tmp_path / "empty.jsonl").write_text("")
    for name, said in (("bad", "bad.jsonl:1"), ("empty", "no cases"), ("none", "cannot be read")):
        assert run(["split", "--run-id", "1", "--seed", "0", "--cases", f"{name}.jsonl"]) == 2
        assert said in capsys.readouterr().err
    assert not place.exists()
