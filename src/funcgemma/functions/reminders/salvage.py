"""What can still be read from a damaged reminder file.

A row is looked up by its number, one at a time, so that a bad page costs only
its own rows. Two things make up for more: the log of changes holds every entry
a second time, and the first page of a file is always the same, so that a
destroyed one can be taken from a new file.
"""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from funcgemma.errors import StoreError
from funcgemma.functions.reminders import schema
from funcgemma.functions.reminders.changes import entry_from
from funcgemma.functions.reminders.database import PRAGMAS
from funcgemma.functions.reminders.entries import Entry
from funcgemma.functions.reminders.rows import entry_of

PAGE = 4096
UNREADABLE = (sqlite3.Error, StoreError, UnicodeDecodeError, IndexError)
SHORTEST_ROW = 40
"""Bytes; together with the size of a file it says how many rows there can be."""
MOST_ROWS = 200_000
SIDES = ("-wal", "-shm")
"""What SQLite keeps beside a file that is open."""


@dataclass(frozen=True, slots=True)
class Salvaged:
    """What was read.

    Attributes:
        entries: By number.
        lost: Numbers of entries that may have been there and could not be read.
    """

    entries: dict[int, Entry]
    lost: frozenset[int]


def salvage(path: Path) -> Salvaged:
    """Read what can be read; the file itself is not touched."""
    with TemporaryDirectory(dir=path.parent, prefix=".reminders-") as folder:
        attempts = [_read(copy) for copy in _copies(path, Path(folder))]
    return max(attempts, key=lambda attempt: len(attempt.entries))


def copy_with_sides(path: Path, target: Path) -> None:
    """Copy a database with what lies beside it."""
    shutil.copy2(path, target)
    for side in SIDES:
        with suppress(FileNotFoundError):
            shutil.copy2(f"{path}{side}", f"{target}{side}")


def _copies(path: Path, folder: Path) -> Iterator[Path]:
    """The file as it is, with a new first page, and with that but without the log beside it."""
    for name in ("plain", "page", "alone"):
        copy = folder / f"{name}.db"
        copy_with_sides(path, copy)
        Path(f"{copy}-shm").unlink(missing_ok=True)
        if name != "plain":
            _graft_first_page(copy, folder / "new.db")
        if name == "alone":
            Path(f"{copy}-wal").unlink(missing_ok=True)
        yield copy


def _graft_first_page(copy: Path, new: Path) -> None:
    if not new.exists():
        with closing(sqlite3.connect(new, isolation_level=None)) as connection:
            connection.execute(PRAGMAS[0])
            schema.ensure(connection, new)
    data = bytearray(copy.read_bytes())
    data[:PAGE] = new.read_bytes()[:PAGE]
    # Byte 28 counts the pages; byte 18 says whether a log beside the file is read.
    data[28:32] = (len(data) // PAGE).to_bytes(4, "big")
    data[18:20] = b"\x02\x02"
    copy.write_bytes(data)


def _read(copy: Path) -> Salvaged:
    with closing(sqlite3.connect(copy, isolation_level=None)) as connection:
        connection.row_factory = sqlite3.Row
        with suppress(*UNREADABLE):
            connection.execute("PRAGMA writable_schema = ON")  # else a short file is refused
        size = copy.stat().st_size
        entries, unread = _entries(connection, _most(connection, "entries", size))
        logged = _logged(connection, _most(connection, "changes", size))
    known = {entry.uid for entry in entries.values()}
    for number, entry in logged.items():
        if entry is not None and number not in entries and entry.uid not in known:
            entries[number] = entry
    highest = max((*entries, *logged), default=0)
    lost = {number for number in unread if number <= highest} - entries.keys() - logged.keys()
    return Salvaged(dict(sorted(entries.items())), frozenset(lost))


def _entries(connection: sqlite3.Connection, most: int) -> tuple[dict[int, Entry], set[int]]:
    """(the entries that can be read, the numbers of rows that cannot)."""
    entries: dict[str, Entry] = {}
    unread: set[int] = set()
    for number in range(1, most + 1):
        try:
            row = connection.execute("SELECT * FROM entries WHERE id = ?", (number,)).fetchone()
            if row is not None:
                entry = entry_of(row)
                entries.setdefault(entry.uid, entry)
        except UNREADABLE:
            unread.add(number)
    return {entry.id: entry for entry in entries.values()}, unread


def _logged(connection: sqlite3.Connection, most: int) -> dict[int, Entry | None]:
    """The last state of each entry that the log of changes knows; None = deleted."""
    states: dict[int, Entry | None] = {}
    for number in range(1, most + 1):
        with suppress(*UNREADABLE):
            row = connection.execute("SELECT * FROM changes WHERE seq = ?", (number,)).fetchone()
            if row is None or not isinstance(row["entry"], int):
                continue
            after = entry_from(row["after"])
            if after is None or after.id == row["entry"]:
                states[row["entry"]] = after
    return states


def _most(connection: sqlite3.Connection, table: str, size: int) -> int:
    """The highest number a row can have."""
    highest = 0
    with suppress(*UNREADABLE, TypeError, ValueError):
        query = "SELECT seq FROM sqlite_sequence WHERE name = ?"
        highest = int(connection.execute(query, (table,)).fetchone()[0])
    return min(max(highest, size // SHORTEST_ROW), MOST_ROWS)
