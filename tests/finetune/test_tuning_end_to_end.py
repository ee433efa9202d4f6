"""A base that was taught other functions learns ours: from a split to answers, through the CLI."""

import json
from dataclasses import replace
from random import Random

import pytest

from finetune.tuning import NOW, write_split
from funcgemma.backends.catalogue import Place, open_backend
from funcgemma.cli.app import run
from funcgemma.finetune.checkpoint import last_checkpoint
from funcgemma.functions.registry import FunctionRegistry
from funcgemma.resolver.functiongemma.resolver import FunctionGemma
from tiny import MODEL_DIR

pytestmark = pytest.mark.llm

BASE = MODEL_DIR
OURS = ("travel_guide", "sentiment_label")
"""Functions that the base saw declared and never called."""
LEARNED, LOOKED_AT, HELD_OUT = 50, 8, 14
"""Cases of each function, and of none."""
OPTIONS = ["--max-steps", "160", "--save-steps", "80", "--batch-size", "16", "--lr", "3e-3"]
ADAPTER = ["--lora-rank", "32", "--lora-alpha", "32", "--warmup-steps", "10"]


@pytest.fixture(scope="module")
def parts(corpus):
    """Training, validation and held-out cases of short requests, on one day."""
    labels = {name: [] for name in (*OURS, None)}
    for case in corpus:
        name = case.calls[0].name if case.calls else None
        short = case.language == "ja" and len(case.text) < 40 and not case.history
        if short and len(case.calls) < 2 and name in labels:
            labels[name].append(replace(case, now=NOW))
    random, parts = Random(0), ([], [], [])
    for cases in labels.values():
        random.shuffle(cases)
        for part, count in zip(parts, (LEARNED, LOOKED_AT, HELD_OUT), strict=True):
            part += [cases.pop() for _ in range(count)]
    return parts


@pytest.fixture(scope="module")
def ours(registry):
    return FunctionRegistry(tuple(registry.get(name) for name in OURS))


def accuracy(ours, cases, adapter=""):
    """Function accuracy on requests and on all cases, as serving answers."""
    backend = open_backend(f"transformers:{BASE}", Place(adapter=str(adapter)))
    model = FunctionGemma(backend, {d.name: d for d in ours}, compact=True, repair=False)
    right = {True: [], False: []}
    for case in cases:
        called = [call.name for call in model.resolve(case.dialogue).calls]
        right[bool(case.calls)].append(called == [call.name for call in case.calls])
    requests, silence = right[True], right[False]
    return sum(requests) / len(requests), sum(requests + silence) / len(cases)


def test_a_base_taught_other_functions_learns_ours(parts, ours, tmp_path, monkeypatch):
    pytest.importorskip("torch")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("FUNCGEMMA_CONFIG", str(tmp_path / "config.toml"))
    learned, looked_at, held_out = parts
    write_split(tmp_path / "data/finetune/run_1", learned, looked_at)
    schemas = [definition.schema for definition in ours]
    (tmp_path / "functions.json").write_text(json.dumps(schemas))
    before, _ = accuracy(ours, held_out)
    assert before < 0.1

    command = ["finetune", "--run-id", "1", "--base", str(BASE), "--functions", "functions.json"]
    assert run([*command, "--compact", "--cpu", *OPTIONS, *ADAPTER]) == 0

    adapter = last_checkpoint(tmp_path / "data/peft_adapters/run_1")
    assert accuracy(ours, learned[::3], adapter)[1] > 0.9
    requests, together = accuracy(ours, held_out, adapter)
    assert requests > before + 0.3
    assert together > 0.45  # chance is a third
