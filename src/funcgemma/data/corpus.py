"""Read the hand-written corpus (docs/corpus.md) into cases.

`read_corpus(path, schemas)` returns the cases of one file; every mistake in the
file is collected and reported as `file:line: what is wrong`.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from funcgemma.data.calls import CallLine, parse_call_line, resolve_calls
from funcgemma.data.markup import parse_markup
from funcgemma.errors import DataError
from funcgemma.records import Case, Message

HEADER_FIELDS = ("writer", "persona", "register", "language", "now")
TURN = re.compile(r"([UA]): ?(.*)$", re.DOTALL)

Schemas = Mapping[str, Mapping[str, Any]]


@dataclass(slots=True)
class _Turn:
    """One line of a block with the `>` lines below it."""

    line: int
    role: str
    marked: str
    calls: list[CallLine] = field(default_factory=list)


def read_corpus(path: Path, schemas: Schemas) -> tuple[Case, ...]:
    """Read one corpus file.

    Args:
        path: The file.
        schemas: Function name -> its JSON schema of parameters.

    Raises:
        DataError: One line per mistake, each beginning with `file:line:`.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except OSError as error:
        raise DataError(f"{path}: cannot be read: {error.strerror}", "check the path") from error
    except UnicodeDecodeError as error:
        raise DataError(f"{path}: is not UTF-8 text", "give a UTF-8 text file") from error
    problems: list[str] = []
    cases = list(_Reader(path, schemas, problems).read(lines))
    if problems:
        raise DataError("\n".join(problems), "see docs/corpus.md for the format")
    return tuple(cases)


class _Reader:
    """Walks over the lines of one file; mistakes go to `problems`, good blocks come out."""

    def __init__(self, path: Path, schemas: Schemas, problems: list[str]) -> None:
        self.path, self.schemas, self.problems = path, schemas, problems
        self.header: dict[str, str] = {}
        self.now = datetime.min
        self.count = 0

    def problem(self, line: int, error: DataError | str) -> None:
        self.problems.append(f"{self.path}:{line}: {error}")

    def read(self, lines: list[str]) -> Iterator[Case]:
        body = self._read_header(lines)
        if self.problems:
            return
        block: list[tuple[int, str]] = []
        for number, line in enumerate([*lines[body:], ""], start=body + 1):
            if line.startswith("//"):
                continue
            if line.startswith("@now "):
                self._set_now(number, line[5:])
            elif line.strip():
                block.append((number, line.rstrip()))
            elif block:
                yield from self._read_block(block)
                block = []

    def _read_header(self, lines: list[str]) -> int:
        for number, line in enumerate(lines, start=1):
            if line.strip() == "---":
                for name in HEADER_FIELDS:
                    if name not in self.header:
                        self.problem(number, f"the header has no '{name}:'")
                return number
            name, colon, value = line.partition(":")
            if not colon or name not in HEADER_FIELDS:
                self.problem(
                    number, f"'{line}' is no header line; known: {', '.join(HEADER_FIELDS)}"
                )
            elif name == "now":
                self._set_now(number, value.strip())
            self.header[name] = value.strip()
        self.problem(len(lines), "no line '---' ends the header")
        return len(lines)

    def _set_now(self, number: int, text: str) -> None:
        try:
            self.now = datetime.fromisoformat(text.strip())
        except ValueError:
            self.problem(number, f"'{text}' is not an ISO 8601 time")
            return
        if self.now.tzinfo is None:
            self.problem(number, f"'{text}' has no offset; write for example +09:00")

    def _read_block(self, block: list[tuple[int, str]]) -> Iterator[Case]:
        self.count += 1
        try:
            turns = self._read_turns(block)
        except DataError as error:
            self.problem(block[0][0], error)
            return
        history: list[Message] = []
        users = [turn for turn in turns if turn.role == "user"]
        for turn in turns:
            if turn.role == "assistant":
                history.append(Message("assistant", parse_markup(turn.marked)[0]))
                continue
            suffix = f".{users.index(turn) + 1}" if len(users) > 1 else ""
            try:
                case = self._case(
                    turn, f"{self.header['writer']}-{self.count:04d}{suffix}", history
                )
            except DataError as error:
                self.problem(turn.line, error)
                return
            history.append(Message("user", case.text, case.calls))
            yield case

    def _read_turns(self, block: list[tuple[int, str]]) -> list[_Turn]:
        dialogue = block[0][1].startswith(("U:", "A:"))
        turns: list[_Turn] = []
        for number, line in block:
            if line.startswith("> "):
                if not turns or turns[-1].role == "assistant":
                    raise DataError(f"line {number}: a '>' line must follow what the user said")
                turns[-1].calls.append(parse_call_line(line[2:]))
                continue
            match = TURN.match(line) if dialogue else None
            if dialogue and not match:
                raise DataError(f"line {number}: expected 'U: …', 'A: …' or '> …'")
            if not dialogue and turns:
                raise DataError(
                    f"line {number}: a second utterance in one block", "leave a blank line"
                )
            role = "assistant" if match and match[1] == "A" else "user"
            turns.append(_Turn(number, role, match[2] if match else line))
        for turn in turns:
            if turn.role == "user" and not turn.calls:
                raise DataError(f"line {turn.line}: no '>' line says what was asked for")
        return turns

    def _case(self, turn: _Turn, case_id: str, history: list[Message]) -> Case:
        text, spans = parse_markup(turn.marked)
        resolved = resolve_calls(turn.calls, text, spans, self.schemas)
        tags = dict.fromkeys(tag for call in turn.calls for tag in call.tags)
        tags |= dict.fromkeys(
            name
            for name, holds in (
                ("multi", len(resolved.calls) > 1),
                ("missing", bool(resolved.missing)),
                ("followup", bool(history)),
            )
            if holds
        )
        return Case(
            id=case_id,
            text=text,
            now=self.now,
            history=tuple(history),
            calls=resolved.calls,
            category=resolved.category,
            tags=tuple(tags),
            language=self.header["language"],
            writer=self.header["writer"],
            group=self.header["writer"],
            spans=resolved.spans,
        )
