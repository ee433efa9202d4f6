"""Which entries are due: once each, also when the program was off at the time."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from funcgemma.functions.reminders.entries import Entry, When
from funcgemma.functions.reminders.recurrence import is_subdaily, starts
from funcgemma.functions.reminders.when import DAY, new_end
from funcgemma.functions.reminders.zones import is_known, to_utc, to_wall, zone_name

DAY_HOURS = (time(8), time(18))
"""When a whole day is announced: in the morning, or in the evening if it was entered after that."""
LOOK_BACK = timedelta(days=8)
"""How far back missed occurrences of something hourly are looked for."""


@dataclass(frozen=True, slots=True)
class Announcement:
    """Something to be said now.

    Attributes:
        entry: The entry.
        occurrence: Its newest start that has come, on the entry's clock.
        end: When that occurrence ends.
        moment: When it was due (aware).
        missed: How many earlier occurrences were never announced; they are done with this one.
    """

    entry: Entry
    occurrence: When
    end: When | None
    moment: datetime
    missed: int = 0


def pending(entry: Entry, now: datetime) -> Announcement | None:
    """What is to be said about an entry now; None = nothing (yet, or any more)."""
    if entry.start is None or entry.announced >= now:
        return None
    zone = clock_of(entry, now)
    since, until = to_wall(entry.announced, zone), to_wall(now, zone)
    if entry.recurrence is not None and is_subdaily(entry.recurrence):
        since = max(since, until - LOOK_BACK)
    found = starts(entry, since - DAY, until + timedelta(seconds=1), limit=100_000)
    due = [
        (start, moment)
        for start in found
        if (moment := _moment(start, zone, entry.announced)) is not None and moment <= now
    ]
    if not due:
        return None
    start, moment = due[-1]
    return Announcement(entry, start, new_end(entry.start, entry.end, start), moment, len(due) - 1)


def last_moment(entry: Entry, start: When, now: datetime) -> datetime:
    """The last moment at which an occurrence could still be announced (UTC)."""
    return _moments(start, clock_of(entry, now))[-1]


def clock_of(entry: Entry, now: datetime) -> str:
    """The zone of an entry; that of `now` when this machine does not know it."""
    return entry.zone if is_known(entry.zone) else zone_name(now)


def _moment(start: When, zone: str, announced: datetime) -> datetime | None:
    """The first moment for an occurrence after what is already announced."""
    return next((moment for moment in _moments(start, zone) if moment > announced), None)


def _moments(start: When, zone: str) -> tuple[datetime, ...]:
    if isinstance(start, datetime):
        return (to_utc(start, zone),)
    return tuple(to_utc(datetime.combine(start, hour), zone) for hour in DAY_HOURS)
