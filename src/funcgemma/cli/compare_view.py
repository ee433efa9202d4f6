"""Reports side by side as tables for the terminal."""

import shutil
import sys
from collections.abc import Mapping, Sequence
from typing import Any

from funcgemma.cli.tables import PIPED_WIDTH, echo, interval, percent, show_table
from funcgemma.evaluation.side_by_side import letter

WORDS = {
    "better": "{b} is better",
    "worse": "{b} is worse",
    "unclear": "not clear",
    "few": "too few differ",
}
NAMES = {
    "p50": "latency p50",
    "p95": "latency p95",
    "llm_calls": "LLM calls",
    "llm_share": "LLM share",
}
LABEL, FIGURE = 30, 26
"""Room for a row's name, and for a figure with its interval."""

Comparison = Mapping[str, Any]


def show_comparison(found: Comparison) -> None:
    """What `side_by_side` found: one table of all figures, then the differences from A."""
    letters = [letter(number) for number in range(len(found["columns"]))]
    for name, column in zip(letters, found["columns"], strict=True):
        echo(f"{name}: {column['name']} ({column['cases']} cases), {column['configuration']}")
    if len(letters) > 2 and not found["same_cases"]:
        echo("not all judged the same cases: some may just have been harder")
    echo("")
    _show_figures(found, letters)
    for pair, name in zip(found["differences"], letters[1:], strict=True):
        _show_differences(pair, name)


def _show_figures(found: Comparison, letters: Sequence[str]) -> None:
    drawn = sys.stdout.isatty()
    width = shutil.get_terminal_size().columns if drawn else PIPED_WIDTH
    bounds = LABEL + FIGURE * len(letters) <= width
    rows = [
        (_label(row), *(_figure(row, figure, bounds) for figure in row["figures"]))
        for row in found["rows"]
        if any(figure["value"] is not None for figure in row["figures"])
    ]
    show_table("side by side", ("", *letters), rows)


def _label(row: Mapping[str, Any]) -> str:
    name = NAMES.get(row["name"], row["name"])
    return f"{row['group']} {name}" if row["group"] in ("recall", "precision") else name


def _figure(row: Mapping[str, Any], figure: Mapping[str, Any], bounds: bool) -> str:
    value = figure["value"]
    if value is None:
        return "–"
    if row["group"] == "latency":
        return f"{value:.2f} ms"
    if row["name"] == "llm_calls":
        return str(value)
    between = interval(figure["interval"]) if bounds else ""
    return f"{percent(value)} ({between})" if between else percent(value)


def _show_differences(pair: Comparison, other: str) -> None:
    if pair["paired"]:
        flips = pair["flips"]
        echo(f"A and {other}, the same cases: differences are paired")
        right = f"A only: {flips['only_a']}, in {other} only: {flips['only_b']}"
        echo(f"whole call right in {right}")
    else:
        echo(f"A and {other}, different cases: differences are not paired")
    if pair["changed"]:
        echo(f"the gold calls of {pair['changed']} cases have changed between the two")
    echo("")
    rows = [_row(name, rate, other) for name, rate in pair["rates"].items()]
    show_table("differences", ("rate", "A", other, f"{other} − A", "95 %", ""), rows)
    _conclude(pair["rates"], other)


def _conclude(rates: Mapping[str, Mapping[str, Any]], other: str) -> None:
    for verdict in ("better", "worse"):
        names = [name for name, rate in rates.items() if rate["verdict"] == verdict]
        echo(f"clearly {verdict} in {other}: {', '.join(names) or 'nothing'}")
    echo("")


def _row(name: str, rate: Mapping[str, Any], other: str) -> Sequence[str]:
    if rate["difference"] is None or rate["interval"] is None:
        return (name, percent(rate["a"]), percent(rate["b"]), "–", "", "")
    low, high = rate["interval"]
    verdict = WORDS[rate["verdict"]].format(b=other)
    if name == "brier":
        values = (f"{rate['a']:.4f}", f"{rate['b']:.4f}", f"{rate['difference']:+.4f}")
        return (name, *values, f"{low:+.3f} … {high:+.3f}", verdict)
    shown = (percent(rate["a"]), percent(rate["b"]), f"{100 * rate['difference']:+.1f}")
    return (name, *shown, f"{100 * low:+.1f} … {100 * high:+.1f}", verdict)
