"""The script that makes the tiny model: other functions, and the same weights every time."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from funcgemma.finetune.gguf.shape import read_shape
from tiny import MODEL_DIR

pytestmark = pytest.mark.llm

SCRIPT = Path(__file__).parents[3] / "tools" / "build_tiny_model.py"
FUNCTIONS = [
    {
        "name": "open_door",
        "description": "Opens a door.",
        "parameters": {"type": "object", "properties": {"room": {"type": "string"}}},
    },
    {"name": "ring_bell", "description": "Rings.", "parameters": {"type": "object"}},
]
CASES = [
    ("open the kitchen door", [{"name": "open_door", "arguments": {"room": "kitchen"}}]),
    ("ring it", [{"name": "ring_bell", "arguments": {}}]),
    ("how are you", []),
]


@pytest.fixture
def data(tmp_path):
    now = "2026-05-13T10:20:00+09:00"
    rows = [
        {"id": str(number), "text": text, "now": now, "calls": calls, "language": "en"}
        for number, (text, calls) in enumerate(CASES)
    ]
    functions, cases = tmp_path / "functions.json", tmp_path / "cases.jsonl"
    functions.write_text(json.dumps(FUNCTIONS))
    cases.write_text("\n".join(map(json.dumps, rows)))
    return ["--functions", functions, "--cases", cases, "--tokenizer", MODEL_DIR]


def test_the_same_data_and_seed_give_the_same_weights(tmp_path, data):
    for library in ("torch", "transformers", "sentencepiece"):
        pytest.importorskip(library)
    weights = []
    for name in ("one", "other"):
        steps = ["--practice", "2", "--steps", "3", "--output", tmp_path / name]
        done = subprocess.run(
            [sys.executable, SCRIPT, *data, *steps], capture_output=True, text=True, check=True
        )
        assert "2 requests, 1 others" in done.stdout
        weights.append((tmp_path / name / "model.safetensors").read_bytes())
    assert weights[0] == weights[1]
    assert read_shape(tmp_path / "one") == read_shape(MODEL_DIR)
