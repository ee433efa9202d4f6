"""One frame resolved: its days, its moment, its recurrence."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from funcgemma.language.values.times.clocktime import at, minute_of, next_time
from funcgemma.language.values.times.days import Days, add_months, plus
from funcgemma.language.values.times.frame import Frame
from funcgemma.language.values.times.model import DAY, HOUR, Amount, Clock, Granularity
from funcgemma.language.values.times.periods import View
from funcgemma.language.values.times.recurrence import first_of, returns, rule_of
from funcgemma.language.values.times.resolve import days_of


@dataclass(frozen=True, slots=True)
class Found:
    """What a frame, or two of them joined, stands for.

    Attributes:
        granularity: How exact it is.
        days: The day or days, where there is no time.
        moment: The time, or the beginning of a range of times.
        until: The end of a range of times.
        named: The first day, if one is named.
        recurrence: The RRULE.
        shift: Minutes to move something by.
    """

    granularity: Granularity
    days: Days | None = None
    moment: datetime | None = None
    until: datetime | None = None
    named: date | None = None
    recurrence: str | None = None
    shift: int | None = None

    @property
    def value(self) -> str | None:
        """The value in the form `YYYY-MM-DD`, `YYYY-MM-DDTHH:MM` or `start/end`."""
        if self.moment is not None:
            return _joined(_time(self.moment), None if self.until is None else _time(self.until))
        if self.days is not None:
            return _joined(self.days.first.isoformat(), self.days.last.isoformat())
        return None

    @property
    def first(self) -> date | None:
        """The day it begins."""
        if self.moment is not None:
            return self.moment.date()
        return self.days.first if self.days else None


def resolve(frame: Frame, view: View) -> Found | None:
    """Resolve one frame; None where it names an impossible day.

    Raises:
        ValueError: It lies outside the calendar.
        OverflowError: It lies outside the calendar.
    """
    if returns(frame):
        return _recurring(frame, view)
    if frame.has_days:
        return _dated(frame, view)
    if frame.clock is not None:
        return Found("minute", moment=_undated(frame, frame.clock, view))
    return _relative(frame, view)


def lasting(first: date, amount: Amount) -> Days:
    """The days from the first one on, as many as the amount says."""
    end = add_months(first, amount.months) if amount.months else first
    return Days(first, max(first, plus(end, amount.days - 1)))


def this_minute(now: datetime) -> datetime:
    """The clock to the minute, as a naive local time."""
    return now.replace(tzinfo=None, second=0, microsecond=0)


def _recurring(frame: Frame, view: View) -> Found:
    day, minute = first_of(frame, view.now)
    named = day if frame.has_days else None
    rule = rule_of(frame)
    if minute is not None:
        return Found("minute", moment=at(day, minute), named=named, recurrence=rule)
    granularity: Granularity = "part" if frame.part else "day"
    return Found(granularity, days=Days(day, day), named=named, recurrence=rule)


def _dated(frame: Frame, view: View) -> Found | None:
    days = days_of(frame, view)
    if days is None:
        return None
    named = None if frame.tonight else days.first
    if frame.clock is not None:
        moment = _moment(frame, frame.clock, days.first, view)
        return Found("minute", moment=moment, named=named)
    if frame.part:
        return Found("part", days=days, named=named)
    return Found("day" if days.first == days.last else "days", days=days, named=named)


def _moment(frame: Frame, clock: Clock, day: date, view: View) -> datetime:
    """The clock time on a day; the small hours of tonight are still to come."""
    minute = minute_of(clock, frame.part)
    moment = at(day, minute)
    local = view.now.replace(tzinfo=None)
    if frame.offset == 0 and frame.part in ("night", "late"):
        if moment <= local and minute < 7 * HOUR:
            moment += timedelta(days=1)
        elif minute >= DAY and moment - timedelta(days=1) > local:
            moment -= timedelta(days=1)
    return moment - timedelta(minutes=frame.ago or 0)


def _undated(frame: Frame, clock: Clock, view: View) -> datetime:
    minute = minute_of(clock, frame.part) - (frame.ago or 0)
    return next_time(minute, view.now) if view.day is None else at(view.day, minute)


def _relative(frame: Frame, view: View) -> Found | None:
    """What counts from now, or has no time of its own."""
    if frame.shift is not None or frame.ago is not None:
        shift = frame.shift if frame.shift is not None else -(frame.ago or 0)
        return Found("shift", shift=shift)
    if frame.now:
        return Found("now")
    now = this_minute(view.now)
    if frame.minutes is not None:
        return Found("minute", moment=now + timedelta(minutes=frame.minutes))
    if frame.within is not None:
        return _within(frame.within, now)
    if frame.lasting is not None:
        return Found("days", days=lasting(now.date(), frame.lasting))
    if frame.weekly:
        return Found("days")
    return Found("part") if frame.part else None


def _within(amount: Amount, now: datetime) -> Found:
    if amount.minutes and not amount.days:
        return Found("minute", moment=now, until=now + timedelta(minutes=amount.minutes))
    last = plus(add_months(now.date(), amount.months), amount.days)
    return Found("days", days=Days(now.date(), last))


def _time(moment: datetime) -> str:
    return moment.isoformat(timespec="minutes")


def _joined(first: str, last: str | None) -> str:
    return first if last is None or last == first else f"{first}/{last}"
