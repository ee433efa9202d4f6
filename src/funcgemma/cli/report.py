"""`funcgemma report`: work with saved reports."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from funcgemma.cli.console import print_json, say
from funcgemma.cli.settings import load_settings
from funcgemma.cli.tables import echo, percent, show_table
from funcgemma.evaluation.compare import compare_reports
from funcgemma.evaluation.files import read_report, save_text

WORDS = {
    "better": "B is better",
    "worse": "B is worse",
    "unclear": "not clear",
    "few": "too few differ",
}


@click.group("report")
def command() -> None:
    """Work with reports saved by `funcgemma evaluate --output FILE`."""


@command.command("compare")
@click.argument("a", type=click.Path(path_type=Path))
@click.argument("b", type=click.Path(path_type=Path))
@click.option("--html", type=click.Path(path_type=Path), help="Write the comparison as a page.")
@click.option("--json", "as_json", is_flag=True, help="The comparison as one JSON object.")
def compare(a: Path, b: Path, html: Path | None, as_json: bool) -> None:
    """Set two saved reports A and B side by side.

    Differences are B − A, with 95 % intervals: paired, case by case, when both judged the
    same cases. Only those whose interval leaves out zero are called better or worse, and only
    where six or more cases (or writers) differ.
    """
    found = compare_reports(read_report(a), read_report(b), names=_names(a, b))
    if html is not None:
        from funcgemma.evaluation.render.comparison import render_comparison

        save_text(html, render_comparison(found, load_settings().spoken))
        say(f"Wrote the page {html}")
    if as_json:
        print_json(found)
    else:
        _show(found)


def _names(a: Path, b: Path) -> tuple[str, str]:
    """File names where they differ, else whole paths."""
    return (str(a), str(b)) if a.name == b.name else (a.name, b.name)


def _show(found: Mapping[str, Any]) -> None:
    for side in ("a", "b"):
        echo(f"{side.upper()}: {found[side]['name']} ({found[side]['cases']} cases)")
    if found["paired"]:
        flips = found["flips"]
        echo("the same cases: differences are paired")
        echo(f"whole call right in A only: {flips['only_a']}, in B only: {flips['only_b']}")
    else:
        echo("different cases: differences are not paired")
    if found["changed"]:
        echo(f"the gold calls of {found['changed']} cases have changed between the two")
    echo("")
    rows = [_row(name, rate) for name, rate in found["rates"].items()]
    show_table("differences", ("rate", "A", "B", "B − A", "95 %", ""), rows)
    _conclude(found["rates"])


def _conclude(rates: Mapping[str, Mapping[str, Any]]) -> None:
    for verdict, words in (("better", "clearly better in B"), ("worse", "clearly worse in B")):
        names = [name for name, rate in rates.items() if rate["verdict"] == verdict]
        echo(f"{words}: {', '.join(names) or 'nothing'}")


def _row(name: str, rate: Mapping[str, Any]) -> tuple[str, ...]:
    if rate["difference"] is None or rate["interval"] is None:
        return (name, percent(rate["a"]), percent(rate["b"]), "–", "", "")
    low, high = rate["interval"]
    verdict = WORDS[rate["verdict"]]
    if name == "brier":
        values = (f"{rate['a']:.4f}", f"{rate['b']:.4f}", f"{rate['difference']:+.4f}")
        return (name, *values, f"{low:+.3f} … {high:+.3f}", verdict)
    shown = (percent(rate["a"]), percent(rate["b"]), f"{100 * rate['difference']:+.1f}")
    return (name, *shown, f"{100 * low:+.1f} … {100 * high:+.1f}", verdict)
