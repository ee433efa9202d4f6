"""Any number of saved reports as the columns of one table.

Accuracy, recall of `no_function`, recall and precision of each function, speed, calls of a
language model: each figure with the interval its own report gives it.
"""

from collections.abc import Callable, Mapping, Sequence
from string import ascii_uppercase
from typing import Any

from funcgemma.errors import DataError
from funcgemma.evaluation.compare import Report, compare_reports, same_cases
from funcgemma.evaluation.judged import NO_FUNCTION

FORMAT = 1
MAIN_RATES = ("function_accuracy", "call_accuracy", "no_function_recall", "request_recall")
BY_FUNCTION = ("recall", "precision")
TIMES = ("p50", "p95")

Figure = dict[str, Any]


def side_by_side(
    reports: Sequence[Report], names: Sequence[str], *, seed: int = 0
) -> dict[str, Any]:
    """Reports beside each other, as plain JSON values.

    Args:
        reports: Saved reports, two or more.
        names: What to call them in messages.
        seed: Fixes the bootstrap of the differences.

    Returns:
        `columns`, `rows`, whether all judged the `same_cases`, and `differences` of every
        further report from the first.

    Raises:
        DataError: A report holds no row for each case, or is damaged.
    """
    first, *others = zip(reports, names, strict=True)
    differences = [
        compare_reports(first[0], report, names=(first[1], name), seed=seed)
        for report, name in others
    ]
    return {
        "format": FORMAT,
        "columns": [_column(report, name) for report, name in (first, *others)],
        "same_cases": same_cases(reports, names),
        "rows": [_row(group, name, pick, reports, names) for group, name, pick in _picks(reports)],
        "differences": differences,
    }


def letter(number: int) -> str:
    """What a column is called: A, B, …; after Z, numbers."""
    return ascii_uppercase[number] if number < len(ascii_uppercase) else str(number + 1)


def _column(report: Report, name: str) -> dict[str, Any]:
    return {
        "name": name,
        "configuration": configuration(report["about"]),
        "about": report["about"],
        "cases": report.get("cases"),
    }


def configuration(about: Mapping[str, Any]) -> str:
    """What was measured, in a few words: `two-stage run_1/checkpoint-200`."""
    resolver = str(about.get("resolver") or "?")
    model = about.get("run") or about.get("language_model")
    return f"{resolver} {model}" if model else resolver


Pick = Callable[[Report], Figure]


def _picks(reports: Sequence[Report]) -> list[tuple[str, str, Pick]]:
    """The rows: group, name, and how to get the figure out of a report."""
    rows: list[tuple[str, str, Pick]] = [("main", name, _rate(name)) for name in MAIN_RATES]
    rows.append(("main", "false_action_rate", _false_actions))
    named = dict.fromkeys(name for report in reports for name in report.get("functions", {}))
    functions = [name for name in named if name != NO_FUNCTION]
    rows += [(kind, name, _function(name, kind)) for kind in BY_FUNCTION for name in functions]
    rows += [("latency", name, _time(name)) for name in TIMES]
    return [*rows, ("llm", "llm_calls", _count), ("llm", "llm_share", _share)]


def _rate(name: str) -> Pick:
    return lambda report: _figure(report["summary"][name], report["intervals"]["rates"][name])


def _false_actions(report: Report) -> Figure:
    bounds = report["intervals"]["rates"]["false_action_rate"]
    return _figure(report["false_actions"]["overall"]["rate"], bounds)


def _function(name: str, kind: str) -> Pick:
    def pick(report: Report) -> Figure:
        rates = report["functions"].get(name)
        return _figure(rates[kind], rates["intervals"][kind]) if rates else _figure(None)

    return pick


def _time(name: str) -> Pick:
    return lambda report: _figure(report["latency_ms"][name])


def _count(report: Report) -> Figure:
    return _figure(report.get("llm_calls"))  # older reports did not count them


def _share(report: Report) -> Figure:
    calls = report.get("llm_calls")
    return _figure(None if calls is None else round(calls / report["cases"], 6))


def _figure(value: float | None, bounds: Sequence[float] | None = None) -> Figure:
    return {"value": value, "interval": None if bounds is None else list(bounds)}


def _row(
    group: str, name: str, pick: Pick, reports: Sequence[Report], names: Sequence[str]
) -> dict[str, Any]:
    figures = []
    for report, place in zip(reports, names, strict=True):
        try:
            figures.append(pick(report))
        except (KeyError, TypeError, AttributeError, ZeroDivisionError) as error:
            raise DataError(f"{place}: is damaged: no {error}", "make the report again") from error
    return {"group": group, "name": name, "figures": figures}
