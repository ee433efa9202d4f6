"""A real language model as teacher: the tiny one of the tests labels what people say."""

import json

import pytest

from funcgemma.cli.app import run
from funcgemma.data.cases import read_cases
from tiny import MODEL_DIR

pytestmark = [pytest.mark.llm, pytest.mark.usefixtures("own_data_folder")]

KNOWN = {"weather_info", "translation_assist", "celebrity_info"}
"""Functions the tiny model has learned."""


def test_a_small_model_labels_texts(registry, tmp_path, capsys):
    for library in ("torch", "transformers"):
        pytest.importorskip(library)
    schemas = [d.schema for d in registry if d.name in KNOWN]
    (tmp_path / "f.json").write_text(json.dumps(schemas), encoding="utf-8")
    case = {"id": "1", "text": "奈良は暑い？", "now": "2026-05-13T10:20:00+09:00"}
    (tmp_path / "c.jsonl").write_text(json.dumps(case), encoding="utf-8")
    (tmp_path / "t.txt").write_text("明日の京都の天気は？\nおはよう\n", encoding="utf-8")
    given = {
        "--cases": tmp_path / "c.jsonl", "--functions": tmp_path / "f.json",
        "--texts": tmp_path / "t.txt", "--labels": tmp_path / "l.jsonl",
        "--teacher": f"transformers:{MODEL_DIR}", "--gold": 0, "--threshold": 0,
    }  # fmt: skip
    code = run(["train", *(str(word) for pair in given.items() for word in pair), "--label-only"])
    assert code in (0, 1), capsys.readouterr().err
    answers = read_cases(tmp_path / "l.answers.jsonl")
    assert [answer.text for answer in answers] == ["明日の京都の天気は？", "おはよう"]
    assert {answer.extra["teacher"]["stage"] for answer in answers} == {"llm"}
    assert all(0 < answer.extra["teacher"]["confidence"] < 1 for answer in answers)
    report = json.loads((tmp_path / "l.report.json").read_text("utf-8"))
    for part in (report["train"], report["held"]):
        assert part["kept"] + sum(part["refused"].values()) == part["asked"]
