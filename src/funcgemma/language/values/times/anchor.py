"""Values that need the dialogue: a bare hour on another day, a day with another hour, a move."""

import re
from datetime import date, datetime, timedelta

from funcgemma.language.values.times.find import phrases_of, read_times
from funcgemma.language.values.times.model import TimeExpression

_RELATIVE = frozenset(("minutes", "within", "lasting", "now", "shift"))


def resolve_time_only(expr: TimeExpression, day: date) -> str:
    """The value of a bare clock time (9時, 3時から4時) on a day that was named before.

    What fixes its own day (明日9時, 30分後, 毎朝7時) keeps its value; what has no time at all
    (朝) gives the day.
    """
    if expr.has_day or expr.recurrence or _is_relative(expr):
        return expr.value or day.isoformat()
    if expr.value is None or "T" not in expr.value:
        return day.isoformat()
    again = read_times(expr.text, datetime(day.year, day.month, day.day), day)
    said = again[0].value if len(again) == 1 else None
    if said and _clocks(said) == _clocks(expr.value):
        return said
    return _moved(expr.value, day)


def resolve_day_only(expr: TimeExpression, time_hhmm: str) -> str:
    """The value of a named day with a time (`HH:MM`) that was said before.

    An expression with a clock time of its own, or without a day, keeps its value; without a
    value it is the time alone.
    """
    if expr.value is None:
        return time_hhmm
    if "T" in expr.value:
        return expr.value
    return f"{expr.value.partition('/')[0]}T{time_hhmm}"


def apply_shift(previous_value: str, minutes: int) -> str:
    """Move a value by minutes; a date moves only by whole days, a range with both its ends."""
    return "/".join(_shifted(end, minutes) for end in previous_value.split("/"))


def _shifted(value: str, minutes: int) -> str:
    try:
        if "T" in value:
            moment = datetime.fromisoformat(value) + timedelta(minutes=minutes)
            return moment.isoformat(timespec="minutes")
        whole = int(minutes / (24 * 60))
        return (date.fromisoformat(value) + timedelta(days=whole)).isoformat()
    except (ValueError, OverflowError):
        return value


def _is_relative(expr: TimeExpression) -> bool:
    frames = [frame for phrase in phrases_of(expr.text) for frame in phrase.frames]
    return any(not _RELATIVE.isdisjoint(frame.filled) for frame in frames)


def _clocks(value: str) -> list[str]:
    return re.findall("T([0-9:]+)", value)


def _moved(value: str, day: date) -> str:
    """The same times with the first on the given day."""
    moments = [datetime.fromisoformat(end) for end in value.split("/")]
    step = datetime(day.year, day.month, day.day) - datetime.combine(
        moments[0].date(), datetime.min.time()
    )
    return "/".join((moment + step).isoformat(timespec="minutes") for moment in moments)
