"""The ledger of experiments: one line a run, added at the end and never changed.

Several programs may add to it at the same time: each writes its whole line in one go, at
whatever is the end of the file then, and waits until it is on the disk. A line that a crash or
a full disk has torn is passed over by readers, and the next writer begins a new one behind it.
"""

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from funcgemma.data.cases import to_line
from funcgemma.errors import DataError, WorldError

FORMAT = 1
FILE = "ledger.jsonl"
ID_DIGITS = 10
OWN = ("format", "id", "time")
"""What `append_record` itself puts into a record."""

Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Ledger:
    """What stands in a ledger.

    Attributes:
        records: Oldest first.
        problems: A sentence for each line that could not be read.
    """

    records: tuple[Record, ...] = ()
    problems: tuple[str, ...] = ()


def append_record(folder: Path, record: Record, *, now: datetime | None = None) -> dict[str, Any]:
    """Add a run to the ledger in a folder, which is made if need be.

    Args:
        folder: Where `ledger.jsonl` stands.
        record: What to remember, plain JSON values: at least `command`.
        now: The time of the run, aware; None = this machine's clock.

    Returns:
        The record as it was written, with `format`, `id` and `time` in front.

    Raises:
        WorldError: The place cannot be written.
    """
    time = (now or datetime.now(UTC)).astimezone(UTC).isoformat(timespec="microseconds")
    own = {key: value for key, value in record.items() if key not in OWN}
    stamped = {"format": FORMAT, "time": time, **own}
    digest = hashlib.sha256(json.dumps(stamped, sort_keys=True).encode()).hexdigest()
    written = {"format": FORMAT, "id": digest[:ID_DIGITS], "time": time, **own}
    path = folder / FILE
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _append(path, (to_line(written) + "\n").encode("utf-8", "surrogateescape"))
    except OSError as error:
        hint = "choose a folder you can write"
        raise WorldError(f"{path}: {error.strerror}", hint) from error
    return written


def _append(path: Path, line: bytes) -> None:
    """One write at the end, on the disk before this returns."""
    file = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o644)
    try:
        rest = memoryview(b"\n" + line if _torn(file) else line)
        while rest:  # a file takes it all at once, unless the disk is full
            rest = rest[os.write(file, rest) :]
        os.fsync(file)
    finally:
        os.close(file)


def _torn(file: int) -> bool:
    """Whether the last line has no end."""
    if os.lseek(file, 0, os.SEEK_END) == 0:
        return False
    os.lseek(file, -1, os.SEEK_END)
    return os.read(file, 1) != b"\n"


def read_ledger(folder: Path) -> Ledger:
    """The ledger in a folder; an empty one where there is none.

    Raises:
        DataError: Its file cannot be read.
    """
    path = folder / FILE
    try:
        lines = path.read_bytes().split(b"\n")
    except FileNotFoundError:
        return Ledger()
    except OSError as error:
        raise DataError(f"{path}: cannot be read: {error.strerror}", "check the path") from error
    records: list[Record] = []
    problems: list[str] = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        record = _record(line)
        if isinstance(record, str):
            problems.append(f"{path}:{number}: {record}")
        else:
            records.append(record)
    return Ledger(tuple(records), tuple(problems))


def _record(line: bytes) -> Record | str:
    """The record on a line, or what is wrong with it."""
    try:
        record = json.loads(line.decode("utf-8", "surrogateescape"))
    except (ValueError, RecursionError):
        return "torn or damaged, passed over"
    if not isinstance(record, dict) or not isinstance(record.get("format"), int):
        return "is no record, passed over"
    if record["format"] > FORMAT:
        return f"has format {record['format']}, this program reads up to {FORMAT}"
    if not all(isinstance(record.get(key), str) for key in ("id", "time", "command")):
        return "lacks id, time or command, passed over"
    return record
