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
from funcgemma.records import Case, Decision


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


def share(judged: Sequence[Judged], holds: Callable[[Judged], bool]) -> float | None:
    """The share of cases for which something holds; None without cases."""
    return sum(holds(j) for j in judged) / len(judged) if judged else None


def summary(judged: Sequence[Judged]) -> dict[str, float | None]:
    """The main rates of a set of judged cases, each 0..1."""
    negatives = [j for j in judged if not j.case.calls]
    requests = [j for j in judged if j.case.calls]
    total = sum(j.score.arguments_total for j in requests)
    rates = {
        "function_accuracy": share(judged, lambda j: j.score.function_right),
        "call_accuracy": share(judged, lambda j: j.score.call_right),
        "gate_accuracy": share(judged, lambda j: bool(j.decision.calls) == bool(j.case.calls)),
        "no_function_recall": share(negatives, lambda j: not j.score.false_action),
        "request_recall": share(requests, lambda j: j.score.request_found),
        "call_accuracy_on_requests": share(requests, lambda j: j.score.call_right),
        "argument_accuracy": sum(j.score.arguments_right for j in requests) / total
        if total
        else None,
        "missing_right": share(
            [j for j in judged if "missing" in j.case.tags],
            lambda j: missing_right(j.case, j.decision),
        ),
    }
    return {name: None if rate is None else round(rate, 4) for name, rate in rates.items()}


def missing_right(case: Case, decision: Decision) -> bool:
    """The right functions, and something is listed as missing."""
    names = [call.name for call in decision.calls]
    return sorted(names) == sorted(c.name for c in case.calls) and bool(decision.missing)


def per_function(
    judged: Sequence[Judged], names: Sequence[str]
) -> dict[str, dict[str, float | None]]:
    """Precision, recall and F1 of each function and of `no_function`, over calls."""
    right, predicted, gold = Counter[str](), Counter[str](), Counter[str]()
    for j in judged:
        p = Counter(c.name for c in j.decision.calls) or Counter({"no_function": 1})
        g = Counter(c.name for c in j.case.calls) or Counter({"no_function": 1})
        right += p & g
        predicted += p
        gold += g
    return {
        name: _rates(right[name], predicted[name], gold[name]) for name in (*names, "no_function")
    }


def _rates(right: int, predicted: int, gold: int) -> dict[str, float | None]:
    precision = right / predicted if predicted else None
    recall = right / gold if gold else None
    both = predicted + gold
    return {
        "precision": None if precision is None else round(precision, 4),
        "recall": None if recall is None else round(recall, 4),
        "f1": round(2 * right / both, 4) if both else None,
        "count": gold,
    }


def by_key(
    judged: Sequence[Judged], keys: Callable[[Case], Sequence[str]]
) -> dict[str, dict[str, Any]]:
    """The summary of every group of cases, with its size."""
    groups: dict[str, list[Judged]] = {}
    for j in judged:
        for key in keys(j.case):
            groups.setdefault(key, []).append(j)
    return {key: {"cases": len(group), **summary(group)} for key, group in sorted(groups.items())}


def brier(judged: Sequence[Judged]) -> float | None:
    """Mean squared distance of confidence from whether the whole decision is right, if any."""
    if not judged:
        return None
    total = sum((j.decision.confidence - j.score.call_right) ** 2 for j in judged)
    return round(total / len(judged), 4)


def report(judged: Sequence[Judged], names: Sequence[str]) -> Mapping[str, Any]:
    """Everything that is counted, as plain JSON values."""
    return {
        "cases": len(judged),
        "summary": summary(judged),
        "brier": brier(judged),
        "functions": per_function(judged, names),
        "writers": by_key(judged, lambda case: [case.writer or "-"]),
        "tags": by_key(judged, lambda case: case.tags),
    }
