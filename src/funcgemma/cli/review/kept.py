"""The whole log: show it, remove it."""

from collections.abc import Sequence
from pathlib import Path

import click

from funcgemma.cli.console import print_json, say
from funcgemma.cli.review.marks import MARKS
from funcgemma.cli.review.words import sentence
from funcgemma.cli.tables import echo
from funcgemma.cli.teach.report import spoken_calls
from funcgemma.data.log import LOG, Entry, clear_log, entry_to_json, older
from funcgemma.errors import WorldError


def show_entries(entries: Sequence[Entry], language: str, as_json: bool) -> None:
    """A line an entry."""
    for entry in entries:
        if as_json:
            print_json(entry_to_json(entry))
            continue
        said = entry.decision
        turns = f" (+{len(entry.case.history)})" if entry.case.history else ""
        calls = spoken_calls(said.calls, language)
        when = f"{entry.case.now:%Y-%m-%d %H:%M}"
        echo(f"{when}  {entry.case.text}{turns}  →  {calls}  [{said.stage} {said.confidence:.2f}]")


def remove_log(data: Path, language: str, *, ask: bool) -> int:
    """Remove the log and the notes of what was reviewed; the exit code.

    Args:
        data: The user's data folder.
        language: `ja` or `en`.
        ask: Whether to ask first.

    Raises:
        WorldError: A file cannot be removed.
    """
    log, marks = data / LOG, data / MARKS
    there = [file for file in (older(log), log, marks) if file.exists()]
    if not there:
        say(sentence(language, "empty"))
        return 0
    if ask and not click.confirm(sentence(language, "clear"), default=False, err=True):
        return 0
    clear_log(log)
    try:
        marks.unlink(missing_ok=True)
    except OSError as error:
        raise WorldError(f"{marks}: {error.strerror}", "remove it by hand") from error
    say(sentence(language, "cleared", files=", ".join(file.name for file in there)))
    return 0
