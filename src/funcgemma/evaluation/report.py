"""The report: everything that is counted, as one plain JSON value.

`render` shows it, `compare` sets two side by side, `files` saves and reads it.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from funcgemma.evaluation.confusion import confusion
from funcgemma.evaluation.intervals import RESAMPLES, intervals
from funcgemma.evaluation.judged import NO_FUNCTION, Judged, asked_llm, names_of
from funcgemma.evaluation.latency import latency
from funcgemma.evaluation.metrics import by_key, per_function
from funcgemma.evaluation.mistakes import surest_mistakes
from funcgemma.evaluation.outcomes import Outcome, outcomes, resampling_groups, to_table
from funcgemma.evaluation.rates import MAIN, Counted, false_actions, ratio, summary_of
from funcgemma.records import Case
from funcgemma.statistics.calibration import calibration
from funcgemma.statistics.proportions import LEVEL

FORMAT = 1
"""Raised whenever an older program could not read a new report."""

FUNCTION_RATES = ("precision", "recall", "f1")
GROUPS: dict[str, Callable[[Case], Sequence[str]]] = {
    "tags": lambda case: case.tags,
    "writers": lambda case: [case.writer or "-"],
    "categories": lambda case: [case.category or "-"],
    "languages": lambda case: [case.language or "-"],
}


def build_report(
    judged: Sequence[Judged],
    names: Sequence[str],
    *,
    about: Mapping[str, Any] | None = None,
    mistakes: int = 0,
    table: bool = True,
    seed: int = 0,
) -> dict[str, Any]:
    """Everything that is counted, as plain JSON values.

    Args:
        judged: The cases and what was decided.
        names: The functions that may be called.
        about: What was measured, in the caller's words.
        mistakes: How many of the surest mistakes to keep, with their text.
        table: Whether to keep a row for each case, which comparing reports needs.
        seed: Fixes the bootstrap.
    """
    resampled, groups = resampling_groups([j.case for j in judged])
    rows = outcomes(judged, groups)
    found = _intervals(judged, rows, names, seed)
    calibrated = calibration([row.confidence for row in rows], [row.call_right for row in rows])
    report = {
        "format": FORMAT,
        "about": dict(about or {}),
        "cases": len(judged),
        "summary": summary_of(rows),
        "false_actions": false_actions(rows),
        "brier": calibrated["brier"],
        "intervals": {
            "level": LEVEL,
            "resamples": RESAMPLES,
            "resampled": resampled,
            "groups": len(set(groups)),
            "rates": {name: found[name] for name in MAIN},
        },
        "functions": _functions(judged, names, found),
        "confusion": confusion(judged, names),
        "calibration": calibrated,
        "latency_ms": latency([j.decision.latency_ms for j in judged]),
        "stages": dict(sorted(Counter(j.decision.stage for j in judged).items())),
        "llm_calls": sum(asked_llm(j.decision) for j in judged),
        "problems": sum(j.decision.problem is not None for j in judged),
        **{name: by_key(judged, keys, _of_group) for name, keys in GROUPS.items()},
        "mistakes": surest_mistakes(judged, mistakes),
    }
    return report | ({"table": to_table(rows)} if table else {})


def _of_group(judged: Sequence[Judged]) -> dict[str, float | None]:
    rows = outcomes(judged)
    wrong = ratio([MAIN["false_action_rate"](row) for row in rows])
    return {**summary_of(rows), "false_action_rate": wrong}


def _functions(
    judged: Sequence[Judged],
    names: Sequence[str],
    found: Mapping[str, tuple[float, float] | None],
) -> dict[str, dict[str, Any]]:
    return {
        name: {**rates, "intervals": {rate: found[f"{name}.{rate}"] for rate in FUNCTION_RATES}}
        for name, rates in per_function(judged, names).items()
    }


def _intervals(
    judged: Sequence[Judged], rows: Sequence[Outcome], names: Sequence[str], seed: int
) -> dict[str, tuple[float, float] | None]:
    """Intervals of the main rates and, as `function.rate`, of each function's."""
    counted: dict[str, Sequence[Counted]] = {
        name: [part(row) for row in rows] for name, part in MAIN.items()
    }
    pairs = [(names_of(j.decision.calls), names_of(j.case.calls)) for j in judged]
    for name in (*names, NO_FUNCTION):
        each = [(min(p[name], g[name]), p[name], g[name]) for p, g in pairs]
        counted[f"{name}.precision"] = [(right, p) for right, p, _ in each]
        counted[f"{name}.recall"] = [(right, g) for right, _, g in each]
        counted[f"{name}.f1"] = [(right, (p + g) / 2) for right, p, g in each]
    return intervals(counted, [row.group for row in rows], seed=seed)
