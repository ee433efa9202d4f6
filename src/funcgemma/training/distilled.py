"""Cases that a language model has labelled: learned from, and never measured."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from funcgemma.data.labels import label_of
from funcgemma.records import Case
from funcgemma.training.corrections import CORRECTION

DISTILLED = "distilled"
"""Tag of every such case."""

LEAST_GOLD = 20
"""With fewer cases that people have labelled, a function is measured on a model's labels, too."""


def is_measured(case: Case) -> bool:
    """Whether a case may count in the numbers of a model: text that people have labelled."""
    return CORRECTION not in case.tags and DISTILLED not in case.tags


def settled(distilled: Sequence[Case], gold: Sequence[Case]) -> tuple[Case, ...]:
    """The cases as they are learned from; without their tag where there is hardly any gold."""
    counts = Counter(label_of(case) for case in gold if is_measured(case))
    return tuple(
        case if counts[label_of(case)] >= LEAST_GOLD else _as_text(case) for case in distilled
    )


def _as_text(case: Case) -> Case:
    return replace(case, tags=tuple(tag for tag in case.tags if tag != DISTILLED))
