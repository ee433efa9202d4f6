"""`manifest.json` of a checkpoint: what it was made of, so that it can be used and continued.

It holds no time and no path but those it was given: the same run writes the same manifest.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from funcgemma.errors import ArtefactError
from funcgemma.finetune.losses import History, history_from_json
from funcgemma.finetune.plan import FIXED, TuningPlan, plan_from_json

FORMAT = 1
NAME = "manifest.json"
KIND = "finetune"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What is known of a checkpoint.

    Attributes:
        base: The model that was tuned: `model`, `revision`, `hash`.
        data: The cases: `folder`, and of each part `cases`, `hash`, `used`.
        functions: The functions as schemas, in the order they are declared in.
        fingerprint: Of their registry.
        prompt: How prompts are rendered: `compact`, `clock`, `num_ctx`.
        plan: How it was tuned.
        step: Optimiser steps so far.
        seen: Examples taken so far.
        history: Losses so far.
        versions: Of the libraries.
    """

    base: Mapping[str, Any]
    data: Mapping[str, Any]
    functions: tuple[Mapping[str, Any], ...]
    fingerprint: str
    prompt: Mapping[str, Any]
    plan: TuningPlan
    step: int = 0
    seen: int = 0
    history: History = field(default_factory=History)
    versions: Mapping[str, str] = field(default_factory=dict)

    def to_json(self, files: Mapping[str, str]) -> dict[str, Any]:
        """The manifest as plain values.

        Args:
            files: Name of each file of the checkpoint -> its SHA-256.
        """
        return {
            "format": FORMAT,
            "kind": KIND,
            "method": self.plan.method,
            "base": dict(self.base),
            "step": self.step,
            "seen": self.seen,
            "data": dict(self.data),
            "prompt": dict(self.prompt),
            "fingerprint": self.fingerprint,
            "functions": [dict(schema) for schema in self.functions],
            "hyper_parameters": self.plan.to_json(),
            "losses": self.history.to_json(),
            "versions": dict(self.versions),
            "files": dict(sorted(files.items())),
        }


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a checkpoint.

    Raises:
        ArtefactError: There is none, or it is damaged or newer than this program.
    """
    path = folder / NAME
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        why = f"it has no {NAME}" if folder.is_dir() else "there is no such folder"
        raise ArtefactError(f"{folder} is no checkpoint: {why}", _WHERE) from error
    except ValueError as error:
        raise ArtefactError(f"{path} is damaged: {error}", _WHERE) from error
    if not isinstance(data, dict) or data.get("kind") != KIND:
        raise ArtefactError(f"{path} is not that of a tuned model", _WHERE)
    if data.get("format") != FORMAT:
        raise ArtefactError(
            f"{path}: format {data.get('format')}, this program reads {FORMAT}",
            "update FuncGemma, or tune again",
        )
    try:
        return _manifest(data)
    except (KeyError, TypeError, ValueError) as error:
        raise ArtefactError(f"{path} is damaged: {error!r}", _WHERE) from error


_WHERE = "name a folder data/peft_adapters/run_N/checkpoint-K"


def _manifest(data: Mapping[str, Any]) -> Manifest:
    return Manifest(
        base=data["base"],
        data=data["data"],
        functions=tuple(data["functions"]),
        fingerprint=data["fingerprint"],
        prompt=data["prompt"],
        plan=plan_from_json(data["hyper_parameters"]),
        step=int(data["step"]),
        seen=int(data["seen"]),
        history=history_from_json(data["losses"]),
        versions=data["versions"],
    )


def check_continues(old: Manifest, new: Manifest, folder: Path) -> None:
    """Refuse to continue a checkpoint with something else than it was begun with.

    Raises:
        ArtefactError: Names what differs.
    """
    differ = [name for name in FIXED if getattr(old.plan, name) != getattr(new.plan, name)]
    if _identity(old.base) != _identity(new.base):
        differ.append("base model")
    if any(old.data[part]["hash"] != new.data[part]["hash"] for part in ("train", "validation")):
        differ.append("cases")
    if list(old.functions) != json.loads(json.dumps(list(new.functions))):
        differ.append("functions")
    if dict(old.prompt) != dict(new.prompt):
        differ.append("prompt options")
    if differ:
        raise ArtefactError(
            f"{folder} was begun with other {', '.join(differ)}",
            "leave these as they were, or begin a new run",
        )
    if old.step >= new.plan.max_steps:
        raise ArtefactError(
            f"{folder} is at step {old.step} already",
            f"give more than that: --max-steps {old.step + 300}",
        )


def _identity(base: Mapping[str, Any]) -> str:
    return str(base["revision"] or base["hash"])
