"""A case beside what was decided about it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from funcgemma.data.scoring import CaseScore, Schemas, score_calls
from funcgemma.records import Case, Decision, FunctionCall

NO_FUNCTION = "no_function"
DIGITS = 6
"""Of a rate: one decimal of a per cent must not be rounded twice."""


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


def asked_llm(decision: Decision) -> bool:
    """Whether a language model was asked about it, whoever had the last word."""
    return "llm" in decision.timings
