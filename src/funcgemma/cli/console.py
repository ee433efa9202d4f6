"""Printing: results to standard output, everything about the work itself to standard error."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click

from funcgemma.errors import FuncGemmaError


def fail(error: FuncGemmaError) -> None:
    """Say what is wrong and what to do next."""
    click.echo(f"funcgemma: {error.message}", err=True)
    if error.hint:
        click.echo(f"  → {error.hint}", err=True)


def say(text: str) -> None:
    """A remark about the work, to standard error."""
    click.echo(text, err=True)


def print_json(value: Any) -> None:
    """One JSON value on one line; characters that cannot be written are escaped."""
    text = json.dumps(value, ensure_ascii=False)
    try:
        click.echo(text)
    except UnicodeEncodeError:
        click.echo(json.dumps(value))


@contextmanager
def progress(title: str) -> Iterator[Any]:
    """A progress bar on standard error; yields `update(share, text)`; one line if no terminal."""
    if not sys.stderr.isatty():
        say(title)
        yield lambda share, text: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.fields[step]}"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(title, total=1.0, step="")
        yield lambda share, text: bar.update(task, completed=share, step=text)
