"""Which days and which time a frame names, seen from a clock."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from funcgemma.language.values.times.days import (
    SATURDAY,
    Days,
    add_months,
    day_in_month,
    day_in_year,
    month_of,
    next_weekday,
    nth_weekday,
    plus,
    week_of,
    year_month,
)
from funcgemma.language.values.times.frame import Frame
from funcgemma.language.values.times.holidays import find_named
from funcgemma.language.values.times.model import DAY, HOUR, Clock, Part

_NOON = 12


@dataclass(frozen=True, slots=True)
class View:
    """From where a frame is read.

    Attributes:
        now: The clock.
        after: The day of the member before it in a range; days are looked for from there.
        day: The day a bare clock time belongs to; None = the next such time.
    """

    now: datetime
    after: date | None = None
    day: date | None = None

    @property
    def today(self) -> date:
        """The day of the clock."""
        return self.now.date()


def days_of(frame: Frame, view: View) -> Days | None:
    """The day or range of days that a frame names; None if it names none or an impossible one.

    Raises:
        ValueError: It lies outside the calendar.
        OverflowError: It lies outside the calendar.
    """
    for slot, resolver in _RESOLVERS:
        if slot in frame.filled:
            return resolver(frame, view)
    return None


def minute_of(clock: Clock, part: Part | None) -> int:
    """Minutes after midnight of a time as it was said; 1440 and more are the next day."""
    part = clock.suffix or part
    if clock.exact:
        return clock.hour * HOUR + clock.minute
    return _hour(clock.hour, part) * HOUR + clock.minute


def _hour(hour: int, part: Part | None) -> int:
    """The hour on the 24-hour clock; what is said without a part of the day is a guess for 1 to 6."""
    if hour > _NOON:
        return hour
    if part == "night":
        return hour + 24 if hour < 5 else 24 if hour == _NOON else hour + _NOON
    if part == "late":
        return hour if hour < 7 else hour + _NOON
    if part == "am":
        return hour % _NOON
    if part in ("pm", "evening"):
        return hour % _NOON + _NOON
    afternoon = (part is None or part == "noon") and 1 <= hour <= 6
    return hour + _NOON if afternoon else hour


def at(day: date, minute: int) -> datetime:
    """A day and minutes after its midnight as a naive time.

    Raises:
        OverflowError: It lies outside the calendar.
    """
    return datetime(day.year, day.month, day.day) + timedelta(minutes=minute)


def next_time(minute: int, now: datetime) -> datetime:
    """The next time after now that the clock shows so many minutes after midnight."""
    local = now.replace(tzinfo=None)
    today = at(local.date(), minute % DAY)
    return today if today > local else today + timedelta(days=1)


def year_of(frame: Frame, view: View) -> int | None:
    """The year a frame names."""
    if frame.year is not None:
        return frame.year
    return None if frame.year_offset is None else view.today.year + frame.year_offset


def _named(frame: Frame, view: View) -> Days | None:
    days = find_named(frame.named or "", view.after or view.today, year_of(frame, view))
    if days is None or frame.edge != "after":
        return days
    return _single(plus(days.last, 1))


def _offset(frame: Frame, view: View) -> Days:
    day = plus(view.today, (frame.offset or 0) + 7 * (frame.week or 0))
    months = (frame.months_on or 0) + (frame.month_offset or 0) + 12 * (frame.year_offset or 0)
    if months:
        day = add_months(day, months)
    return _single(day)


def _dom(frame: Frame, view: View) -> Days | None:
    dom, start = frame.dom[0], view.after or view.today
    year = year_of(frame, view)
    if frame.month is not None:
        start = start if year is None else date(year, 1, 1)
        day = day_in_year(start, frame.month, dom)
        return None if day is None or (year is not None and day.year != year) else _single(day)
    if frame.month_offset is not None:
        first, last = month_of(*year_month(view.today, frame.month_offset))
        day = plus(first, dom - 1)
        return _single(day) if day <= last else None
    day = day_in_month(start, dom)
    return None if day is None else _single(day)


def _nth(frame: Frame, view: View) -> Days | None:
    if not frame.weekdays:
        return None
    nth, weekday, today = frame.nth[0], frame.weekdays[0], view.today
    if frame.month is not None or frame.month_offset is not None:
        month = _month(frame, view)
        day = nth_weekday(month.first.year, month.first.month, nth, weekday)
        return _single(day) if day else None
    for months in range(6):
        day = nth_weekday(*year_month(today, months), nth, weekday)
        if day and day >= today:
            return _single(day)
    return None


def _weekend(frame: Frame, view: View) -> Days:
    week = week_of(view.today, frame.week or 0)
    saturday = plus(week.first, SATURDAY)
    if frame.week is None and view.today > saturday:
        saturday = plus(saturday, 7)
    return Days(saturday, plus(saturday, 1))


def _weekdays(frame: Frame, view: View) -> Days:
    weekday = frame.weekdays[0]
    if frame.week is not None:
        return _single(plus(week_of(view.today, frame.week).first, weekday))
    if frame.month is not None or frame.month_offset is not None:
        month = _month(frame, view)
        return _single(next_weekday(plus(month.first, -1), weekday))
    return _single(next_weekday(view.after or view.today, weekday))


def _workdays(frame: Frame, view: View) -> Days:
    monday = week_of(view.today, frame.week or 0).first
    return Days(monday, plus(monday, 4))


def _month(frame: Frame, view: View) -> Days:
    """The month a frame names: in its year, or the next that is not over."""
    if frame.month_offset is not None:
        return month_of(*year_month(view.today, frame.month_offset))
    start, month = view.after or view.today, frame.month or 1
    year = year_of(frame, view)
    if year is None:
        year = start.year + (month < start.month)
    return month_of(year, month)


def _period(frame: Frame, view: View) -> Days | None:
    """A week, month or year as a whole or by one of its edges."""
    if frame.week is not None:
        whole, halves = week_of(view.today, frame.week), 3
    elif frame.month is not None or frame.month_offset is not None:
        whole, halves = _month(frame, view), 15
    elif (year := year_of(frame, view)) is not None:
        whole, halves = Days(date(year, 1, 1), date(year, 12, 31)), 181
        if frame.fiscal:
            whole = Days(date(year, 4, 1), date(year + 1, 3, 31))
    else:
        return _next_edge(frame, view.today)
    return whole if frame.edge is None else _edge(whole, frame.edge, halves, view.today)


def _next_edge(frame: Frame, today: date) -> Days | None:
    """月末, 上旬 … without a month: the next that is not over."""
    for months in range(2):
        month = month_of(*year_month(today, months))
        days = _edge(month, frame.edge or "end", 15, today)
        if days.last >= today:
            return days
    return None


def _edge(whole: Days, edge: str, half: int, today: date) -> Days:
    first, last = whole
    middle = plus(first, half - 1)
    edges = {
        "start": (0, 0),
        "middle": (half - 1, half - 1),
        "early": (0, 9),
        "mid": (10, 19),
        "first": (0, half - 1),
    }
    if edge in edges:
        a, b = edges[edge]
        return Days(plus(first, a), plus(first, b))
    if edge == "end":
        return _single(last)
    if edge == "after":
        return _single(plus(last, 1))
    if edge == "rest":
        return Days(max(first, today), last) if last >= today else whole
    return Days(plus(first, 20) if edge == "late" else plus(middle, 1), last)


def _single(day: date) -> Days:
    return Days(day, day)


# The first slot that is filled decides; a weekday beside a date is only a comment.
_RESOLVERS: tuple[tuple[str, Callable[[Frame, View], Days | None]], ...] = (
    ("named", _named),
    ("offset", _offset),
    ("dom", _dom),
    ("nth", _nth),
    ("weekend", _weekend),
    ("weekdays", _weekdays),
    ("workdays", _workdays),
    ("week", _period),
    ("month", _period),
    ("month_offset", _period),
    ("year", _period),
    ("year_offset", _period),
    ("edge", _period),
)
