"""Which days a frame names, seen from a clock."""

from collections.abc import Callable
from datetime import date

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
from funcgemma.language.values.times.periods import (
    View,
    month_named,
    period_of,
    single,
    year_of,
)


def days_of(frame: Frame, view: View) -> Days | None:
    """The day or range of days that a frame names; None if it names none or an impossible one.

    Raises:
        ValueError: It lies outside the calendar.
        OverflowError: It lies outside the calendar.
    """
    for slot, resolver in _RESOLVERS:
        if slot in frame.filled:
            days = resolver(frame, view)
            return _whole_week(frame, days.first) if days and frame.whole else days
    return None


def _whole_week(frame: Frame, day: date) -> Days:
    """The week beginning on a day, or the one that it belongs to."""
    return Days(day, plus(day, 6)) if frame.whole == "from" else week_of(day)


def _named(frame: Frame, view: View) -> Days | None:
    days = find_named(frame.named or "", view.after or view.today, year_of(frame, view))
    if days is None or frame.edge != "after":
        return days
    return single(plus(days.last, 1))


def _offset(frame: Frame, view: View) -> Days:
    day = plus(view.today, (frame.offset or 0) + 7 * (frame.week or 0))
    months = (frame.months_on or 0) + (frame.month_offset or 0) + 12 * (frame.year_offset or 0)
    if months:
        day = add_months(day, months)
    return single(day)


def _dom(frame: Frame, view: View) -> Days | None:
    dom, start = frame.dom[0], view.after or view.today
    year = year_of(frame, view)
    if frame.month is not None:
        start = start if year is None else date(year, 1, 1)
        day = day_in_year(start, frame.month, dom)
        return None if day is None or (year is not None and day.year != year) else single(day)
    if frame.month_offset is not None:
        first, last = month_of(*year_month(view.today, frame.month_offset))
        day = plus(first, dom - 1)
        return single(day) if day <= last else None
    day = day_in_month(start, dom)
    return None if day is None else single(day)


def _nth(frame: Frame, view: View) -> Days | None:
    if not frame.weekdays:
        return None
    nth, weekday, today = frame.nth[0], frame.weekdays[0], view.today
    if frame.month is not None or frame.month_offset is not None:
        month = month_named(frame, view)
        day = nth_weekday(month.first.year, month.first.month, nth, weekday)
        return single(day) if day else None
    for months in range(6):
        day = nth_weekday(*year_month(today, months), nth, weekday)
        if day and day >= today:
            return single(day)
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
        return single(plus(week_of(view.today, frame.week).first, weekday))
    if frame.edge in ("start", "end"):
        return _nth(frame.changed(nth=(1 if frame.edge == "start" else -1,)), view) or single(
            next_weekday(view.today, weekday)
        )
    if frame.month is not None or frame.month_offset is not None:
        month = month_named(frame, view)
        return single(next_weekday(plus(month.first, -1), weekday))
    return single(plus(next_weekday(view.after or view.today, weekday), 7 * frame.later))


def _workdays(frame: Frame, view: View) -> Days:
    monday = week_of(view.today, frame.week or 0).first
    return Days(monday, plus(monday, 4))


# The first slot that is filled decides; a weekday beside a date is only a comment.
_RESOLVERS: tuple[tuple[str, Callable[[Frame, View], Days | None]], ...] = (
    ("named", _named),
    ("offset", _offset),
    ("dom", _dom),
    ("nth", _nth),
    ("weekend", _weekend),
    ("weekdays", _weekdays),
    ("workdays", _workdays),
    ("week", period_of),
    ("month", period_of),
    ("month_offset", period_of),
    ("year", period_of),
    ("year_offset", period_of),
    ("edge", period_of),
)
