"""What came of a lesson, in tables."""

from collections.abc import Mapping
from typing import Any

import click

from funcgemma.cli.tables import percent, show_table
from funcgemma.training.regression import RATES
from funcgemma.training.teacher import MEANINGS
from funcgemma.training.trust import NEVER

KINDS = {"calls": "calls something", "none": "calls nothing"}


def show_labels(report: Mapping[str, Any]) -> None:
    """How often the teacher is right, from where on it is believed, what was kept."""
    gold = report["gold"]
    rows = [
        [words, str(gold[key]["cases"]), *_shares(gold[key])]
        for key, words in (("all", "all answers"), ("kept", "those it is believed"))
        if gold[key]["cases"]
    ]
    if rows:
        show_table("The teacher where people have labelled", ["", "cases", *SHARES], rows)
    else:
        click.echo("No case with a known answer: how good the teacher is was not measured.\n")
    show_table(
        "How sure it must be",
        ["", "threshold", "asked", "kept", "right"],
        [[words, *_threshold(report["thresholds"][kind])] for kind, words in KINDS.items()],
    )
    skipped = report["texts"]["skipped"]
    rows = [[f"not asked: {reason}", str(n), ""] for reason, n in sorted(skipped.items())]
    rows.append(["asked", str(report["train"]["asked"]), str(report["held"]["asked"])])
    for reason, meaning in MEANINGS.items():
        counts = [report[part]["refused"].get(reason, 0) for part in ("train", "held")]
        if any(counts):
            rows.append([f"refused: {reason} ({meaning})", *map(str, counts)])
    rows.append(["kept", str(report["train"]["kept"]), str(report["held"]["kept"])])
    show_table("Its answers", ["", "to learn", "held out"], rows)
    labels = report["train"]["labels"]
    if labels:
        show_table("Kept, to learn", ["", "cases"], [[name, str(n)] for name, n in labels.items()])


SHARES = ("same functions", "same calls")


def show_lesson(report: Mapping[str, Any]) -> None:
    """Teacher and student on text that was held out, and the student on people's text."""
    held = report["student"]
    rows = [
        [words, str(held[key]["cases"]), *_shares(held[key])]
        for key, words in (("before", "before"), ("after", "after"))
        if held.get(key)
    ]
    if rows:
        show_table("Student and teacher on text held out", ["", "cases", *SHARES], rows)
    metrics = [report["metrics"][key] or {} for key in ("before", "after")]
    rows = [[name, *(percent(m.get(name)) for m in metrics)] for name in RATES]
    show_table("On text of other writers", ["", "before", "after"], rows)
    if report["measured"]:
        click.echo(
            f"{report['measured']} labels count as text here, for want of people's: before and "
            "after are not measured on the same cases.\n"
        )


def _shares(found: Mapping[str, Any]) -> list[str]:
    return [percent(found["functions"]), percent(found["calls"])]


def _threshold(found: Mapping[str, Any]) -> list[str]:
    value = "none will do" if found["value"] == NEVER else f"{found['value']:.3f}"
    return [value, *(str(found[name]) for name in ("asked", "kept", "right"))]
