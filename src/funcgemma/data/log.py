"""The local log: what was said to the router and what it decided, a case a line.

It is kept only by those who ask for it, lies in their data folder, and is bounded: once a
file is full it takes the place of the older one, which goes.
"""

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, get_args

from funcgemma.data.cases import case_to_json, parse_case, to_line
from funcgemma.errors import DataError, WorldError
from funcgemma.records import Case, Decision, Dialogue, Message, Stage

LOG = "log.jsonl"
"""Name of the file in the user's data folder."""

MOST_BYTES = 5_000_000
"""Room for both files together; a few thousand utterances with the turns before them."""

HEARD = 6
"""Earlier messages that are kept with an utterance."""

LONGEST = 2000
"""Characters of the longest utterance that is logged: what is longer was pasted."""

WRITER = "log"
_OWN = {"router", "functions", "source"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One utterance and what was decided about it.

    Attributes:
        case: The utterance in its dialogue; its calls are the router's, and no gold.
        decision: The decision, as far as it is kept.
        functions: Names the functions there were.
        source: Where it was said: `chat` or `route`.
    """

    case: Case
    decision: Decision
    functions: str
    source: str


@dataclass(frozen=True, slots=True)
class Log:
    """The entries, oldest first, and the lines that cannot be read."""

    entries: tuple[Entry, ...] = ()
    problems: tuple[DataError, ...] = ()


def make_entry(dialogue: Dialogue, decision: Decision, functions: str, source: str) -> Entry:
    """The entry of a decision, with the last turns before it.

    Args:
        dialogue: The conversation; known decisions of earlier turns go with it as calls.
        decision: What the router made of its newest utterance.
        functions: Names the functions there are.
        source: Where it was said.
    """
    history = _history(dialogue)
    said = [dialogue.text, dialogue.now.isoformat(), *(m.content for m in history)]
    case = Case(
        id=f"l-{hashlib.sha256(json.dumps(said).encode()).hexdigest()[:12]}",
        text=dialogue.text,
        now=dialogue.now,
        history=history,
        calls=decision.calls,
        language="en" if dialogue.text.isascii() else "ja",
        writer=WRITER,
    )
    return Entry(case, decision, functions, source)


def _history(dialogue: Dialogue) -> tuple[Message, ...]:
    """The last turns, from one of the user's on."""
    known = []
    for index, message in enumerate(dialogue.messages[:-1]):
        decided = dialogue.decisions.get(index)
        if message.calls is None and decided is not None:
            message = replace(message, calls=decided.calls)
        known.append(message)
    kept = known[-HEARD:]
    while kept and kept[0].role != "user":
        kept = kept[1:]
    return tuple(kept)


def append_entry(path: Path, entry: Entry, most_bytes: int = MOST_BYTES) -> bool:
    """Write an entry down; whether it was short enough to be kept.

    Two programs may do so at once: a line is written in one go.

    Raises:
        WorldError: The disk is full, or the place cannot be written.
    """
    line = to_line(entry_to_json(entry)).encode("utf-8", errors="surrogateescape") + b"\n"
    if len(entry.case.text) > LONGEST or len(line) > most_bytes // 2:
        return False
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists() and path.stat().st_size + len(line) > most_bytes // 2:
            path.replace(older(path))
        _append(path, line)
    except OSError as error:
        raise WorldError(
            f"{path}: {error.strerror}", "free some space, or set another data folder"
        ) from error
    return True


def _append(path: Path, line: bytes) -> None:
    """A new line, readable for its owner only; a torn one before it stays a line of its own."""
    flags = os.O_RDWR | os.O_APPEND | os.O_CREAT | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(path, flags, 0o600), "r+b", buffering=0) as file:
        torn = file.seek(0, os.SEEK_END) > 0
        if torn:
            file.seek(-1, os.SEEK_END)
            torn = file.read(1) != b"\n"
        file.write(b"\n" * torn + line)


def older(path: Path) -> Path:
    """The file before the one that is written to."""
    return path.with_name(f"{path.stem}.older{path.suffix}")


def read_log(path: Path) -> Log:
    """Both files of a log; without them there is nothing.

    Raises:
        WorldError: One is there, but cannot be read.
    """
    entries: dict[str, Entry] = {}
    problems: list[DataError] = []
    for file in (older(path), path):
        for number, raw in _lines(file):
            try:
                entry = parse_entry(raw)
                entries[entry.case.id] = entry
            except DataError as error:
                problems.append(DataError(f"{file}:{number}: {error.message}", error.hint))
    return Log(tuple(entries.values()), tuple(problems))


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    try:
        lines = path.read_bytes().split(b"\n")
    except FileNotFoundError:
        return
    except OSError as error:
        raise WorldError(f"{path}: {error.strerror}", "make it readable, or move it") from error
    for number, raw in enumerate(lines, start=1):
        if raw.strip():
            yield number, raw.decode("utf-8", errors="surrogateescape")


def clear_log(path: Path) -> int:
    """Remove both files; how many there were.

    Raises:
        WorldError: One of them cannot be removed.
    """
    found = [file for file in (older(path), path) if file.exists()]
    for file in found:
        try:
            file.unlink()
        except OSError as error:
            raise WorldError(f"{file}: {error.strerror}", "remove it by hand") from error
    return len(found)


def entry_to_json(entry: Entry) -> dict[str, Any]:
    """The entry as the object that stands on its line: a case, and what the router said."""
    said = entry.decision
    router: dict[str, Any] = {
        "missing": list(said.missing),
        "confidence": round(said.confidence, 4),
        "unsure": said.unsure,
        "stage": said.stage,
    }
    if said.problem:
        router["problem"] = said.problem
    kept = {"router": router, "functions": entry.functions, "source": entry.source}
    return case_to_json(entry.case) | kept


def parse_entry(raw: str) -> Entry:
    """Read one line.

    Raises:
        DataError: It is no entry of a log.
    """
    case = parse_case(raw)
    router = case.extra.get("router")
    if not isinstance(router, dict):
        raise _no_entry()
    try:
        stage = next(name for name in get_args(Stage) if name == router["stage"])
        decision = Decision(
            case.calls,
            tuple(map(str, router["missing"])),
            confidence=float(router["confidence"]),
            stage=stage,
            unsure=bool(router["unsure"]),
            problem=router.get("problem"),
        )
        functions, source = str(case.extra["functions"]), str(case.extra["source"])
    except (KeyError, TypeError, ValueError, StopIteration):
        raise _no_entry() from None
    plain = {name: value for name, value in case.extra.items() if name not in _OWN}
    return Entry(replace(case, extra=plain), decision, functions, source)


def _no_entry() -> DataError:
    return DataError("no entry of a log", "mend or remove the line")
