"""The members of a list: what is said once holds for all, and what they are together."""

from dataclasses import replace
from itertools import pairwise

from funcgemma.language.values.times.clocktime import minute_of
from funcgemma.language.values.times.days import Days, plus
from funcgemma.language.values.times.frame import Frame
from funcgemma.language.values.times.members import Found
from funcgemma.language.values.times.model import Every
from funcgemma.language.values.times.ranges import DAY_SLOTS, filled, shared_minute, with_part


def shared(frames: list[Frame]) -> list[Frame]:
    """Give each member what was said only once: the day, the week, the month, the hour."""
    given = [frames[0]]
    for frame in frames[1:]:
        previous = given[-1]
        if not frame.has_days:
            frame = filled(frame, previous, DAY_SLOTS)
            frame = with_part(frame, previous) if _later_with(frame, previous) else frame
        elif frame.weekdays and previous.week is not None and not frame.names_period:
            frame = filled(frame, previous, ("week",))
        elif frame.dom and frame.month is None and frame.month_offset is None:
            frame = filled(frame, previous, ("year", "year_offset", "month", "month_offset"))
        given.append(frame)
    last = given[-1]
    if last.clock or last.part:
        slots = ("clock", "part", "ago")
        given = [f if f.clock or f.part else filled(f, last, slots) for f in given]
    return given


def _later_with(b: Frame, a: Frame) -> bool:
    """Whether the part of the day of the first hour keeps the second one after it."""
    if a.clock is None or b.clock is None:
        return False
    return shared_minute(a, b, b.clock) > minute_of(a.clock, a.part)


def is_habit(frames: list[Frame]) -> bool:
    """月水金: single letters that do not follow each other mean every week."""
    if not all(frame.letter and frame.week is None and not frame.near for frame in frames):
        return False
    days = [frame.weekdays[0] for frame in frames]
    return any(b - a != 1 for a, b in pairwise(days))


def habit(frames: list[Frame]) -> Frame:
    """The letters as one frame that returns every week."""
    last = frames[-1]
    return last.changed(
        start=frames[0].start,
        weekdays=tuple(frame.weekdays[0] for frame in frames),
        every=Every("WEEKLY"),
    )


def together(members: list[Found]) -> Found:
    """A range where days touch, else the first member with the others as its parts."""
    first = members[0]
    ranges = [found.days for found in members]
    if any(found.moment for found in members) or any(days is None for days in ranges):
        return first
    spans = sorted(days for days in ranges if days is not None)
    touching = all(plus(a.last, 1) == b.first for a, b in pairwise(spans))
    granularity = first.granularity if first.granularity == "part" else "days"
    if not touching:
        return replace(first, granularity=granularity)
    days = Days(spans[0].first, spans[-1].last)
    named = first.named and min(found.named or first.named for found in members)
    return replace(first, days=days, granularity=granularity, named=named)
