"""Entries as an iCalendar file that other calendars can read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from icalendar import Alarm, Calendar, Event, Timezone, TimezoneStandard, vRecur

from funcgemma.functions.reminders.entries import Entry, When, as_day, is_day
from funcgemma.functions.reminders.recurrence import until_of
from funcgemma.functions.reminders.rules import parts_of
from funcgemma.functions.reminders.when import DAY
from funcgemma.functions.reminders.zones import load_zone, to_utc

PRODUCT = "-//FuncGemma//reminders//EN"
AT_START = timedelta(0)


@dataclass(frozen=True, slots=True)
class Export:
    """An iCalendar file.

    Attributes:
        data: Its bytes.
        left_out: Entries without a time, which an event cannot hold.
    """

    data: bytes
    left_out: tuple[Entry, ...]


def export_calendar(entries: Iterable[Entry], *, now: datetime) -> Export:
    """Write entries as events, each with an alarm at its start."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    left_out = []
    offsets = set()
    for entry in entries:
        if entry.start is None:
            left_out.append(entry)
            continue
        calendar.add_component(_event(entry, entry.start, now))
        if _is_offset(entry) and entry.recurrence is not None:
            offsets.add(entry.zone)
    calendar.add_missing_timezones()
    for offset in sorted(offsets):
        calendar.subcomponents.insert(0, _timezone(offset))
    return Export(calendar.to_ical(), tuple(left_out))


def _event(entry: Entry, start: When, now: datetime) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("summary", entry.description)
    event.add("dtstamp", now.astimezone(UTC))
    event.add("created", entry.created)
    event.add("last-modified", entry.updated)
    event.add("dtstart", _shown(start, entry))
    if is_day(start):  # the end of a day is the day after
        event.add("dtend", as_day(entry.end or start) + DAY)
    elif entry.end is not None:
        event.add("dtend", _shown(entry.end, entry))
    if entry.recurrence is not None:
        event.add("rrule", vRecur.from_ical(_rule(entry)))
    if entry.excluded:
        event.add("exdate", [_shown(when, entry) for when in entry.excluded])
    event.add_component(_alarm(entry))
    return event


def _alarm(entry: Entry) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", entry.description or "Reminder")
    alarm.add("trigger", AT_START)
    return alarm


def _shown(when: When, entry: Entry) -> Any:
    """A day as it is, a time with its zone; one with a bare offset in UTC where that is enough."""
    if not isinstance(when, datetime):
        return when
    if _is_offset(entry) and entry.recurrence is None:
        return to_utc(when, entry.zone)
    return when.replace(tzinfo=load_zone(entry.zone))


def _rule(entry: Entry) -> str:
    """The rule with UNTIL as iCalendar wants it: a day for days, UTC for times."""
    parts = parts_of(entry.recurrence or "")
    if "UNTIL" in parts:
        parts["UNTIL"] = until_of(parts["UNTIL"], entry)
        if not entry.all_day:
            wall = datetime.strptime(parts["UNTIL"], "%Y%m%dT%H%M%S")
            parts["UNTIL"] = f"{to_utc(wall, entry.zone):%Y%m%dT%H%M%SZ}"
    return ";".join(f"{name}={value}" for name, value in parts.items())


def _is_offset(entry: Entry) -> bool:
    return entry.zone[:1] in ("+", "-")


def _timezone(offset: str) -> Timezone:
    """A zone that is the same offset all year; the library makes none for these."""
    zone = load_zone(offset)
    difference = zone.utcoffset(None) or timedelta()
    rule = TimezoneStandard()
    rule.add("dtstart", datetime(1970, 1, 1))
    rule.add("tzoffsetfrom", difference)
    rule.add("tzoffsetto", difference)
    timezone = Timezone()
    timezone.add("tzid", str(zone))
    timezone.add_component(rule)
    return timezone
