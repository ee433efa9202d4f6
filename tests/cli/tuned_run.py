"""Folders as `funcgemma finetune` writes them, for tests of what serves them."""

from funcgemma.finetune.base import Base
from funcgemma.finetune.checkpoint import run_path, write_checkpoint
from funcgemma.finetune.examples import PromptOptions
from funcgemma.finetune.functions import schemas_of
from funcgemma.finetune.losses import History, Validation
from funcgemma.finetune.manifest import Manifest
from funcgemma.finetune.plan import TuningPlan
from funcgemma.functions.builtin import builtin_registry

HASHES = {"cases": 1, "hash": "0", "used": 1}
DATA = {"folder": "data/finetune/run_1", "train": HASHES, "validation": HASHES}


def make_run(
    root,
    *,
    run_id=1,
    steps=(100, 200),
    best=None,
    base=None,
    registry=None,
    method="lora",
    prompt=PromptOptions(),  # noqa: B008 - a frozen value
    save=lambda folder: None,
):
    """A run with checkpoints after these steps; `save` writes what they hold."""
    registry = registry or builtin_registry()
    base = base or Base(str(root / "base"), root / "base", hash="0")
    for number, step in enumerate(steps, start=1):
        seen = [Validation(s, 0.5 if s == best else 1.0, 0.0) for s in steps[:number]]
        manifest = Manifest(
            base=base.to_json(),
            data=DATA,
            functions=schemas_of(registry),
            fingerprint=registry.fingerprint(),
            prompt=prompt.to_json(),
            plan=TuningPlan(method=method),
            step=step,
            history=History([1.0] * step, seen if best else []),
        )
        write_checkpoint(run_path(run_id, root / "data" / "peft_adapters"), manifest, save)
    return run_path(run_id, root / "data" / "peft_adapters")
