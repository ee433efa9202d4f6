"""What `funcgemma generate` says at its end."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from funcgemma.cli.tables import show_table


def show_counts(labels: Sequence[str], counts: Mapping[str, int], path: Path) -> None:
    """How many rows there are for each label, and where."""
    rows = [[label, str(counts.get(label, 0))] for label in labels]
    show_table("Generated", ["", "cases"], rows)
    click.echo(f"{path}: {sum(counts.get(label, 0) for label in labels)} cases")


def show_refused(refused: Mapping[str, int]) -> None:
    """Why other rows were not kept, the most frequent reason first."""
    rows = [
        [reason, str(count)]
        for reason, count in sorted(refused.items(), key=lambda item: (-item[1], item[0]))
    ]
    if rows:
        show_table("Refused", ["", "rows"], rows)
