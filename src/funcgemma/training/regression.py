"""What a model with corrections does better or worse than the one without them.

Two things must hold before it serves: what was known stays known (on text of other writers,
and on a fixed sample of the corpus), and every correction is answered as it was corrected.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass

from funcgemma.data.scoring import score_calls
from funcgemma.functions.registry import FunctionRegistry
from funcgemma.model import Model
from funcgemma.records import Case, FunctionCall
from funcgemma.router import Router

TOLERANCE = 0.01
"""Share of right answers that may be lost, on each measure; less than that is chance."""

SAMPLE = 400
RATES = ("function_accuracy", "no_function_recall", "call_accuracy")
"""Measures of the manifest: each writer was held out in turn."""


@dataclass(frozen=True, slots=True)
class Change:
    """One measure (share of right answers) without and with the corrections."""

    name: str
    before: float
    after: float
    tolerance: float = TOLERANCE

    @property
    def lost(self) -> bool:
        """Whether it lost more than is tolerated."""
        return self.before - self.after > self.tolerance + 1e-9


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two models side by side.

    Attributes:
        changes: The measures; `sample` is the function accuracy on the sample.
        sampled: How many cases the sample has.
        otherwise: How many of them are now decided otherwise.
        unlearned: The corrections that the new model does not answer as corrected.
    """

    changes: tuple[Change, ...]
    sampled: int
    otherwise: int
    unlearned: tuple[Case, ...] = ()

    @property
    def lost(self) -> tuple[Change, ...]:
        """The measures that lost more than is tolerated."""
        return tuple(change for change in self.changes if change.lost)

    @property
    def passed(self) -> bool:
        """Whether the new model may serve."""
        return not self.lost and not self.unlearned


def compare_models(
    old: Model,
    new: Model,
    corpus: Sequence[Case],
    corrections: Sequence[Case],
    registry: FunctionRegistry,
    tolerance: float = TOLERANCE,
) -> Comparison:
    """Compare a model without corrections to one that was trained with them.

    Args:
        old: Without corrections.
        new: With corrections.
        corpus: What both were trained on.
        corrections: What the new one was to learn.
        registry: The functions.
        tolerance: Share of right answers that may be lost, on each measure.
    """
    sample = stratified_sample(corpus, SAMPLE)
    routers = Router(registry, old), Router(registry, new)
    before, after = ([router.route(c.dialogue) for c in sample] for router in routers)
    right = [
        sum(
            score_calls(d.calls, _known(c, registry), registry.schemas).function_right
            for d, c in zip(decisions, sample, strict=True)
        )
        for decisions in (before, after)
    ]
    count = max(1, len(sample))
    sampled = Change("sample", right[0] / count, right[1] / count, tolerance)
    return Comparison(
        (*_rates(old, new, tolerance), sampled),
        len(sample),
        sum(a.calls != b.calls for a, b in zip(before, after, strict=True)),
        tuple(case for case in corrections if not answers(routers[1], case)),
    )


def answers(router: Router, case: Case) -> bool:
    """Whether a router decides about a case as its gold calls say."""
    schemas = {name: d.parameters for name, d in router.definitions.items()}
    return score_calls(router.route(case.dialogue).calls, case.calls, schemas).call_right


def stratified_sample(cases: Sequence[Case], count: int, seed: int = 0) -> list[Case]:
    """About `count` cases, every category by its share and with one case at least."""
    strata: dict[str, list[Case]] = {}
    for case in cases:
        strata.setdefault(case.category, []).append(case)
    draw = random.Random(seed)
    share = min(1.0, count / max(1, len(cases)))
    return [
        case
        for name in sorted(strata)
        for case in draw.sample(strata[name], max(1, round(share * len(strata[name]))))
    ]


def _known(case: Case, registry: FunctionRegistry) -> list[FunctionCall]:
    return [call for call in case.calls if call.name in registry]


def _rates(old: Model, new: Model, tolerance: float) -> list[Change]:
    before, after = (model.manifest.get("metrics", {}) for model in (old, new))
    pairs = [(name, before.get(name), after.get(name)) for name in RATES]
    return [Change(n, a, b, tolerance) for n, a, b in pairs if a is not None and b is not None]
