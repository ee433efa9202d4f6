"""Tables: drawn at a terminal, plain aligned columns in a pipe or file."""

import io
import sys
from collections.abc import Iterable, Sequence

import click

PIPED_WIDTH = 200


def show_table(title: str, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print a table; the first column is text, the others are numbers."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    drawn = sys.stdout.isatty()
    shown = io.StringIO()
    console = Console(
        file=shown, force_terminal=drawn or None, width=None if drawn else PIPED_WIDTH
    )
    table = Table(
        box=box.SIMPLE_HEAD if drawn else None,
        pad_edge=drawn,
        title=Text(title) if drawn else None,
        title_justify="left",
        header_style="bold",
    )
    for number, name in enumerate(header):
        table.add_column(Text(name), justify="right" if number else "left", no_wrap=bool(number))
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    console.print(table)
    lines = [line.rstrip() for line in shown.getvalue().splitlines()]
    echo("\n".join(lines if drawn else [title, *lines, ""]))


def echo(text: str) -> None:
    """Print text; characters that the output does not know become `?`."""
    try:
        click.echo(text)
    except UnicodeEncodeError:
        encoding = sys.stdout.encoding or "ascii"
        click.echo(text.encode(encoding, "replace").decode(encoding))


def percent(rate: float | None) -> str:
    """A rate for people."""
    return "–" if rate is None else f"{100 * rate:.1f} %"


def interval(bounds: Sequence[float] | None, scale: float = 100) -> str:
    """An interval for people."""
    if bounds is None:
        return ""
    low, high = bounds
    return f"{scale * low:.1f} – {scale * high:.1f}" if scale > 1 else f"{low:.3f} – {high:.3f}"
