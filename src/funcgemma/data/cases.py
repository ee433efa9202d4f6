"""Case files: one JSON object a line, the format of every evaluation set and split.

Reading is a stream of `Line`s, so that a bad line is reported with its number
and the good ones still go through.
"""

import contextlib
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from funcgemma.errors import DataError, WorldError
from funcgemma.records import Case, FunctionCall, Message

KNOWN = {
    "id", "text", "history", "now", "calls", "category", "tags", "language", "writer", "group",
    "spans",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a case file: a case, or what is wrong with it."""

    number: int
    case: Case | None
    error: DataError | None = None


def read_lines(path: Path) -> Iterator[Line]:
    """Stream a case file; blank lines are skipped.

    Raises:
        DataError: The file itself cannot be read.
    """
    try:
        with path.open(encoding="utf-8", errors="surrogateescape") as file:
            for number, raw in enumerate(file, start=1):
                if not raw.strip():
                    continue
                try:
                    yield Line(number, parse_case(raw))
                except DataError as error:
                    yield Line(
                        number, None, DataError(f"{path}:{number}: {error.message}", error.hint)
                    )
    except OSError as error:
        raise DataError(f"{path}: cannot be read: {error.strerror}", "check the path") from error


def read_cases(path: Path) -> tuple[Case, ...]:
    """Read a whole case file.

    Raises:
        DataError: A line is wrong; the message starts with file:line.
    """
    cases = []
    for line in read_lines(path):
        if line.case is None:
            raise line.error or DataError(f"{path}:{line.number}: unreadable")
        cases.append(line.case)
    return tuple(cases)


def parse_case(raw: str) -> Case:
    """Read one line.

    Raises:
        DataError: It is no JSON object, or a field is missing or of the wrong type.
    """
    try:
        return _case(_object(raw))
    except (TypeError, ValueError, OverflowError, AttributeError) as error:
        raise DataError(f"a field has a wrong value: {error}") from error


def _object(raw: str) -> dict[str, Any]:
    try:
        data = json.loads(raw.removeprefix("\ufeff"))
    except json.JSONDecodeError as error:
        raise DataError(
            f"not JSON: {error.msg} at column {error.colno}", "one object a line"
        ) from error
    except RecursionError:
        raise DataError("not JSON: nested too deeply", "one object a line") from None
    if not isinstance(data, dict):
        raise DataError("not a JSON object", 'write {"id": …, "text": …, "now": …}')
    return data


def _case(data: Mapping[str, Any]) -> Case:
    text = _field(data, "text", str)
    if "id" not in data:
        raise DataError("no field 'id'", "give each line an id of its own")
    return Case(
        id=str(data["id"]),
        text=text,
        now=_now(data),
        history=tuple(_message(turn) for turn in _field(data, "history", list, [])),
        calls=tuple(_call(call) for call in _field(data, "calls", list, [])),
        category=str(data.get("category", "")),
        tags=tuple(str(tag) for tag in _field(data, "tags", list, [])),
        language=str(data.get("language", "ja")),
        writer=str(data.get("writer", "")),
        group=str(data.get("group", "")),
        spans={name: (int(s), int(e)) for name, (s, e) in _field(data, "spans", dict, {}).items()},
        extra={name: value for name, value in data.items() if name not in KNOWN},
    )


def _field(data: Mapping[str, Any], name: str, kind: type, default: Any = None) -> Any:
    value = data.get(name, default)
    if value is None and default is None:
        raise DataError(f"no field '{name}'", f"give it as {kind.__name__}")
    if not isinstance(value, kind):
        raise DataError(f"field '{name}' is {type(value).__name__}, not {kind.__name__}")
    return value


def _now(data: Mapping[str, Any]) -> datetime:
    text = _field(data, "now", str)
    try:
        now = datetime.fromisoformat(text)
    except ValueError:
        raise DataError(
            f"now '{text}' is no ISO 8601 time", "write 2026-05-13T10:20:00+09:00"
        ) from None
    return now if now.tzinfo else now.astimezone()


def _message(turn: Any) -> Message:
    if not isinstance(turn, dict) or turn.get("role") not in ("user", "assistant"):
        raise DataError("a turn of 'history' needs role 'user' or 'assistant'")
    calls = _field(turn, "calls", list, []) if turn.get("calls") is not None else None
    known = None if calls is None else tuple(_call(call) for call in calls)
    return Message(turn["role"], _field(turn, "content", str), known)


def _call(call: Any) -> FunctionCall:
    if not isinstance(call, dict) or not isinstance(call.get("name"), str):
        raise DataError("a call needs a 'name'", '{"name": …, "arguments": {…}}')
    return FunctionCall(call["name"], _field(call, "arguments", dict, {}))


def case_to_json(case: Case) -> dict[str, Any]:
    """The case as the object that stands on its line."""
    data: dict[str, Any] = {
        "id": case.id,
        "text": case.text,
        "history": [_message_to_json(message) for message in case.history],
        "now": case.now.isoformat(),
        "calls": [call_to_json(call) for call in case.calls],
        "category": case.category,
        "tags": list(case.tags),
        "language": case.language,
        "writer": case.writer,
        "group": case.group,
    }
    if case.spans:
        data["spans"] = {name: list(span) for name, span in case.spans.items()}
    return data | dict(case.extra)


def cases_hash(cases: Iterable[Case]) -> str:
    """SHA-256 over cases as they would stand in a file."""
    digest = hashlib.sha256()
    for case in cases:
        digest.update(json.dumps(case_to_json(case), sort_keys=True).encode())
    return digest.hexdigest()


def call_to_json(call: FunctionCall) -> dict[str, Any]:
    """A call as `{"name": …, "arguments": {…}}`."""
    return {"name": call.name, "arguments": dict(call.arguments)}


def _message_to_json(message: Message) -> dict[str, Any]:
    data: dict[str, Any] = {"role": message.role, "content": message.content}
    if message.calls is not None:
        data["calls"] = [call_to_json(call) for call in message.calls]
    return data


def write_cases(path: Path, cases: Iterable[Case]) -> int:
    """Write a case file to a sibling and rename it; how many cases it holds.

    Raises:
        WorldError: The place cannot be written; nothing half-written is left behind.
    """
    sibling = path.with_name(path.name + ".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        count = _write(sibling, cases)
        sibling.replace(path)
    except FileExistsError as error:
        raise WorldError(
            f"{path.parent}: is a file, not a folder", "choose another folder"
        ) from error
    except OSError as error:
        raise WorldError(f"{path}: {error.strerror}", "choose a folder you can write") from error
    finally:
        with contextlib.suppress(OSError):
            sibling.unlink(missing_ok=True)
    return count


def _write(path: Path, cases: Iterable[Case]) -> int:
    count = 0
    with path.open("w", encoding="utf-8", errors="surrogateescape") as file:
        for case in cases:
            file.write(to_line(case_to_json(case)) + "\n")
            count += 1
    return count


def to_line(value: Any, indent: int | None = None) -> str:
    """A value as JSON; escaped where it holds a lone surrogate, which no file can."""
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    try:
        text.encode("utf-8", errors="surrogateescape")
    except UnicodeEncodeError:
        return json.dumps(value, indent=indent)
    return text
