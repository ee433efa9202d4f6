"""One event of an iCalendar file as a draft."""

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from icalendar import Component, Event

from funcgemma.errors import StoreError
from funcgemma.functions.reminders.entries import Draft, When, as_datetime, is_day
from funcgemma.functions.reminders.recurrence import checked
from funcgemma.functions.reminders.when import DAY
from funcgemma.functions.reminders.zones import load_zone, zone_name


def draft_of(event: Event, now: datetime) -> Draft:
    """What the event says; one-time events on the clock of `now`, others on their own.

    Raises:
        StoreError: It cannot be kept; says why.
    """
    try:
        return checked(_read(event, now))
    except (ValueError, OverflowError, TypeError, AttributeError) as error:
        raise StoreError(f"it cannot be read: {error}") from error


def name_of(event: Event) -> str:
    """What to call an event in a message."""
    return " ".join(str(event.get("summary") or event.get("uid") or "an event").split())


def uid_of(event: Event) -> str:
    """Its name among all calendars; made from its content when it has none."""
    if event.get("uid"):
        return str(event["uid"])
    parts = [event.get(name) for name in ("summary", "dtstart", "dtend", "rrule")]
    text = repr([part.to_ical() if hasattr(part, "to_ical") else part for part in parts])
    return f"{hashlib.sha256(text.encode()).hexdigest()[:32]}@imported"


def replaced_start(event: Event, draft: Draft) -> When | None:
    """The occurrence of a series, on the clock of its draft, that the event stands for."""
    value = _value(event, "recurrence-id")
    return None if value is None or draft.start is None else _like(value, draft)


def has_early_alarm(event: Event) -> bool:
    """Whether an alarm of the event comes before its start."""
    triggers = (_value(alarm, "trigger") for alarm in event.walk("VALARM"))
    return any(isinstance(t, datetime) or (t is not None and t != timedelta(0)) for t in triggers)


def _read(event: Event, now: datetime) -> Draft:
    value = _value(event, "dtstart")
    if not isinstance(value, date):
        raise StoreError("it has no start that can be read")
    rule = event.get("rrule")
    if isinstance(rule, list):
        raise StoreError("it has several recurrence rules")
    recurrence = rule.to_ical().decode() if rule else None
    zone = _zone(value, now) if recurrence else zone_name(now)
    draft = Draft(
        description=str(event.get("summary") or ""),
        start=_wall(value, zone),
        zone=zone,
        recurrence=recurrence,
        uid=uid_of(event),
    )
    excluded = tuple(_like(when, draft) for when in _exdates(event))
    return replace(draft, end=_end(event, draft), excluded=excluded)


def _value(part: Component, name: str) -> Any:
    """The date, time or length that a property holds; None if it holds none."""
    try:
        return getattr(part.get(name), "dt", None)
    except ValueError:  # the library keeps what it cannot read, and says so when asked
        return None


def _zone(value: date, now: datetime) -> str:
    """The zone a time is written in; that of `now` for days and times without one."""
    return (zone_name(value) if isinstance(value, datetime) else "") or zone_name(now)


def _wall(value: date, zone: str) -> When:
    if not isinstance(value, datetime) or value.tzinfo is None:
        return value
    return value.astimezone(load_zone(zone)).replace(tzinfo=None)


def _like(value: date, draft: Draft) -> When:
    """A day for whole days, else a time on the clock of the draft."""
    when = _wall(value, draft.zone)
    if draft.all_day:
        return when.date() if isinstance(when, datetime) else when
    if draft.start is not None and is_day(when):
        return datetime.combine(when, as_datetime(draft.start).time())
    return when


def _end(event: Event, draft: Draft) -> When | None:
    """The last day, or the time at the end; None when the start says it all."""
    if draft.start is None:
        return None
    value, length = _value(event, "dtend"), _value(event, "duration")
    end: When
    if isinstance(value, date):
        end = _like(value, draft)
    elif isinstance(length, timedelta):
        end = draft.start + length
    else:
        return None
    if draft.all_day:
        end -= DAY  # iCalendar gives the day after the last one
    return end if end > draft.start else None


def _exdates(event: Event) -> Iterator[Any]:
    values = event.get("exdate") or []
    for dates in values if isinstance(values, list) else [values]:
        for value in getattr(dates, "dts", ()):
            yield value.dt
