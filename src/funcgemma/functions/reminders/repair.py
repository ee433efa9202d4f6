"""Notice a damaged reminder file, put it aside, and go on with what can be recovered."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from funcgemma.errors import StoreError
from funcgemma.functions.reminders import schema
from funcgemma.functions.reminders.changes import Change, apply, log
from funcgemma.functions.reminders.database import (
    DAMAGED,
    WAIT_S,
    atomic,
    connect,
    primary_code,
    translated,
)
from funcgemma.functions.reminders.rows import entry_of
from funcgemma.functions.reminders.salvage import PAGE, SIDES, Salvaged, copy_with_sides, salvage

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Repair:
    """What was found and done.

    Attributes:
        path: The reminder file.
        reason: What was wrong with it.
        backup: Where the damaged file is now; None when it was empty and stayed in place.
        recovered: How many entries the new file has.
        lost: How many more there may have been.
    """

    path: Path
    reason: str
    backup: Path | None
    recovered: int
    lost: int

    @property
    def warning(self) -> str:
        """The whole story in a few sentences."""
        if self.backup is None:
            return f"The reminder file {self.path} was empty; a new one was begun."
        lost = f" Up to {self.lost} more may be lost." if self.lost else ""
        return (
            f"The reminder file {self.path} was damaged ({self.reason}) and is kept as "
            f"{self.backup}. Recovered into a new file: {self.recovered}; look through them, "
            f"some may be old or missing.{lost} Earlier changes cannot be undone any more."
        )


def repair_if_damaged(path: Path, clock: Clock) -> Repair | None:
    """Check the file; when it is damaged, replace it by what can be recovered.

    Raises:
        StoreError: The file cannot be read, or there is no room to repair it; it is left as it is.
    """
    with translated(path):
        if _is_empty(path):  # perhaps another process is just making it, so it is left in place
            return Repair(path, "it was empty", None, 0, 0)
        if damage(path) is None:
            return None
        with _only_one(path):
            reason = damage(path)  # another process may have repaired it meanwhile
            return None if reason is None else _repair(path, reason, clock)


def damage(path: Path) -> str | None:
    """What is wrong with the file; None when nothing is, or when there is no file yet.

    Raises:
        StoreError: It was made by a newer version or by another program.
    """
    if not path.exists():
        return None
    if 0 < path.stat().st_size < PAGE:  # SQLite would take a stump for a new file
        return "it is cut off"
    try:
        with closing(sqlite3.connect(path, timeout=WAIT_S, isolation_level=None)) as connection:
            connection.row_factory = sqlite3.Row
            return _inspect(connection, path)
    except UnicodeDecodeError as error:  # even SQLite's message can hold bytes of the damage
        return str(error)
    except sqlite3.Error as error:
        undecodable = "decode" in str(error)
        truncated = getattr(error, "sqlite_errorname", "") == "SQLITE_IOERR_SHORT_READ"
        if primary_code(error) in DAMAGED or undecodable or truncated:
            return str(error)
        raise


def _is_empty(path: Path) -> bool:
    return path.exists() and path.stat().st_size == 0 and not Path(f"{path}-wal").exists()


def _inspect(connection: sqlite3.Connection, path: Path) -> str | None:
    version, tables = schema.check_version(connection, path), schema.tables_of(connection)
    if version == 0 and not tables:
        return None  # whoever made it was stopped before anything was kept
    if version == 0 or (version == schema.VERSION and not schema.is_whole(connection)):
        return "its first page does not say what it holds"
    findings = [row[0] for row in connection.execute("PRAGMA integrity_check(1)")]
    if findings != ["ok"]:
        return " ".join(str(findings[0]).split())
    try:
        for row in connection.execute("SELECT * FROM entries"):
            entry_of(row)
    except StoreError as error:
        return error.message
    return None


def _repair(path: Path, reason: str, clock: Clock) -> Repair:
    found = salvage(path)
    new = path.with_name(f"{path.name}.new")
    _remove(new)
    _write(new, found, clock())
    backup = _backup_name(path, clock())
    copy_with_sides(path, backup)
    _sync(backup)
    for side in SIDES:  # SQLite would read the old log into the new file
        Path(f"{path}{side}").unlink(missing_ok=True)
    new.replace(path)
    return Repair(path, reason, backup, len(found.entries), len(found.lost))


def _write(new: Path, found: Salvaged, now: datetime) -> None:
    """A complete file under another name, with nothing left beside it."""
    changes = tuple(Change(None, entry) for entry in found.entries.values())
    with closing(connect(new)) as connection:
        with atomic(connection):
            schema.ensure(connection, new)
            for change in changes:
                apply(connection, change)
            log(connection, changes, now, kind="recover")
        connection.execute("PRAGMA journal_mode = DELETE")
    _sync(new)


def _backup_name(path: Path, now: datetime) -> Path:
    stem = f"{path.stem}.corrupt-{now:%Y%m%d-%H%M%S}"
    names = [stem, *(f"{stem}-{number}" for number in range(2, 1000))]
    free = (path.with_name(f"{name}{path.suffix}") for name in names)
    return next(candidate for candidate in free if not candidate.exists())


@contextmanager
def _only_one(path: Path) -> Iterator[None]:
    """Let one process repair at a time; a lock of SQLite ends with its process."""
    guard = path.with_name(f"{path.name}.repair")
    try:
        with closing(sqlite3.connect(guard, timeout=WAIT_S, isolation_level=None)) as connection:
            connection.execute("PRAGMA journal_mode = MEMORY")
            connection.execute("BEGIN EXCLUSIVE")
            yield
    finally:
        with suppress(OSError):
            guard.unlink(missing_ok=True)


def _remove(path: Path) -> None:
    for name in (path, *(Path(f"{path}{side}") for side in SIDES)):
        name.unlink(missing_ok=True)


def _sync(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())
