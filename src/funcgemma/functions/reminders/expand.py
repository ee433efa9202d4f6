"""The occurrences of entries inside a window of time."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from funcgemma.functions.reminders.entries import Entry, Occurrence, When, as_datetime, is_day
from funcgemma.functions.reminders.recurrence import next_start, starts
from funcgemma.functions.reminders.when import Window, ends_at, new_end
from funcgemma.functions.reminders.zones import between_zones, zone_name


def occurrences(entry: Entry, window: Window, zone: str) -> tuple[Occurrence, ...]:
    """Those that take place inside the window, on the clock of `zone`; at most `LIMIT`."""
    if entry.start is None:
        return ()
    first, after = window.first, window.after
    if not entry.all_day:
        first, after = (between_zones(edge, zone, entry.zone) for edge in (first, after))
    found = starts(entry, first - length_of(entry), after)
    shown = (occurrence(entry, start, zone) for start in found)
    return tuple(o for o in shown if o.start is not None and window.touches(o.start, o.end))


def expand(entries: Iterable[Entry], window: Window, zone: str) -> tuple[Occurrence, ...]:
    """The occurrences of all entries inside the window, in order."""
    found = [o for entry in entries for o in occurrences(entry, window, zone)]
    return tuple(sorted(found, key=order))


def upcoming(entry: Entry, now: datetime) -> Occurrence | None:
    """The occurrence that is going on or comes next, on the clock of `now`."""
    if entry.start is None:
        return None
    zone = zone_name(now)
    moment = between_zones(now.replace(tzinfo=None), zone, entry.zone)
    started = starts(entry, moment - length_of(entry), moment)
    running = (start for start in started if as_datetime(start) + length_of(entry) > moment)
    start = next(running, None) or next_start(entry, moment)
    return None if start is None else occurrence(entry, start, zone)


def occurrence(entry: Entry, start: When, zone: str) -> Occurrence:
    """The occurrence that starts at a time of the entry's own clock, shown on that of `zone`."""
    end = new_end(entry.start, entry.end, start)
    shown = None if end is None else _shown(end, entry, zone)
    return Occurrence(entry, _shown(start, entry, zone), shown)


def own_start(found: Occurrence, zone: str) -> When:
    """The start of an occurrence on the clock of its entry, the name it is excluded by."""
    assert found.start is not None
    if not isinstance(found.start, datetime):
        return found.start
    return between_zones(found.start, zone, found.entry.zone)


def length_of(entry: Entry) -> timedelta:
    """How long each occurrence lasts."""
    assert entry.start is not None
    return ends_at(entry.start, entry.end) - as_datetime(entry.start)


def order(found: Occurrence) -> tuple[bool, datetime, bool, int]:
    """Sort key: by time, whole days before times of the day, without a time last."""
    start = found.start
    if start is None:
        return (True, datetime.max, False, found.entry.id)
    return (False, as_datetime(start), not is_day(start), found.entry.id)


def _shown(when: When, entry: Entry, zone: str) -> When:
    return between_zones(when, entry.zone, zone) if isinstance(when, datetime) else when
