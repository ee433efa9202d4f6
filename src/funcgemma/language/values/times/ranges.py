"""The two ends of a range: what one says for the other."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from funcgemma.language.values.times.clocktime import at, minute_of
from funcgemma.language.values.times.days import Days, plus
from funcgemma.language.values.times.frame import Frame
from funcgemma.language.values.times.members import Found
from funcgemma.language.values.times.model import DAY, HOUR, Clock

_NOON = 12

DAY_SLOTS = (
    "year",
    "year_offset",
    "month",
    "month_offset",
    "week",
    "near",
    "whole",
    "offset",
    "months_on",
    "named",
    "dom",
    "nth",
    "weekdays",
    "later",
    "weekend",
    "workdays",
    "edge",
    "every",
)


def with_day(a: Frame, b: Frame) -> Frame:
    """From 2 to 4 on Friday: the day behind holds for both."""
    return filled(a, b, DAY_SLOTS) if a.clock and b.has_days and not a.has_days else a


def filled(frame: Frame, other: Frame, slots: tuple[str, ...]) -> Frame:
    """The frame with slots of another one."""
    names = [slot for slot in slots if slot in other.filled]
    taken: dict[str, Any] = {slot: getattr(other, slot) for slot in names}
    return frame.changed(**taken)


def with_suffix(a: Frame, b: Frame) -> Frame:
    """From 2 to 4pm: pm holds for both, if the first is then still the earlier one."""
    if not (a.clock and b.clock and b.clock.suffix and not (a.clock.suffix or a.part)):
        return a
    clock = a.clock._replace(suffix=b.clock.suffix)
    fits = minute_of(clock, None) < minute_of(b.clock, None)
    return a.changed(clock=clock if fits else a.clock._replace(exact=a.clock.hour > 6))


def with_part(b: Frame, a: Frame) -> Frame:
    """午後2時から4時: what is said of the first holds for the second."""
    if b.part or b.clock is None or b.clock.suffix or b.clock.hour > _NOON:
        return b
    suffix = a.clock.suffix if a.clock else None
    if a.part is None and suffix is None:
        return b
    return b.changed(part=a.part, clock=b.clock._replace(suffix=suffix))


def shared_minute(a: Frame, b: Frame, clock: Clock) -> int:
    """The minute of the second hour, read with what was said of the first."""
    shared = with_part(b, a)
    return minute_of(shared.clock or clock, shared.part)


def later_clock(a: Frame, b: Frame, clock: Clock, start: datetime) -> datetime:
    """The end of a range of times: the reading of the hour that comes after its beginning."""
    day = start.date()
    if a.clock and minute_of(a.clock, a.part) >= DAY:
        day = plus(day, -1)
    minutes = [shared_minute(a, b, clock), minute_of(clock, b.part)]
    if clock.hour <= _NOON and not (clock.exact or b.part or clock.suffix):
        minutes.append(minutes[-1] + _NOON * HOUR)
    readings = [at(day, minute) for minute in (*minutes, minutes[0] + DAY)]
    return next((moment for moment in readings if moment > start), readings[-1])


def between(a: Frame, first: Found, second: Found) -> Found | None:
    """Both ends in one; None where the second lies before the first."""
    if first.moment is not None:
        until = second.moment
        if until is None and second.days is not None and a.now:
            return Found("days", days=Days(first.moment.date(), second.days.last))
        if until is None or until <= first.moment:
            return None
        return replace(first, until=until)
    if first.days is None:
        return Found("part") if second.days is None else None
    last = second.days.last if second.days else first.days.last
    if last < first.days.first:
        return None
    days = Days(first.days.first, last)
    granularity = first.granularity if first.granularity == "part" else "days"
    return replace(first, days=days, granularity=granularity)
