import json

import pytest

from funcgemma.cli.app import run

pytestmark = pytest.mark.usefixtures("own_data_folder")

CASE = {"id": "1", "text": "明日の京都の天気を教えて", "now": "2026-05-13T10:20:00+09:00"}


def test_one_text_as_json(model, capsys):
    code = run(["route", CASE["text"], "--json", "--model", str(model), "--now", CASE["now"]])
    data = json.loads(capsys.readouterr().out)
    assert code == 0
    assert data["calls"][0]["name"] == "weather_info"
    assert data["calls"][0]["arguments"]["date"] == "2026-05-14"
    assert data["missing"] == []
    assert data["stage"] == "embedded"
    assert 0 <= data["confidence"] <= 1
    assert data["latency_ms"] > 0


def test_a_file_keeps_the_good_lines(model, tmp_path, capsys):
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    lines = [
        json.dumps(CASE),
        "{broken",
        json.dumps({"id": "2"}),
        "",
        json.dumps(CASE | {"id": "3", "text": "😀\ud800"}),
    ]
    source.write_text("\n".join(lines), encoding="utf-8")
    code = run(["route", "--input", str(source), "--output", str(target), "--model", str(model)])
    assert code == 1
    errors = capsys.readouterr().err
    assert "in.jsonl:2" in errors
    assert "in.jsonl:3" in errors
    out = [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()]
    assert [line["id"] for line in out] == ["1", "3"]
    assert list(out[0]) == ["id", "calls", "missing", "confidence", "stage", "latency_ms"]


def test_input_that_is_missing(model, tmp_path, capsys):
    assert run(["route", "--input", str(tmp_path / "no.jsonl"), "--model", str(model)]) == 2
    assert "no.jsonl" in capsys.readouterr().err


def test_output_that_cannot_be_written(model, tmp_path, capsys):
    (tmp_path / "in.jsonl").write_text(json.dumps(CASE))
    (tmp_path / "file").write_text("")
    target = tmp_path / "file" / "out.jsonl"
    assert (
        run(
            [
                "route",
                "--input",
                str(tmp_path / "in.jsonl"),
                "--output",
                str(target),
                "--model",
                str(model),
            ]
        )
        == 3
    )


@pytest.mark.parametrize(
    "arguments",
    [["route"], ["route", "a", "--input", "b"], ["route", "a", "--now", "soon"], ["nothing"]],
)
def test_wrong_use(arguments, capsys):
    assert run(arguments) == 2
    assert capsys.readouterr().err


def test_a_damaged_model(model, tmp_path, capsys):
    import shutil

    broken = tmp_path / "broken"
    shutil.copytree(model, broken)
    (broken / "gate.json").write_text("{}")
    assert run(["route", "天気", "--model", str(broken)]) == 2
    assert "damaged" in capsys.readouterr().err


def test_keywords_need_no_model(capsys):
    assert run(["route", "明日の京都の天気", "--resolver", "keywords", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["stage"] == "keywords"


@pytest.mark.parametrize(
    "broken",
    [
        {"spans": {"0.x": [1]}},
        {"history": [{"role": "user", "content": "x", "calls": 5}]},
        {"now": "0001-01-01T00:00:00"},
        {"calls": [{"name": "f", "arguments": 3}]},
        {"tags": "x"},
    ],
)
def test_no_line_stops_the_others(model, tmp_path, capsys, broken):
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    lines = [json.dumps(CASE | {"id": "bad"} | broken), json.dumps(CASE)]
    source.write_text("\ufeff" + "\n".join(lines), encoding="utf-8")
    assert (
        run(["route", "--input", str(source), "--output", str(target), "--model", str(model)]) == 1
    )
    assert [json.loads(line)["id"] for line in target.read_text().splitlines()] == ["1"]


def test_the_input_is_never_overwritten(model, tmp_path, capsys):
    source = tmp_path / "in.jsonl"
    source.write_text(json.dumps(CASE))
    assert (
        run(["route", "--input", str(source), "--output", str(source), "--model", str(model)]) == 2
    )
    assert json.loads(source.read_text()) == CASE
