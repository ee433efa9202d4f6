"""What a suite adds to a report: how well the gate alone does, category by category."""

from collections.abc import Callable, Sequence
from typing import Any

from funcgemma.evaluation.judged import DIGITS, Judged
from funcgemma.evaluation.metrics import by_key
from funcgemma.evaluation.outcomes import outcomes
from funcgemma.evaluation.rates import summary_of

SCORES = ("gate_alone", "gate", "function", "call")
"""The gate by itself; the whole router's yes or no; its functions; its whole calls."""

NeedsFunction = Callable[[str], bool]


def suite_scores(
    name: str, judged: Sequence[Judged], needs_function: NeedsFunction
) -> dict[str, Any]:
    """The scores of a suite: overall, by category, and what became of each case.

    Args:
        name: The suite's name.
        judged: Its cases and what the router decided.
        needs_function: The gate alone, on a text.
    """

    def scores(some: Sequence[Judged]) -> dict[str, float | None]:
        rates = summary_of(outcomes(some))
        alone = [needs_function(j.case.text) == bool(j.case.calls) for j in some]
        return {
            "gate_alone": round(sum(alone) / len(alone), DIGITS) if alone else None,
            "gate": rates["gate_accuracy"],
            "function": rates["function_accuracy"],
            "call": rates["call_accuracy"],
        }

    found = by_key(judged, lambda case: [case.category], scores)
    order = dict.fromkeys(j.case.category for j in judged)
    return {
        "name": name,
        "overall": {"cases": len(judged), **scores(judged)},
        "categories": {category: found[category] for category in order},
        "results": [_result(j, needs_function) for j in judged],
    }


def _result(judged: Judged, needs_function: NeedsFunction) -> dict[str, Any]:
    return {
        "id": judged.case.id,
        "text": judged.case.text,
        "need_function": bool(judged.case.calls),
        "gate_alone": needs_function(judged.case.text),
        "expected": [call.name for call in judged.case.calls],
        "got": [call.name for call in judged.decision.calls],
        "call_right": judged.score.call_right,
        "confidence": round(judged.decision.confidence, 4),
    }
