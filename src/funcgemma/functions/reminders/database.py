"""The reminder file as a SQLite connection that threads and processes can share.

Every commit is on the disk before it returns (write-ahead log, full sync), so
nothing that was acknowledged is lost when the program or the machine dies.
"""

import errno
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from funcgemma.errors import StoreError
from funcgemma.functions.reminders import schema

WAIT_S = 10.0
"""How long to wait for another process that writes."""
PAUSE_S = 0.01
PRAGMAS = (
    "PRAGMA page_size = 4096",
    "PRAGMA synchronous = FULL",
    "PRAGMA fullfsync = ON",
    "PRAGMA checkpoint_fullfsync = ON",
    "PRAGMA cell_size_check = ON",
)
NO_FILE = (0, 0)
DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_HINTS = {
    sqlite3.SQLITE_CANTOPEN: "check that the folder exists and may be written",
    sqlite3.SQLITE_READONLY: "the file or its folder is read-only; allow writing or name another",
    sqlite3.SQLITE_PERM: "the file or its folder is read-only; allow writing or name another",
    sqlite3.SQLITE_FULL: "the disk is full; make room and try again",
    sqlite3.SQLITE_IOERR: "the disk may be full or failing; nothing was changed",
    sqlite3.SQLITE_BUSY: "another program keeps the file busy; close it and try again",
    sqlite3.SQLITE_CORRUPT: "the file is damaged; start again, opening it repairs what it can",
    sqlite3.SQLITE_NOTADB: "the file is damaged; start again, opening it repairs what it can",
}


class Database:
    """One open file; operations of several threads take turns.

    Args:
        path: The file, made when it is missing; its folder must exist.

    Raises:
        StoreError: The file cannot be opened or is not one this program can use.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.RLock()
        self._connection: sqlite3.Connection | None = None
        self._file = NO_FILE
        with translated(path):
            self._open()

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All or nothing: what is done inside is on the disk when the block ends.

        Raises:
            StoreError: The file cannot be written; nothing was changed.
        """
        with self._lock, translated(self.path):
            connection = self._current()
            with atomic(connection):
                yield connection

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A block that only reads.

        Raises:
            StoreError: The file cannot be read.
        """
        with self._lock, translated(self.path):
            yield self._current()

    def close(self) -> None:
        """Close the file; closing twice does no harm."""
        with self._lock, translated(self.path):
            if self._connection is not None:
                self._connection.close()
                self._connection = None

    def _open(self) -> sqlite3.Connection:
        before = _identity(self.path)
        connection = connect(self.path)
        try:
            with atomic(connection):
                schema.ensure(connection, self.path)
            # Noted from before the opening, so that a file put in place meanwhile is noticed.
            self._file = _identity(self.path) if before == NO_FILE else before
        except BaseException:
            connection.close()
            raise
        self._connection = connection
        return connection

    def _current(self) -> sqlite3.Connection:
        """The connection; a new one when another process has put a repaired file in place."""
        if self._connection is None:
            raise StoreError(f"the reminder store {self.path} is closed")
        if _identity(self.path) != self._file:
            self._connection.close()
            self._connection = None
            return self._open()
        return self._connection


def connect(path: Path) -> sqlite3.Connection:
    """A connection with the settings that every use of the file shares."""
    connection = sqlite3.connect(
        path, timeout=WAIT_S, isolation_level=None, check_same_thread=False
    )
    try:
        connection.row_factory = sqlite3.Row
        for pragma in PRAGMAS:
            connection.execute(pragma)
        _use_log(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _use_log(connection: sqlite3.Connection) -> None:
    """Switch to the write-ahead log; SQLite itself does not wait when two processes do so."""
    deadline = time.monotonic() + WAIT_S
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if primary_code(error) != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
        time.sleep(PAUSE_S)


@contextmanager
def atomic(connection: sqlite3.Connection) -> Iterator[None]:
    """A write transaction, rolled back when anything goes wrong."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Errors of SQLite and of the file system as a StoreError that says what to do."""
    try:
        yield
    except sqlite3.Error as error:
        hint = _HINTS.get(primary_code(error), "")
        raise StoreError(f"the reminder store {path} cannot be used: {error}", hint) from error
    except UnicodeDecodeError as error:  # SQLite's message holds bytes of a damaged file
        hint = _HINTS[sqlite3.SQLITE_CORRUPT]
        raise StoreError(f"the reminder store {path} cannot be read: {error}", hint) from error
    except OSError as error:
        full = error.errno == errno.ENOSPC
        hint = _HINTS[sqlite3.SQLITE_FULL if full else sqlite3.SQLITE_CANTOPEN]
        raise StoreError(f"the reminder store {path} cannot be used: {error}", hint) from error


def primary_code(error: sqlite3.Error) -> int:
    """SQLite's error code without its details; 0 when it gave none."""
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF


def _identity(path: Path) -> tuple[int, int]:
    try:
        status = path.stat()
    except FileNotFoundError:
        return NO_FILE
    return (status.st_dev, status.st_ino)
