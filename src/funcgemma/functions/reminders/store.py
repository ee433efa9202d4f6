"""The reminder store: entries in one file, with undo and announcements."""

from collections.abc import Callable, Sequence
from dataclasses import fields, replace
from datetime import UTC, datetime
from pathlib import Path
from sqlite3 import Connection
from types import TracebackType
from typing import Self
from uuid import uuid4

from funcgemma.errors import StoreError
from funcgemma.functions.reminders.announce import Announcement, last_moment, pending
from funcgemma.functions.reminders.changes import Change, apply, last_batch, log
from funcgemma.functions.reminders.database import Database, translated
from funcgemma.functions.reminders.entries import Draft, Entry, Occurrence, When
from funcgemma.functions.reminders.expand import expand
from funcgemma.functions.reminders.recurrence import checked
from funcgemma.functions.reminders.repair import Repair, repair_if_damaged
from funcgemma.functions.reminders.rows import entry_of
from funcgemma.functions.reminders.when import Window
from funcgemma.functions.reminders.zones import zone_name


class ReminderStore:
    """Entries in a SQLite file, for several threads and several processes.

    What a method has returned is on the disk. A damaged file is put aside and what
    can be recovered goes into a new one: `warning` then says so.

    Args:
        path: The file; it and its folder are made when they are missing.
        clock: Names the copy of a damaged file; all other times are arguments.

    Raises:
        StoreError: The file cannot be opened or written, or a newer version made it.
    """

    def __init__(
        self, path: Path, *, clock: Callable[[], datetime] = lambda: datetime.now().astimezone()
    ) -> None:
        self.path = path
        with translated(path):
            path.parent.mkdir(parents=True, exist_ok=True)
        self.repair: Repair | None = repair_if_damaged(path, clock)
        self._database = Database(path)

    @property
    def warning(self) -> str | None:
        """What happened to a damaged file and where it is now; None = all was well."""
        return None if self.repair is None else self.repair.warning

    def create(self, draft: Draft, *, now: datetime) -> Entry:
        """Keep a new entry; occurrences up to `now` are not announced."""
        return self.change(create=(draft,), now=now)[0]

    def update(self, entry: Entry, *, now: datetime) -> Entry:
        """Keep a changed entry: one got from the store, with other values put in.

        Raises:
            StoreError: It is gone, or was changed since it was read.
        """
        return self.change(update=(entry,), now=now)[0]

    def delete(self, entry_id: int, *, now: datetime) -> Entry:
        """Remove an entry and return what it was.

        Raises:
            StoreError: There is none with that number.
        """
        return self.change(delete=(entry_id,), now=now)[0]

    def change(
        self,
        *,
        create: Sequence[Draft] = (),
        update: Sequence[Entry] = (),
        delete: Sequence[int] = (),
        now: datetime,
    ) -> tuple[Entry, ...]:
        """Several changes at once: all are made or none, and one `undo` takes them back."""
        with self._database.transaction() as connection:
            changes = (
                *(apply(connection, _creation(connection, draft, now)) for draft in create),
                *(apply(connection, _update(connection, entry, now)) for entry in update),
                *(apply(connection, _deletion(connection, number)) for number in delete),
            )
            log(connection, changes, now)
        return tuple(change.entry for change in changes)

    def undo(self, *, now: datetime) -> tuple[Change, ...]:
        """Take the newest change back that was not taken back yet; () when there is none.

        Returns:
            What that did to each entry (a deleted one comes back: before None, after the entry).
        """
        with self._database.transaction() as connection:
            batch, made = last_batch(connection)
            taken = tuple(
                apply(connection, _inverse(connection, change)) for change in reversed(made)
            )
            log(connection, taken, now, kind="undo", undoes=batch)
        return taken

    def get(self, entry_id: int) -> Entry | None:
        """The entry with that number."""
        with self._database.reading() as connection:
            return _find(connection, entry_id)

    def entries(self) -> tuple[Entry, ...]:
        """All entries, oldest first."""
        with self._database.reading() as connection:
            rows = connection.execute("SELECT * FROM entries ORDER BY id").fetchall()
        return tuple(entry_of(row) for row in rows)

    def list(self, window: Window, *, zone: str) -> tuple[Occurrence, ...]:
        """What takes place inside a window of time, in order.

        Args:
            window: Times on the clock of `zone`.
            zone: IANA name or offset; the result is on its clock too.
        """
        return expand(self.entries(), window, zone)

    def due(self, now: datetime) -> tuple[Announcement, ...]:
        """What has come and was not acknowledged yet, oldest first.

        Something that returns comes once, with its newest occurrence, however many were missed.
        """
        found = [a for entry in self.entries() if (a := pending(entry, now)) is not None]
        return tuple(sorted(found, key=lambda announcement: announcement.moment))

    def acknowledge(self, entry_id: int, occurrence: When, *, now: datetime) -> None:
        """Note that an occurrence was announced; it and earlier ones are not due any more."""
        with self._database.transaction() as connection:
            entry = _find(connection, entry_id)
            if entry is None:
                return  # deleted meanwhile: nothing will announce it again
            moment = max(entry.announced, last_moment(entry, occurrence, now))
            apply(connection, Change(entry, replace(entry, announced=moment)))

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def _find(connection: Connection, number: int) -> Entry | None:
    row = connection.execute("SELECT * FROM entries WHERE id = ?", (number,)).fetchone()
    return None if row is None else entry_of(row)


def _stored(connection: Connection, number: int) -> Entry:
    entry = _find(connection, number)
    if entry is None:
        raise StoreError(f"there is no reminder number {number}", "list the reminders")
    return entry


def _creation(connection: Connection, draft: Draft, now: datetime) -> Change:
    draft = checked(replace(draft, zone=draft.zone or zone_name(now)))
    values = {field.name: getattr(draft, field.name) for field in fields(Draft)}
    values["uid"] = draft.uid or f"{uuid4().hex}@funcgemma"
    query = "SELECT coalesce(max(seq), 0) + 1 FROM sqlite_sequence WHERE name = 'entries'"
    (number,) = connection.execute(query).fetchone()
    utc = now.astimezone(UTC)
    return Change(None, Entry(**values, id=number, created=utc, updated=utc, announced=utc))


def _deletion(connection: Connection, number: int) -> Change:
    return Change(_stored(connection, number), None)


def _update(connection: Connection, entry: Entry, now: datetime) -> Change:
    stored = _stored(connection, entry.id)
    if stored.updated != entry.updated:
        raise StoreError(
            f"the reminder number {entry.id} was changed by another program meanwhile",
            "list the reminders and try again",
        )
    utc = now.astimezone(UTC)
    when = (entry.start, entry.recurrence, entry.zone)
    same = when == (stored.start, stored.recurrence, stored.zone)
    announced = stored.announced if same else utc
    return Change(stored, replace(checked(entry), updated=utc, announced=announced))


def _inverse(connection: Connection, change: Change) -> Change:
    """The change that takes another back; what was announced meanwhile stays announced."""
    current, before = _find(connection, change.entry.id), change.before
    if current is not None and before is not None:
        before = replace(before, announced=max(before.announced, current.announced))
    return Change(current, before)
