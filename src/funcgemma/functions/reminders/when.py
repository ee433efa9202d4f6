"""The `datetime` argument of a call: a day, a time, or `start/end`; and windows of time."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from funcgemma.functions.reminders.entries import YEARS, When, as_datetime, is_day

DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Span:
    """A time that was named.

    Attributes:
        start: The day or time, or the first one.
        end: The last day (included) or the time at the end.
        has_day: False when only a time of day was said, so that `start` shows the next such time.
    """

    start: When
    end: When | None = None
    has_day: bool = True


@dataclass(frozen=True, slots=True)
class Window:
    """From `first` up to, not including, `after`: what the clock on the wall shows."""

    first: datetime
    after: datetime

    def touches(self, start: When, end: When | None) -> bool:
        """Whether something from `start` to `end` takes place inside, if only in part."""
        first, after = as_datetime(start), ends_at(start, end)
        return first < self.after and (after > self.first or first >= self.first)


def ends_at(start: When, end: When | None) -> datetime:
    """The time from which on it is over; a whole day is over at midnight."""
    last = start if end is None else end
    return as_datetime(last) + DAY if is_day(last) else as_datetime(last)


def new_end(start: When | None, end: When | None, moved: When) -> When | None:
    """The end of what went from `start` to `end` when it starts at another time or day."""
    if start is None or end is None:
        return None
    later = as_datetime(moved) + (as_datetime(end) - as_datetime(start))
    return later.date() if is_day(moved) else later


def window_of(span: Span) -> Window:
    """The time a span covers: whole days, from start to end, or the hour after a single time."""
    if span.end is None and not is_day(span.start):
        start = as_datetime(span.start)
        return Window(start, start + timedelta(hours=1))
    return Window(as_datetime(span.start), ends_at(span.start, span.end))


def parse_span(text: str, now: datetime) -> Span:
    """Read `YYYY-MM-DD`, `YYYY-MM-DDTHH:MM`, `HH:MM`, or two of them joined by `/`.

    Args:
        text: The value of the argument.
        now: Aware; its zone is that of times with an offset, its day that of bare times.

    Raises:
        ValueError: It is none of these, lies in no usable year, or ends before it starts.
    """
    head, slash, tail = text.strip().partition("/")
    start, has_day = _point(head, now)
    if not slash:
        return Span(start, None, has_day)
    base = as_datetime(start) - MINUTE if is_day(start) else as_datetime(start)
    end, _ = _point(tail, base.replace(tzinfo=now.tzinfo))
    if is_day(start) != is_day(end):
        start = as_datetime(start)
        end = as_datetime(end) if not is_day(end) else datetime.combine(end, time(23, 59))
    if end < start:
        raise ValueError(f"'{text}' ends before it starts")
    return Span(start, None if end == start else end, has_day)


def _point(text: str, now: datetime) -> tuple[When, bool]:
    """(day or time, whether it names a day)."""
    text = text.strip()
    if ":" in text and "-" not in text.partition("+")[0]:
        return _next_time(time.fromisoformat(text.removeprefix("T")), now), False
    if "T" not in text and " " not in text:
        return _usable(date.fromisoformat(text)), True
    moment = datetime.fromisoformat(text).replace(second=0, microsecond=0)
    _usable(moment)
    if moment.tzinfo is not None:
        moment = moment.astimezone(now.tzinfo)
    return moment.replace(tzinfo=None), True


def _next_time(clock: time, now: datetime) -> datetime:
    wall = now.replace(tzinfo=None)
    moment = datetime.combine(wall.date(), clock.replace(second=0, microsecond=0, tzinfo=None))
    return moment if moment > wall else moment + DAY


def _usable(when: When) -> When:
    if when.year not in YEARS:  # far years overflow once zones and rules are added
        raise ValueError(f"the year {when.year} cannot be kept")
    return when
