"""How strongly calls are asked for where nothing was: what the bound on false actions rests on."""

from collections.abc import Sequence
from typing import Any

from funcgemma.functions.definition import Risk
from funcgemma.resolver.embedded.bound import SHARES, Bounds
from funcgemma.resolver.embedded.calls import Resolution
from funcgemma.resolver.embedded.features import NONE
from funcgemma.training.examples import Definitions, Example

EVERYDAY = "everyday"
"""Tag of text that people write on an ordinary day without setting traps."""

LEAST_EVERYDAY = 300

RATES = (0.005, 0.01, 0.02, 0.05)
"""Allowed rates of false actions that the manifest speaks about."""


def bounds_of(
    resolutions: Sequence[Resolution], examples: Sequence[Example], definitions: Definitions
) -> Bounds:
    """How strongly calls were asked for on everyday text that asks for nothing.

    Without enough text that is marked as such, all text that asks for nothing counts.
    """
    nothing = [i for i, e in enumerate(examples) if e.label == NONE]
    everyday = [i for i in nothing if EVERYDAY in examples[i].case.tags]
    rows = set(everyday if len(everyday) >= LEAST_EVERYDAY else nothing)
    scores: dict[Risk, list[float]] = {risk: [] for risk in SHARES}
    for i in nothing:
        found = resolutions[i]
        for risk in {definitions[c.name].worst_risk(c.arguments) for c in found.calls}:
            # what cannot be taken back must not happen on hard text either
            if i in rows or risk == "irreversible":
                scores[risk].append(round(found.demand, 6))
    top = {risk: tuple(sorted(s, reverse=True)) for risk, s in scores.items()}
    return Bounds(len(rows), top)


def bounds_summary(bounds: Bounds) -> dict[str, Any]:
    """What holds at some allowed rates, as plain values for the manifest."""
    return {
        "negatives": bounds.negatives,
        "false_calls": {risk: len(scores) for risk, scores in bounds.scores.items()},
        "allowed": {
            str(rate): {risk: round(bounds.holds(risk, rate), 4) for risk in SHARES}
            for rate in RATES
        },
    }
