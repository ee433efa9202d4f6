"""An iCalendar file into the store; what is there already stays as it is."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from icalendar import Calendar, Event

from funcgemma.errors import DataError, StoreError
from funcgemma.functions.reminders.entries import Draft, Entry, text_of
from funcgemma.functions.reminders.ical_events import (
    draft_of,
    has_early_alarm,
    name_of,
    replaced_start,
    uid_of,
)
from funcgemma.functions.reminders.store import ReminderStore

HINT = "export the calendar as an iCalendar file (.ics) and try again"


@dataclass(frozen=True, slots=True)
class Import:
    """What became of a file.

    Attributes:
        added: The new entries.
        known: How many events the store had already; these were not touched.
        skipped: One sentence for each thing that was not taken over.
    """

    added: tuple[Entry, ...]
    known: int
    skipped: tuple[str, ...]


def import_calendar(store: ReminderStore, data: bytes, *, now: datetime) -> Import:
    """Add the events of an iCalendar file; one `undo` takes them all back.

    Args:
        store: Where they go.
        data: The content of the file.
        now: Aware; one-time events are shown on its clock.

    Raises:
        DataError: It is not a whole iCalendar file, or a part of it is broken.
        StoreError: The store cannot be written.
    """
    events, skipped = _events(data)
    drafts: dict[str, Draft] = {}
    parents: dict[str, str] = {}
    for event in events:
        try:
            note = _add(event, drafts, parents, now)
            if note:
                skipped.append(f"{name_of(event)}: {note}")
        except StoreError as error:
            skipped.append(f"{name_of(event)}: {error.message}")
    early = sum(has_early_alarm(event) for event in events)
    if early:
        skipped.append(f"{early} alarms before the start: events are announced when they start")
    known = {entry.uid for entry in store.entries()}
    new = [draft for uid, draft in drafts.items() if not known & {uid, parents.get(uid)}]
    added = store.change(create=new, now=now) if new else ()
    return Import(added, len(drafts) - len(new), tuple(skipped))


def _events(data: bytes) -> tuple[Sequence[Event], list[str]]:
    """(the events, series before the occurrences that replace theirs; what is no event)."""
    try:
        calendars = Calendar.from_ical(data, multiple=True)
    except (ValueError, IndexError, KeyError, TypeError, AttributeError) as error:
        raise DataError(f"this calendar cannot be read: {error}", HINT) from error
    if not calendars:
        raise DataError("this holds no complete calendar", HINT)
    parts = [part for calendar in calendars for part in calendar.subcomponents]
    events = [part for part in parts if isinstance(part, Event)]
    others = {str(p.name) for p in parts if not isinstance(p, Event)} - {"VTIMEZONE"}
    skipped = [f"{name}: only events (VEVENT) are taken over" for name in sorted(others)]
    return sorted(events, key=lambda event: "recurrence-id" in event), skipped


def _add(event: Event, drafts: dict[str, Draft], parents: dict[str, str], now: datetime) -> str:
    """Add the event to the drafts, or put it in the place of one occurrence of a series.

    Args:
        event: The event.
        drafts: By UID.
        parents: UID of a replaced occurrence -> that of its series.
        now: The clock.

    Returns:
        What of it was left out; mostly "".

    Raises:
        StoreError: It cannot be kept; says why.
    """
    uid = uid_of(event)
    series = drafts.get(uid)
    if "recurrence-id" in event and series is not None:
        gone = replaced_start(event, series)
        if gone is not None:
            drafts[uid] = replace(series, excluded=(*series.excluded, gone))
            series_uid, uid = uid, f"{uid}/{text_of(gone)}"
            parents[uid] = series_uid
    if str(event.get("status", "")).upper() == "CANCELLED":
        raise StoreError("it is cancelled")
    if uid in drafts:
        raise StoreError("its UID appears twice in the file")
    drafts[uid] = replace(draft_of(event, now), uid=uid)
    return "its additional dates (RDATE) are left out" if event.get("rdate") else ""
