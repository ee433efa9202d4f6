"""Findings for people: one line each, what to do below it."""

from collections.abc import Sequence
from itertools import groupby

from funcgemma.cli.doctor.findings import Finding, State, exit_code
from funcgemma.cli.tables import echo

MARKS: dict[State, str] = {
    "ok": "✓",
    "optional": "–",
    "warning": "!",
    "failed": "✗",
    "broken": "✗",
}
SUMMARY = {
    0: "FuncGemma works.",
    1: "FuncGemma works, but not all that the settings ask for (✗).",
    3: "FuncGemma cannot work like this (✗).",
}


def show_findings(findings: Sequence[Finding]) -> None:
    """Print all findings, by area, and the outcome."""
    width = max(len(finding.what) for finding in findings if len(finding.what) <= 20)
    for area, group in groupby(findings, key=lambda finding: finding.area):
        echo(area)
        for finding in group:
            echo(f"  {MARKS[finding.state]} {finding.what:<{width}}  {finding.text}")
            if finding.todo and finding.state != "ok":
                echo(f"      → {finding.todo}")
        echo("")
    optional = any(finding.state == "optional" for finding in findings)
    more = " What is marked – is optional." if optional else ""
    echo(SUMMARY[exit_code(findings)] + more)
