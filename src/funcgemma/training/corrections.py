"""Corrections: what the user says is right, one case a line in a file of their own.

People read and edit this file, and a program may have died while it wrote to it: a line
that cannot be read is reported and left alone, the others count.
"""

import hashlib
import json
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from funcgemma.data.cases import call_to_json, case_to_json, parse_case
from funcgemma.errors import DataError, WorldError
from funcgemma.functions.definition import FunctionDefinition
from funcgemma.records import Case, Decision, Dialogue, FunctionCall, Mention

CORRECTIONS = "corrections.jsonl"
"""Name of the file in the user's data folder."""

WRITER = "corrections"
CORRECTION = "correction"
"""Tag of every correction."""

Definitions = Mapping[str, FunctionDefinition]


@dataclass(frozen=True, slots=True)
class Corrections:
    """A file of corrections: the newest for each text in its dialogue, and what is wrong."""

    cases: tuple[Case, ...] = ()
    problems: tuple[DataError, ...] = ()


@dataclass(frozen=True, slots=True)
class _Row:
    raw: bytes
    case: Case | None
    problem: DataError | None = None


def read_corrections(path: Path) -> Corrections:
    """Read a file of corrections; without one there are none.

    Raises:
        WorldError: It is there, but cannot be read.
    """
    rows = _read(path)
    newest: dict[str, Case] = {}
    for row in rows:
        if row.case is not None:
            newest.pop(identity(row.case), None)
            newest[identity(row.case)] = row.case
    return Corrections(tuple(newest.values()), tuple(r.problem for r in rows if r.problem))


def add_correction(path: Path, case: Case) -> Case | None:
    """Write a correction down; the older one of the same text and history, which goes.

    Raises:
        WorldError: The disk is full, or the place cannot be written.
    """
    rows = _read(path)
    same = [r for r in rows if r.case is not None and identity(r.case) == identity(case)]
    line = _line(case)
    if same:
        _rewrite(path, [*(row.raw for row in rows if row not in same), line])
        return same[-1].case
    _append(path, line)
    return None


def remove_correction(path: Path, case_id: str) -> Case:
    """Take a correction out of the file; the correction.

    Raises:
        DataError: There is none of that id.
        WorldError: The disk is full, or the place cannot be written.
    """
    rows = _read(path)
    found = [row for row in rows if row.case is not None and row.case.id == case_id]
    if not found or found[0].case is None:
        raise DataError(f"no correction '{case_id}'", "`funcgemma correct --list` shows them")
    _rewrite(path, [row.raw for row in rows if row not in found])
    return found[0].case


def identity(case: Case) -> str:
    """What a correction is about: equal for equal texts in equal dialogues."""
    said = [case.text, *((message.role, message.content) for message in case.history)]
    return f"c-{hashlib.sha256(json.dumps(said).encode()).hexdigest()[:10]}"


def make_correction(
    dialogue: Dialogue,
    calls: Sequence[FunctionCall],
    said: Decision,
    definitions: Definitions,
    mentions: Iterable[Mention] = (),
) -> Case:
    """The case that teaches what would have been right.

    Args:
        dialogue: What was said; earlier user messages carry their calls.
        calls: The right answer.
        said: What the router made of it.
        definitions: The functions.
        mentions: Values found in the utterance, to find out where an argument stands.
    """
    about = Case("", dialogue.text, dialogue.now, dialogue.messages[:-1])
    name = identity(about)
    missing = any(n not in c.arguments for c in calls for n in definitions[c.name].required)
    marks = {"multi": len(calls) > 1, "missing": missing, "followup": bool(about.history)}
    kind = calls[0].name if len(calls) == 1 else "multi" if calls else "other"
    return Case(
        id=name,
        text=about.text,
        now=about.now,
        history=about.history,
        calls=tuple(calls),
        category=kind,
        tags=(CORRECTION, *(tag for tag, holds in marks.items() if holds)),
        language="en" if about.text.isascii() else "ja",
        writer=WRITER,
        group=name,
        spans=find_spans(about.text, calls, tuple(mentions)),
        extra={"router": _provenance(said)},
    )


def _provenance(said: Decision) -> dict[str, Any]:
    return {
        "calls": [call_to_json(call) for call in said.calls],
        "missing": list(said.missing),
        "confidence": round(said.confidence, 4),
        "stage": said.stage,
    }


def find_spans(
    text: str, calls: Sequence[FunctionCall], mentions: Sequence[Mention] = ()
) -> dict[str, tuple[int, int]]:
    """Where the arguments of calls stand in a text, as far as that can be told."""
    spans: dict[str, tuple[int, int]] = {}
    for index, call in enumerate(calls):
        for name, value in call.arguments.items():
            read = [(m.start, m.end) for m in mentions if m.turn == -1 and m.value == value]
            start = text.find(value) if isinstance(value, str) and value else -1
            if start >= 0:
                spans[f"{index}.{name}"] = (start, start + len(value))
            elif read:
                spans[f"{index}.{name}"] = read[0]
    return spans


def fitting(cases: Iterable[Case], definitions: Definitions) -> tuple[Case, ...]:
    """The corrections that can be learned with these functions; others wait for theirs."""
    return tuple(case for case in cases if all(_fits(call, definitions) for call in case.calls))


def _fits(call: FunctionCall, definitions: Definitions) -> bool:
    known = definitions[call.name].properties if call.name in definitions else None
    return known is not None and set(call.arguments) <= set(known)


def _read(path: Path) -> list[_Row]:
    try:
        lines = path.read_bytes().splitlines()
    except FileNotFoundError:
        return []
    except OSError as error:
        raise WorldError(f"{path}: {error.strerror}", "make it readable, or move it") from error
    return [_row(path, n, raw) for n, raw in enumerate(lines, start=1) if raw.strip()]


def _row(path: Path, number: int, raw: bytes) -> _Row:
    try:
        case = parse_case(raw.decode("utf-8"))
        tags = case.tags if CORRECTION in case.tags else (CORRECTION, *case.tags)
        return _Row(raw, replace(case, tags=tags))  # a row may be written by hand
    except UnicodeDecodeError:
        error = DataError("is not UTF-8 text", "mend or remove the line")
    except DataError as wrong:
        error = wrong
    return _Row(raw, None, DataError(f"{path}:{number}: {error.message}", error.hint))


def _line(case: Case) -> bytes:
    data = case_to_json(case)
    try:
        return json.dumps(data, ensure_ascii=False).encode()
    except UnicodeEncodeError:  # half a character, as broken terminals send it
        return json.dumps(data).encode()


def _append(path: Path, line: bytes) -> None:
    """A new line; a torn one before it stays a line of its own."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        with path.open("r+b") as file:
            torn = file.seek(0, os.SEEK_END) > 0 and file.seek(-1, os.SEEK_END) >= 0
            torn = torn and file.read(1) != b"\n"
            file.write(b"\n" * torn + line + b"\n")
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise _unwritable(path, error) from error


def _rewrite(path: Path, lines: Sequence[bytes]) -> None:
    """The whole file, in a single rename."""
    sibling = path.with_name(path.name + ".part")
    try:
        sibling.touch(mode=0o600)
        with sibling.open("wb") as file:
            file.writelines(line + b"\n" for line in lines)
            file.flush()
            os.fsync(file.fileno())
        sibling.replace(path)
    except OSError as error:
        sibling.unlink(missing_ok=True)
        raise _unwritable(path, error) from error


def _unwritable(path: Path, error: OSError) -> WorldError:
    return WorldError(f"{path}: {error.strerror}", "free some space, or set another data folder")
