"""A report as tables for the terminal."""

from collections.abc import Mapping
from typing import Any

from funcgemma.cli.tables import echo, interval, percent, show_table

MOST_ROWS = 40
"""Groups beyond this many stay in the JSON and the page."""


def show_report(report: Mapping[str, Any]) -> None:
    """The main rates, the functions, and the suite's or the categories' table."""
    echo(f"{report['cases']} cases")
    _show_rates(report)
    _show_functions(report)
    if "suite" in report:
        _show_suite(report["suite"])
    else:
        _show_groups("categories", report["categories"])
    _show_groups("tags", report["tags"])


def _show_rates(report: Mapping[str, Any]) -> None:
    bounds = report["intervals"]["rates"]
    rows = [(name, percent(r), interval(bounds[name])) for name, r in report["summary"].items()]
    for kind, found in report["false_actions"].items():
        name = "false_action_rate" + ("" if kind == "overall" else f"_{kind}")
        rows.append((name, percent(found["rate"]), interval(bounds[name])))
    measured = report["calibration"]
    for name in ("brier", "ece", "ece_debiased"):
        value = "–" if measured[name] is None else f"{measured[name]:.4f}"
        rows.append((name, value, interval(bounds.get(name), 1)))
    resampled = f"95 % ({report['intervals']['resampled']})"
    show_table("rates", ("rate", "value", resampled), rows)
    times = ", ".join(f"{name} {_number(ms)} ms" for name, ms in report["latency_ms"].items())
    stages = ", ".join(f"{name} {count}" for name, count in report["stages"].items())
    echo(f"latency: {times}")
    echo(f"decided by: {stages}")
    if report.get("llm_calls"):
        asked = report["llm_calls"] / report["cases"]
        echo(f"LLM calls: {report['llm_calls']} ({percent(asked)}; {percent(1 - asked)} avoided)")
    echo("")


def _show_functions(report: Mapping[str, Any]) -> None:
    rows = [
        (
            name,
            percent(rates["precision"]),
            percent(rates["recall"]),
            percent(rates["f1"]),
            interval(rates["intervals"]["f1"]),
            str(rates["count"]),
        )
        for name, rates in report["functions"].items()
    ]
    header = ("function", "precision", "recall", "f1", "f1 95 %", "calls")
    show_table("functions", header, rows)


def _show_suite(suite: Mapping[str, Any]) -> None:
    def row(name: str, scores: Mapping[str, Any]) -> tuple[str, ...]:
        rates = (scores[k] for k in ("gate_alone", "gate", "function", "call"))
        return (name, str(scores["cases"]), *(percent(rate) for rate in rates))

    rows = [row(name, scores) for name, scores in suite["categories"].items()]
    header = ("category", "cases", "gate alone", "router's gate", "function", "call")
    show_table(f"suite {suite['name']}", header, [*rows, row("overall", suite["overall"])])


def _show_groups(name: str, groups: Mapping[str, Mapping[str, Any]]) -> None:
    if len(groups) < 2:
        return
    shown = sorted(groups.items(), key=lambda item: -item[1]["cases"])[:MOST_ROWS]
    rates = ("function_accuracy", "call_accuracy", "false_action_rate")
    rows = [(key, str(g["cases"]), *(percent(g[rate]) for rate in rates)) for key, g in shown]
    show_table(name, (name, "cases", "function", "call", "false actions"), rows)


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"
