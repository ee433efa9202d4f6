"""What is counted: pure functions from cases and decisions to numbers.

The definitions are those of the case format: function accuracy compares
multisets of names, call accuracy names and every argument, a false action is
any call where the gold has none.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from funcgemma.data.scoring import CaseScore, Schemas, score_calls
from funcgemma.records import Case, Decision, FunctionCall

NO_FUNCTION = "no_function"


@dataclass(frozen=True, slots=True)
class Judged:
    """A case, what was decided, and how that compares."""

    case: Case
    decision: Decision
    score: CaseScore


def judge(cases: Sequence[Case], decisions: Sequence[Decision], schemas: Schemas) -> list[Judged]:
    """Compare each decision with its gold."""
    return [
        Judged(case, decision, score_calls(decision.calls, case.calls, schemas))
        for case, decision in zip(cases, decisions, strict=True)
    ]


def missing_right(case: Case, decision: Decision) -> bool:
    """The right functions, and something is listed as missing."""
    names = [call.name for call in decision.calls]
    return sorted(names) == sorted(c.name for c in case.calls) and bool(decision.missing)


def names_of(calls: Sequence[FunctionCall]) -> Counter[str]:
    """The names that are called, as a multiset; `no_function` when there is no call."""
    return Counter(call.name for call in calls) or Counter({NO_FUNCTION: 1})


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
        "precision": round(right / predicted, 4) if predicted else None,
        "recall": round(right / gold, 4) if gold else None,
        "f1": round(2 * right / both, 4) if both else None,
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
