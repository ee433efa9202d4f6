import json
from dataclasses import replace

import pytest

from finetune.tuning import two_functions
from funcgemma.errors import ArtefactError
from funcgemma.finetune.functions import schemas_of
from funcgemma.finetune.losses import History, Validation
from funcgemma.finetune.manifest import Manifest, check_continues, read_manifest
from funcgemma.finetune.plan import TuningPlan, plan_from_json


def manifest(**changes):
    registry = two_functions()
    data = {part: {"cases": 3, "hash": part, "used": 3} for part in ("train", "validation")}
    made = Manifest(
        base={"model": "base", "revision": "", "hash": "abc"},
        data={"folder": "data/finetune/run_1", **data},
        functions=schemas_of(registry),
        fingerprint=registry.fingerprint(),
        prompt={"compact": False, "num_ctx": 4096, "clock": "day"},
        plan=TuningPlan(max_steps=10, max_length=500, checkpointing=False),
        step=4,
        seen=8,
        history=History([3.0, 2.0], [Validation(2, 1.5, 0.25)]),
        versions={"torch": "2"},
    )
    return replace(made, **changes)


def write(folder, values):
    (folder / "manifest.json").write_text(json.dumps(values), encoding="utf-8")
    return folder


def test_a_manifest_is_read_as_it_was_written(tmp_path):
    made = manifest()
    told = made.to_json({"b": "2", "a": "1"})
    assert list(told["files"]) == ["a", "b"]
    assert told["method"] == "lora"
    found = read_manifest(write(tmp_path, told))
    assert found.to_json({}) == made.to_json({})
    assert found.plan == made.plan
    assert found.history == made.history


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"format": 99}, "format 99"),
        ({"kind": "router"}, "tuned model"),
        ({"base": None, "step": None}, "damaged"),
        ({"hyper_parameters": {"lr": 1}}, "do not fit"),
    ],
)
def test_manifests_of_something_else(tmp_path, change, said):
    with pytest.raises(ArtefactError, match=said):
        read_manifest(write(tmp_path, manifest().to_json({}) | change))


def test_no_manifest(tmp_path):
    with pytest.raises(ArtefactError, match="no checkpoint"):
        read_manifest(tmp_path)
    (tmp_path / "manifest.json").write_text("{")
    with pytest.raises(ArtefactError, match="damaged"):
        read_manifest(tmp_path)


def test_going_on_with_more_steps_is_allowed(tmp_path):
    new = manifest(plan=replace(manifest().plan, max_steps=20, rate=1e-3, save_steps=7), step=0)
    check_continues(manifest(), new, tmp_path)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"plan": TuningPlan(max_steps=10, max_length=500, lora_rank=4)}, "lora_rank"),
        ({"plan": TuningPlan(max_steps=10, max_length=500, seed=4)}, "seed"),
        ({"base": {"model": "base", "revision": "", "hash": "x"}}, "base model"),
        ({"functions": ()}, "functions"),
        ({"prompt": {"compact": True, "num_ctx": 4096, "clock": "day"}}, "prompt options"),
        ({"data": {"train": {"hash": "x"}, "validation": {"hash": "validation"}}}, "cases"),
        ({"plan": TuningPlan(max_steps=4, max_length=500)}, "at step 4 already"),
    ],
)
def test_going_on_with_something_else_is_refused(tmp_path, change, said):
    with pytest.raises(ArtefactError, match=said):
        check_continues(manifest(), manifest(**change), tmp_path)


def test_the_learning_rate():
    plan = TuningPlan(rate=1.0, warmup=4)
    assert [plan.rate_at(step) for step in (1, 2, 4, 5, 100)] == [0.25, 0.5, 1.0, 1.0, 1.0]
    assert TuningPlan(rate=2.0).rate_at(1) == 2.0


def test_a_plan_is_read_as_it_was_written():
    plan = TuningPlan(patience=3, checkpointing=True)
    assert plan_from_json(json.loads(json.dumps(plan.to_json()))) == plan


def test_what_the_losses_say():
    history = History([1.0], [Validation(0, 0.1, 0), Validation(5, 0.9, 0), Validation(10, 1.0, 0)])
    assert history.best == Validation(5, 0.9, 0)
    assert history.waited == 1
    assert History().best is None
    assert History().waited == 0
