"""How to tune: every number that decides what comes out, as one frozen value."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Literal

from funcgemma.errors import ArtefactError

Method = Literal["lora", "full"]

TARGETS = ("q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj")
"""The linear modules that adapters are put beside: all of the attention and of the MLP."""

FIXED = ("method", "lora_rank", "lora_alpha", "lora_dropout", "seed", "max_length")
"""What a resumed run cannot change: the adapter's form, and which examples come in which order."""


@dataclass(frozen=True, slots=True)
class TuningPlan:
    """How to tune.

    Attributes:
        max_steps: Optimiser steps in all, those before an interruption included.
        method: `lora` trains adapters, `full` every weight.
        lora_rank: Width of the adapters.
        lora_alpha: Their strength; what they add is scaled by alpha / rank.
        lora_dropout: Share of their inputs that is left out in training.
        rate: Learning rate, constant after the warm-up.
        warmup: Steps over which the learning rate rises to it in equal parts.
        batch: Examples computed together, on each device.
        accumulation: Batches on each device that make up one step.
        max_length: Examples with more tokens are left out; 0 = what the data need.
        max_norm: Gradients longer than this are shortened to it.
        seed: Of the order of the examples, the new adapters and the dropout.
        save_steps: A validation and a checkpoint after so many steps.
        validation_cases: Look at no more than so many, spread over the file; 0 = at all.
        patience: Stop after so many validations in a row without a better loss; 0 = never.
        checkpointing: Compute activations anew on the way back instead of keeping them; None =
            if memory asks for it.
    """

    max_steps: int = 500
    method: Method = "lora"
    lora_rank: int = 16
    lora_alpha: int = 32
    lora_dropout: float = 0.0
    rate: float = 3e-5
    warmup: int = 0
    batch: int = 1
    accumulation: int = 1
    max_length: int = 0
    max_norm: float = 1.0
    seed: int = 0
    save_steps: int = 100
    validation_cases: int = 200
    patience: int = 0
    checkpointing: bool | None = None

    def rate_at(self, step: int) -> float:
        """The learning rate of a step; steps count from 1."""
        return self.rate * min(1.0, step / self.warmup) if self.warmup else self.rate

    def to_json(self) -> dict[str, Any]:
        """The plan as plain values."""
        return asdict(self)


def plan_from_json(values: Mapping[str, Any]) -> TuningPlan:
    """The plan that a checkpoint was made with.

    Raises:
        ArtefactError: A value is unknown or missing.
    """
    known = {field.name for field in fields(TuningPlan)}
    if set(values) != known:
        odd = ", ".join(sorted(set(values) ^ known))
        raise ArtefactError(f"a checkpoint's hyper-parameters do not fit: {odd}", "tune anew")
    return TuningPlan(**values)
