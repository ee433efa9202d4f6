"""The main rates. Each is a sum over cases divided by another sum over cases.

Written that way a rate, its bootstrap interval and its difference between two
reports all come from the same two columns of numbers.
"""

from collections.abc import Callable, Sequence

from funcgemma.evaluation.judged import DIGITS
from funcgemma.evaluation.outcomes import Outcome

Counted = tuple[float, float]
"""(what counts, out of how much) for one case; (0, 0) = the case says nothing about it."""


def _among(applies: bool, holds: bool) -> Counted:
    return (float(holds), 1.0) if applies else (0.0, 0.0)


SUMMARY: dict[str, Callable[[Outcome], Counted]] = {
    "function_accuracy": lambda o: _among(True, o.function_right),
    "call_accuracy": lambda o: _among(True, o.call_right),
    "gate_accuracy": lambda o: _among(True, o.acts == o.asks),
    "no_function_recall": lambda o: _among(not o.asks, not o.acts),
    "request_recall": lambda o: _among(o.asks, o.acts),
    "call_accuracy_on_requests": lambda o: _among(o.asks, o.call_right),
    "argument_accuracy": lambda o: (
        (float(o.arguments_right), float(o.arguments_total)) if o.asks else (0.0, 0.0)
    ),
    "missing_right": lambda o: _among(o.missing_right is not None, bool(o.missing_right)),
}

FALSE_ACTIONS: dict[str, Callable[[Outcome], Counted]] = {
    "overall": lambda o: _among(not o.asks, o.acts),
    "everyday": lambda o: _among(not o.asks and o.everyday, o.acts),
    "rest": lambda o: _among(not o.asks and not o.everyday, o.acts),
}


def brier_part(outcome: Outcome) -> Counted:
    """The squared distance of the confidence from whether the whole decision is right."""
    return ((outcome.confidence - outcome.call_right) ** 2, 1.0)


MAIN: dict[str, Callable[[Outcome], Counted]] = {
    **SUMMARY,
    "false_action_rate": FALSE_ACTIONS["overall"],
    "false_action_rate_everyday": FALSE_ACTIONS["everyday"],
    "false_action_rate_rest": FALSE_ACTIONS["rest"],
    "brier": brier_part,
}
LOWER_IS_BETTER = frozenset(
    {"false_action_rate", "false_action_rate_everyday", "false_action_rate_rest", "brier"}
)


def ratio(parts: Sequence[Counted]) -> float | None:
    """The rate of some cases; None when none of them says anything about it."""
    whole = sum(out_of for _, out_of in parts)
    return round(sum(part for part, _ in parts) / whole, DIGITS) if whole else None


def summary_of(rows: Sequence[Outcome]) -> dict[str, float | None]:
    """The main rates of a set of cases, each 0..1."""
    return {name: ratio([part(row) for row in rows]) for name, part in SUMMARY.items()}


def false_actions(rows: Sequence[Outcome]) -> dict[str, dict[str, float | None]]:
    """Calls where none is wanted: on all cases that ask for nothing, the everyday ones, others."""
    found: dict[str, dict[str, float | None]] = {}
    for name, part in FALSE_ACTIONS.items():
        parts = [part(row) for row in rows]
        found[name] = {
            "rate": ratio(parts),
            "count": int(sum(acted for acted, _ in parts)),
            "cases": int(sum(out_of for _, out_of in parts)),
        }
    return found
