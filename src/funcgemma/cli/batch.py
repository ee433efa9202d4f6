"""Route a whole case file as a stream."""

import contextlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from funcgemma.cli.console import fail, progress, say
from funcgemma.cli.decisions import decision_to_json
from funcgemma.data.cases import read_lines
from funcgemma.errors import DataError, WorldError
from funcgemma.records import Decision
from funcgemma.router import Router

SHOWN = 20
"""Bad lines beyond this many are only counted."""


def route_file(router: Router, source: Path, target: Path | None) -> int:
    """Route every case of a file; 1 if some lines were bad, else 0.

    Raises:
        DataError: The file cannot be read.
        WorldError: The output cannot be written; nothing half-written is left behind.
    """
    if target is not None and target.exists() and target.samefile(source):
        raise DataError(f"{target}: is the input itself", "give another file to --output")
    total = _lines(source)
    bad = 0
    with _output(target) as out, progress(f"Routing {source} ...") as update:
        for number, line in enumerate(read_lines(source), start=1):
            if line.case is not None:
                out.write(_line(line.case.id, router.route(line.case.dialogue)))
            else:
                bad += 1
                if line.error is not None and bad <= SHOWN:
                    fail(line.error)
            update(number / max(total, 1), f"{number} of {total}")
    if bad:
        say(f"{bad} of {total} lines could not be read; the others are routed.")
    return 1 if bad else 0


def _lines(source: Path) -> int:
    try:
        with source.open("rb") as file:
            return sum(1 for line in file if line.strip())
    except OSError:
        return 0  # read_lines says what is wrong


@contextlib.contextmanager
def _output(target: Path | None) -> Iterator[TextIO]:
    """Standard output, or a sibling of the target that takes its place at the end."""
    if target is None:
        yield sys.stdout
        return
    sibling = target.with_name(target.name + ".part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with sibling.open("w", encoding="utf-8") as file:
            yield file
        sibling.replace(target)
    except OSError as error:
        place = f"{target}: {error.strerror}"
        raise WorldError(place, "choose a place you can write") from error
    finally:
        with contextlib.suppress(OSError):
            sibling.unlink(missing_ok=True)


def _line(case_id: str, decision: Decision) -> str:
    data = {"id": case_id, **decision_to_json(decision)}
    try:
        text = json.dumps(data, ensure_ascii=False)
        text.encode("utf-8")
    except UnicodeEncodeError:  # a lone surrogate in the input
        text = json.dumps(data)
    return text + "\n"
