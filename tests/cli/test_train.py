import json

import pytest

from funcgemma.artefacts.store import Artefact, save_artefact
from funcgemma.cli.app import run
from funcgemma.cli.keeper import make_room

pytestmark = pytest.mark.usefixtures("own_data_folder")

CASE = {"id": "1", "text": "明日の京都の天気を教えて", "now": "2026-05-13T10:20:00+09:00"}


def test_train_and_route_with_functions_of_ones_own(tmp_path, capsys):
    """Any cases, any functions: three functions that nobody here has heard of."""
    functions = [
        {
            "name": name,
            "description": name,
            "parameters": {
                "type": "object",
                "properties": {"item": {"type": "string"}, "amount": {"type": "integer"}},
                "required": ["item"],
            },
        }
        for name in ("pick", "drop", "count")
    ]
    verbs = {"pick": "拾って", "drop": "捨てて", "count": "数えて"}
    items = ["りんご", "ねじ", "箱", "本", "皿", "瓶", "石", "紙"]
    cases = [
        {
            "id": f"{name}-{i}",
            "text": f"{item}を{i + 2}個{verb}",
            "now": CASE["now"],
            "calls": [{"name": name, "arguments": {"item": item, "amount": i + 2}}],
        }
        for name, verb in verbs.items()
        for i, item in enumerate(items)
    ] + [
        {"id": f"n-{i}", "text": f"{item}が好きなんだよね", "now": CASE["now"], "calls": []}
        for i, item in enumerate(items)
    ]
    (tmp_path / "f.json").write_text(json.dumps(functions))
    (tmp_path / "c.jsonl").write_text("\n".join(json.dumps(c, ensure_ascii=False) for c in cases))
    model = tmp_path / "model"
    code = run(
        [
            "train",
            "--cases",
            str(tmp_path / "c.jsonl"),
            "--functions",
            str(tmp_path / "f.json"),
            "--output",
            str(model),
        ]
    )
    assert code == 0
    said = capsys.readouterr()
    assert said.out.startswith("Cross-validated, each writer held out in turn:")
    assert f"--model {model}" in said.err
    assert run(["route", "鍵を5個拾って", "--model", str(model), "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["calls"] == [{"name": "pick", "arguments": {"item": "鍵", "amount": 5}}]


def test_train_with_too_little(tmp_path, capsys):
    (tmp_path / "c.jsonl").write_text(json.dumps(CASE | {"calls": []}))
    assert (
        run(["train", "--cases", str(tmp_path / "c.jsonl"), "--output", str(tmp_path / "m")]) == 1
    )
    assert "→" in capsys.readouterr().err


def test_a_folder_with_other_files_is_left_alone_before_any_training(tmp_path, capsys):
    (tmp_path / "proj").mkdir()
    (tmp_path / "proj" / "thesis.txt").write_text("years of work")
    assert run(["train", "--output", str(tmp_path / "proj")]) == 2
    said = capsys.readouterr().err
    assert "thesis.txt" in said
    assert "→" in said
    assert "Training" not in said
    assert (tmp_path / "proj" / "thesis.txt").read_text() == "years of work"


def test_a_file_as_the_model_folder_is_refused(tmp_path, capsys):
    (tmp_path / "m").write_text("x")
    assert run(["train", "--output", str(tmp_path / "m")]) == 2
    assert "is a file" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["empty.jsonl", "empty"])
def test_no_cases_is_said_before_training(tmp_path, capsys, name):
    (tmp_path / name).write_text("\n")
    assert run(["train", "--cases", str(tmp_path / name), "--output", str(tmp_path / "m")]) == 2
    said = capsys.readouterr().err
    assert "there are no cases" in said
    assert "Training" not in said


def test_room_is_made_for_a_damaged_kept_model_only(tmp_path):
    save_artefact(Artefact({}, {}), tmp_path / "good")
    make_room(tmp_path / "good")
    assert (tmp_path / "good").exists()
    (tmp_path / "good" / "manifest.json").write_text("{")
    make_room(tmp_path / "good")
    assert not (tmp_path / "good").exists()
