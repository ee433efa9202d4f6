"""Weeks, months and years, whole or by one of their edges."""

from dataclasses import dataclass
from datetime import date, datetime

from funcgemma.language.values.times.days import Days, month_of, plus, week_of, year_month
from funcgemma.language.values.times.frame import Frame


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


def year_of(frame: Frame, view: View) -> int | None:
    """The year a frame names."""
    if frame.year is not None:
        return frame.year
    return None if frame.year_offset is None else view.today.year + frame.year_offset


def month_named(frame: Frame, view: View) -> Days:
    """The month a frame names: in its year, or the next that is not over."""
    if frame.month_offset is not None:
        return month_of(*year_month(view.today, frame.month_offset))
    start, month = view.after or view.today, frame.month or 1
    year = year_of(frame, view)
    if year is None:
        year = start.year + (month < start.month)
    return month_of(year, month)


def period_of(frame: Frame, view: View) -> Days | None:
    """A week, month or year as a whole or by one of its edges."""
    if frame.week is not None:
        whole, halves = week_of(view.today, frame.week), 3
    elif frame.month is not None or frame.month_offset is not None:
        whole, halves = month_named(frame, view), 15
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
        return single(last)
    if edge == "after":
        return single(plus(last, 1))
    if edge == "rest":
        return Days(max(first, today), last) if last >= today else whole
    return Days(plus(first, 20) if edge == "late" else plus(middle, 1), last)


def single(day: date) -> Days:
    """One day as a range."""
    return Days(day, day)
