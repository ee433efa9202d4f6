"""The log of changes: only ever added to, read backwards to undo.

Each row holds an entry before and after one change, as JSON; the rows of one
batch were made together and are undone together. Folding the log gives the
entries, so it is also the second copy that `repair` reads.
"""

import json
import sqlite3
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from funcgemma.errors import StoreError
from funcgemma.functions.reminders.entries import Entry
from funcgemma.functions.reminders.rows import entry_of, record_of

Kind = Literal["create", "update", "delete", "undo", "recover"]


@dataclass(frozen=True, slots=True)
class Change:
    """One entry before and after a change; None where there was or is none."""

    before: Entry | None
    after: Entry | None

    @property
    def kind(self) -> Kind:
        """What was done to the entry."""
        if self.before is None:
            return "create"
        return "delete" if self.after is None else "update"

    @property
    def entry(self) -> Entry:
        """The entry, as it is now or was last."""
        entry = self.after or self.before
        assert entry is not None
        return entry


def apply(connection: sqlite3.Connection, change: Change) -> Change:
    """Make the table of entries show a change, which is returned."""
    if change.after is None:
        connection.execute("DELETE FROM entries WHERE id = ?", (change.entry.id,))
        return change
    record = record_of(change.after)
    names = ", ".join(f'"{name}"' for name in record)
    places = ", ".join(f":{name}" for name in record)
    values = ", ".join(f'"{name}" = :{name}' for name in record if name != "id")
    connection.execute(
        f"INSERT INTO entries ({names}) VALUES ({places}) ON CONFLICT (id) DO UPDATE SET {values}",
        record,
    )
    return change


def log(
    connection: sqlite3.Connection,
    changes: tuple[Change, ...],
    now: datetime,
    kind: Kind | None = None,
    undoes: int | None = None,
) -> None:
    """Add a batch; `kind` is that of each change unless given."""
    (batch,) = connection.execute("SELECT coalesce(max(batch), 0) + 1 FROM changes").fetchone()
    for change in changes:
        row = (batch, kind or change.kind, now.isoformat(), change.entry.id)
        connection.execute(
            "INSERT INTO changes (batch, kind, at, entry, before, after, undoes) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            (*row, _json(change.before), _json(change.after), undoes),
        )


def last_batch(connection: sqlite3.Connection) -> tuple[int, tuple[Change, ...]]:
    """The newest batch that is not undone yet; (0, ()) when there is none."""
    (batch,) = connection.execute(
        "SELECT coalesce(max(batch), 0) FROM changes WHERE kind NOT IN ('undo', 'recover') "
        "AND batch NOT IN (SELECT undoes FROM changes WHERE undoes IS NOT NULL)"
    ).fetchone()
    rows = connection.execute(
        "SELECT before, after FROM changes WHERE batch = ? ORDER BY seq", (batch,)
    )
    return batch, tuple(Change(entry_from(r["before"]), entry_from(r["after"])) for r in rows)


def entry_from(text: str | None) -> Entry | None:
    """The entry of a `before` or `after`.

    Raises:
        StoreError: The log is damaged there.
    """
    try:
        return None if text is None else entry_of(json.loads(text))
    except (ValueError, TypeError) as error:
        raise StoreError(f"the log of changes cannot be read: {error}") from error


def _json(entry: Entry | None) -> str | None:
    return None if entry is None else json.dumps(record_of(entry), ensure_ascii=False)
