"""Turn phrases into time expressions."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from funcgemma.language.values.times.days import Days, plus
from funcgemma.language.values.times.frame import Frame
from funcgemma.language.values.times.members import Found, lasting, resolve, this_minute
from funcgemma.language.values.times.model import DAY, HOUR, Amount, Every, TimeExpression
from funcgemma.language.values.times.phrases import Phrase
from funcgemma.language.values.times.resolve import View, at, minute_of
from funcgemma.language.values.times.text import Plain

_DAY_SLOTS = (
    "year",
    "year_offset",
    "month",
    "month_offset",
    "week",
    "near",
    "offset",
    "months_on",
    "named",
    "dom",
    "nth",
    "weekdays",
    "weekend",
    "workdays",
    "edge",
    "every",
)
_NOON = 12


class Composer:
    """Builds the expressions of one text.

    Args:
        original: The text as it was written.
        plain: The same text normalised.
        now: The clock.
        day: The day that bare clock times belong to; None = the next such time.
    """

    def __init__(self, original: str, plain: Plain, now: datetime, day: date | None = None) -> None:
        self.original, self.plain, self.now, self.day = original, plain, now, day

    def compose(self, phrase: Phrase) -> list[TimeExpression]:
        """The expression of a phrase; its members one by one where they do not fit together."""
        frames = phrase.frames
        try:
            if phrase.join is None:
                return self._each(frames)
            joined = self._range(frames) if phrase.join == "range" else self._list(frames)
            return [joined] if joined else self._each(frames)
        except (ValueError, OverflowError):
            return []

    def _each(self, frames: list[Frame]) -> list[TimeExpression]:
        found = [(frame, resolve(frame, self._view())) for frame in frames]
        return [self._expression(frame, one) for frame, one in found if one is not None]

    def _view(self, after: date | None = None) -> View:
        return View(self.now, after, self.day)

    def _expression(
        self,
        frame: Frame,
        found: Found,
        parts: tuple[TimeExpression, ...] = (),
        end: int | None = None,
    ) -> TimeExpression:
        start, stop = self.plain.original(frame.start, end or frame.end)
        return TimeExpression(
            start=start,
            end=stop,
            text=self.original[start:stop],
            granularity=found.granularity,
            value=found.value,
            first_day=found.named.isoformat() if found.named else None,
            recurrence=found.recurrence,
            parts=parts,
            shift_minutes=found.shift,
            has_day=frame.has_days,
        )

    # ---- ranges ----

    def _range(self, frames: list[Frame]) -> TimeExpression | None:
        a, b = frames
        if b.span or b.lasting:
            return self._from_for(a, b)
        a = _with_suffix(a, b)
        first = Found("minute", moment=this_minute(self.now)) if a.now else resolve(a, self._view())
        if first is None:
            return None
        second = self._end(a, b, first)
        whole = _between(a, first, second) if second else None
        if second is None or whole is None:
            return None
        parts = (self._expression(a, first), self._expression(b, second))
        until = b.end + 2 if self.plain.text.startswith("まで", b.end) else b.end
        return self._expression(a, whole, parts, until)

    def _from_for(self, a: Frame, b: Frame) -> TimeExpression | None:
        """明日から3日間, 2時から1時間."""
        first = Found("minute", moment=this_minute(self.now)) if a.now else resolve(a, self._view())
        amount = b.lasting or b.span or Amount()
        if first is None:
            return None
        if first.moment is not None:
            length = timedelta(minutes=amount.minutes, days=amount.days)
            whole = replace(first, until=first.moment + length)
        elif first.days is not None and not amount.minutes:
            whole = replace(first, granularity="days", days=lasting(first.days.first, amount))
        else:
            return None
        return self._expression(a, whole, (self._expression(a, first),), b.end)

    def _end(self, a: Frame, b: Frame, first: Found) -> Found | None:
        """The second member, seen from the first."""
        if b.clock is None or b.has_days:
            after = first.first if first.days else None
            return resolve(_with_part(b, a) if b.clock else b, self._view(after))
        if first.moment is None:
            return None
        return Found("minute", moment=_later_clock(a, b, first.moment))

    # ---- lists ----

    def _list(self, frames: list[Frame]) -> TimeExpression | None:
        frames = _shared(frames)
        if _is_habit(frames):
            merged = _habit(frames)
            found = resolve(merged, self._view())
            return self._expression(merged, found) if found else None
        members: list[tuple[Frame, Found]] = []
        after: date | None = None
        for frame in frames:
            found = resolve(frame, self._view(after))
            if found is None:
                return None
            members.append((frame, found))
            after = found.first if frame.letter else None
        parts = tuple(self._expression(frame, found) for frame, found in members)
        whole = _together([found for _, found in members])
        return self._expression(frames[0], whole, parts, frames[-1].end)


def _with_suffix(a: Frame, b: Frame) -> Frame:
    """From 2 to 4pm: pm holds for both, if the first is then still the earlier one."""
    if not (a.clock and b.clock and b.clock.suffix and not (a.clock.suffix or a.part)):
        return a
    clock = a.clock._replace(suffix=b.clock.suffix)
    fits = minute_of(clock, None) < minute_of(b.clock, None)
    return a.changed(clock=clock if fits else a.clock._replace(exact=a.clock.hour > 6))


def _with_part(b: Frame, a: Frame) -> Frame:
    """午後2時から4時: what is said of the first holds for the second."""
    if b.part or b.clock is None or b.clock.suffix or b.clock.hour > _NOON:
        return b
    suffix = a.clock.suffix if a.clock else None
    if a.part is None and suffix is None:
        return b
    return b.changed(part=a.part, clock=b.clock._replace(suffix=suffix))


def _later_clock(a: Frame, b: Frame, start: datetime) -> datetime:
    """The end of a range of times: the reading of the hour that comes after its beginning."""
    assert b.clock is not None
    day = start.date()
    if a.clock and minute_of(a.clock, a.part) >= DAY:
        day = plus(day, -1)
    shared = _with_part(b, a)
    assert shared.clock is not None
    minutes = [minute_of(shared.clock, shared.part), minute_of(b.clock, b.part)]
    if b.clock.hour <= _NOON and not (b.clock.exact or b.part or b.clock.suffix):
        minutes.append(minutes[-1] + _NOON * HOUR)
    readings = [at(day, minute) for minute in (*minutes, minutes[0] + DAY)]
    return next((moment for moment in readings if moment > start), readings[-1])


def _between(a: Frame, first: Found, second: Found) -> Found | None:
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


def _shared(frames: list[Frame]) -> list[Frame]:
    """Give each member what was said only once: the day, the week, the month, the hour."""
    shared = [frames[0]]
    for frame in frames[1:]:
        previous = shared[-1]
        if not frame.has_days:
            frame = _filled(frame, previous, _DAY_SLOTS)
            frame = _with_part(frame, previous) if _later_with(frame, previous) else frame
        elif frame.weekdays and previous.week is not None and not frame.names_period:
            frame = _filled(frame, previous, ("week",))
        elif frame.dom and frame.month is None and frame.month_offset is None:
            frame = _filled(frame, previous, ("year", "year_offset", "month", "month_offset"))
        shared.append(frame)
    last = shared[-1]
    if last.clock or last.part:
        slots = ("clock", "part", "ago")
        shared = [f if f.clock or f.part else _filled(f, last, slots) for f in shared]
    return shared


def _later_with(b: Frame, a: Frame) -> bool:
    """Whether the part of the day of the first hour keeps the second one after it."""
    if a.clock is None or b.clock is None:
        return False
    shared = _with_part(b, a)
    assert shared.clock is not None
    return minute_of(shared.clock, shared.part) > minute_of(a.clock, a.part)


def _filled(frame: Frame, other: Frame, slots: tuple[str, ...]) -> Frame:
    names = [slot for slot in slots if slot in other.filled]
    taken: dict[str, Any] = {slot: getattr(other, slot) for slot in names}
    return frame.changed(**taken)


def _is_habit(frames: list[Frame]) -> bool:
    """月水金: single letters that do not follow each other mean every week."""
    if not all(frame.letter and frame.week is None and not frame.near for frame in frames):
        return False
    days = [frame.weekdays[0] for frame in frames]
    return any(b - a != 1 for a, b in zip(days, days[1:], strict=False))


def _habit(frames: list[Frame]) -> Frame:
    last = frames[-1]
    return last.changed(
        start=frames[0].start,
        weekdays=tuple(frame.weekdays[0] for frame in frames),
        every=Every("WEEKLY"),
    )


def _together(members: list[Found]) -> Found:
    """A range where days touch, else the first member with the others as its parts."""
    first = members[0]
    ranges = [found.days for found in members]
    if any(found.moment for found in members) or any(days is None for days in ranges):
        return first
    spans = sorted(days for days in ranges if days is not None)
    touching = all(plus(a.last, 1) == b.first for a, b in zip(spans, spans[1:], strict=False))
    granularity = first.granularity if first.granularity == "part" else "days"
    if not touching:
        return replace(first, granularity=granularity)
    days = Days(spans[0].first, spans[-1].last)
    named = first.named and min(found.named or first.named for found in members)
    return replace(first, days=days, granularity=granularity, named=named)
