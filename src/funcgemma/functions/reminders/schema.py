"""The tables of the reminder file, and which versions of it this program can use.

`PRAGMA user_version` is the number of the schema. A new version appends its
statements to `MIGRATIONS`; what is there is never edited, because `repair`
rebuilds the first page of a damaged file from it.
"""

import sqlite3
from contextlib import closing
from pathlib import Path

from funcgemma.errors import StoreError

MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        """CREATE TABLE entries (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            uid TEXT NOT NULL UNIQUE,
            description TEXT NOT NULL,
            "start" TEXT,
            "end" TEXT,
            recurrence TEXT,
            zone TEXT NOT NULL,
            excluded TEXT NOT NULL,
            created TEXT NOT NULL,
            updated TEXT NOT NULL,
            announced TEXT NOT NULL
        )""",
        """CREATE TABLE changes (
            seq INTEGER PRIMARY KEY AUTOINCREMENT,
            batch INTEGER NOT NULL,
            kind TEXT NOT NULL,
            at TEXT NOT NULL,
            entry INTEGER NOT NULL,
            before TEXT,
            after TEXT,
            undoes INTEGER
        )""",
    ),
)
VERSION = len(MIGRATIONS)
TABLES = {"entries", "changes"}
_DESCRIPTION = "SELECT name, sql FROM sqlite_schema"


def version_of(connection: sqlite3.Connection) -> int:
    """The schema number of a file; 0 for a new one."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def tables_of(connection: sqlite3.Connection) -> set[str]:
    """The names of what a file holds."""
    return {row[0] for row in connection.execute("SELECT name FROM sqlite_schema")}


def is_whole(connection: sqlite3.Connection) -> bool:
    """Whether a file of the newest schema has the tables and columns that belong to it."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as fresh:
        ensure(fresh, Path(":memory:"))
        wanted = set(fresh.execute(_DESCRIPTION))
    return wanted <= {tuple(row) for row in connection.execute(_DESCRIPTION)}


def check_version(connection: sqlite3.Connection, path: Path) -> int:
    """The schema number, if this program can use the file.

    Raises:
        StoreError: The file was made by a newer version, or is another program's database.
    """
    version = version_of(connection)
    if version > VERSION:
        raise StoreError(
            f"{path} was written by a newer FuncGemma (schema {version}, this one knows {VERSION})",
            "update FuncGemma, or name another file for the reminders",
        )
    tables = tables_of(connection)
    if version == 0 and tables and not tables & TABLES:
        raise StoreError(
            f"{path} is a database of another program", "name another file for the reminders"
        )
    return version


def ensure(connection: sqlite3.Connection, path: Path) -> None:
    """Bring the file to the newest schema, inside the caller's transaction."""
    version = check_version(connection, path)
    if version == VERSION:
        return
    for statements in MIGRATIONS[version:]:
        for statement in statements:
            connection.execute(statement)
    connection.execute(f"PRAGMA user_version = {VERSION}")
