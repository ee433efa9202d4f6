"""An entry as plain values, for the database and its log of changes, and back."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from funcgemma.errors import StoreError
from funcgemma.functions.reminders.entries import Entry, When, text_of
from funcgemma.functions.reminders.rules import check_rule

Record = Mapping[str, Any]


def record_of(entry: Entry) -> dict[str, Any]:
    """The entry as column -> value."""
    return {
        "id": entry.id,
        "uid": entry.uid,
        "description": entry.description,
        "start": None if entry.start is None else text_of(entry.start),
        "end": None if entry.end is None else text_of(entry.end),
        "recurrence": entry.recurrence,
        "zone": entry.zone,
        "excluded": " ".join(text_of(when) for when in entry.excluded),
        "created": entry.created.isoformat(),
        "updated": entry.updated.isoformat(),
        "announced": entry.announced.isoformat(),
    }


def entry_of(record: Record) -> Entry:
    """The inverse of `record_of`; trusts nothing, because files get damaged.

    Raises:
        StoreError: A value is missing or is not what it should be.
    """
    try:
        entry = _read(record)
    except (KeyError, IndexError, TypeError, ValueError, AttributeError) as error:
        raise StoreError(f"a stored entry cannot be read: {error}") from error
    if entry.recurrence is not None:
        check_rule(entry.recurrence)
    return entry


def _read(record: Record) -> Entry:
    return Entry(
        id=int(record["id"]),
        uid=_text(record["uid"]),
        description=_text(record["description"]),
        start=_when(record["start"]),
        end=_when(record["end"]),
        recurrence=None if record["recurrence"] is None else _text(record["recurrence"]),
        zone=_text(record["zone"]),
        excluded=tuple(when for text in record["excluded"].split() if (when := _when(text))),
        created=_moment(record["created"]),
        updated=_moment(record["updated"]),
        announced=_moment(record["announced"]),
    )


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is not a text")
    return value


def _when(text: str | None) -> When | None:
    if text is None:
        return None
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(f"{text} has no offset")
    return moment
