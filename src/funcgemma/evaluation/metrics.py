"""What is counted: pure functions from judged cases to numbers.

The definitions are those of the case format: function accuracy compares
multisets of names, call accuracy names and every argument, a false action is
any call where the gold has none.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from funcgemma.evaluation.judged import DIGITS, NO_FUNCTION, Judged, judge, names_of
from funcgemma.evaluation.outcomes import outcomes
from funcgemma.evaluation.rates import summary_of
from funcgemma.records import Case

__all__ = ["Judged", "by_key", "judge", "per_function", "summary"]


def summary(judged: Sequence[Judged]) -> dict[str, float | None]:
    """The main rates of a set of judged cases, each 0..1."""
    return summary_of(outcomes(judged))


def per_function(
    judged: Sequence[Judged], names: Sequence[str]
) -> dict[str, dict[str, float | None]]:
    """Precision, recall and F1 of each function and of `no_function`, over calls.

    `count` is the support: how many gold calls there are.
    """
    right, predicted, gold = Counter[str](), Counter[str](), Counter[str]()
    for j in judged:
        p, g = names_of(j.decision.calls), names_of(j.case.calls)
        right += p & g
        predicted += p
        gold += g
    return {
        name: _rates(right[name], predicted[name], gold[name]) for name in (*names, NO_FUNCTION)
    }


def _rates(right: int, predicted: int, gold: int) -> dict[str, float | None]:
    both = predicted + gold
    return {
        "precision": round(right / predicted, DIGITS) if predicted else None,
        "recall": round(right / gold, DIGITS) if gold else None,
        "f1": round(2 * right / both, DIGITS) if both else None,
        "count": gold,
    }


def by_key(
    judged: Sequence[Judged],
    keys: Callable[[Case], Sequence[str]],
    measure: Callable[[Sequence[Judged]], Mapping[str, Any]],
) -> dict[str, dict[str, Any]]:
    """A measure of every group of cases, with its size; a case may be in several groups."""
    groups: dict[str, list[Judged]] = {}
    for j in judged:
        for key in keys(j.case):
            groups.setdefault(key, []).append(j)
    return {key: {"cases": len(group), **measure(group)} for key, group in sorted(groups.items())}
