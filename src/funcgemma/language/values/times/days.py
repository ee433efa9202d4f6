"""Arithmetic on calendar days."""

from calendar import monthrange
from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

WEEK = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
SATURDAY, SUNDAY = 5, 6


class Days(NamedTuple):
    """A range of days, both ends included."""

    first: date
    last: date


def plus(day: date, days: int) -> date:
    """The day so many days on.

    Raises:
        OverflowError: It lies outside the calendar.
    """
    return day + timedelta(days=days)


def add_months(day: date, months: int) -> date:
    """The same day of the month so many months on, or the last one of a shorter month.

    Raises:
        ValueError: It lies outside the calendar.
    """
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def week_of(day: date, weeks: int = 0) -> Days:
    """The Monday-to-Sunday week so many weeks on."""
    monday = plus(day, 7 * weeks - day.weekday())
    return Days(monday, plus(monday, 6))


def month_of(year: int, month: int) -> Days:
    """All days of a month."""
    return Days(date(year, month, 1), date(year, month, monthrange(year, month)[1]))


def next_weekday(day: date, weekday: int) -> date:
    """The first such weekday after a day."""
    return plus(day, (weekday - day.weekday() - 1) % 7 + 1)


def next_weekdays(day: date, weekdays: Sequence[int]) -> date:
    """The first day after `day` that is one of the weekdays."""
    return min(next_weekday(day, weekday) for weekday in weekdays)


def nth_weekday(year: int, month: int, nth: int, weekday: int) -> date | None:
    """The nth such weekday of a month (-1 = the last); None if there is none."""
    first, last = month_of(year, month)
    if nth < 0:
        return plus(last, -((last.weekday() - weekday) % 7))
    day = plus(first, (weekday - first.weekday()) % 7 + 7 * (nth - 1))
    return day if day <= last else None


def day_in_month(start: date, dom: int) -> date | None:
    """The first day on or after `start` that is the dom-th of its month (-1 = the last day)."""
    for months in range(3):
        first, last = month_of(*year_month(start, months))
        day = last if dom < 0 else plus(first, dom - 1)
        if start <= day <= last:
            return day
    return None


def day_in_year(start: date, month: int, dom: int) -> date | None:
    """The first day on or after `start` with that month and day; 29 February waits for its year."""
    for year in range(start.year, start.year + 9):
        if dom <= monthrange(year, month)[1] and (day := date(year, month, dom)) >= start:
            return day
    return None


def year_month(day: date, months: int = 0) -> tuple[int, int]:
    """Year and month so many months on."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return year, month + 1
