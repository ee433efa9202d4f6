"""What a run has measured so far: losses in training and in validation."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Validation:
    """One look at the validation cases.

    Attributes:
        step: After which step; 0 = before training.
        loss: Mean over the tokens of the completions.
        exact: Share of the cases whose completion greedy decoding would give token for token.
    """

    step: int
    loss: float
    exact: float


@dataclass(slots=True)
class History:
    """Losses in training by step (the first is of step 1), and the validations, oldest first."""

    train: list[float] = field(default_factory=list)
    validation: list[Validation] = field(default_factory=list)

    @property
    def best(self) -> Validation | None:
        """The validation with the least loss that a checkpoint was made of."""
        return min((v for v in self.validation if v.step), key=lambda v: v.loss, default=None)

    @property
    def waited(self) -> int:
        """How many validations there were since the best one."""
        best = self.best
        return 0 if best is None else sum(v.step > best.step for v in self.validation)

    def to_json(self) -> dict[str, Any]:
        """The history as plain values."""
        return {
            "train": list(self.train),
            "validation": [
                {"step": v.step, "loss": v.loss, "exact": v.exact} for v in self.validation
            ],
        }


def history_from_json(values: Mapping[str, Any]) -> History:
    """The history that a checkpoint holds."""
    return History(
        [float(loss) for loss in values["train"]],
        [Validation(v["step"], v["loss"], v["exact"]) for v in values["validation"]],
    )
