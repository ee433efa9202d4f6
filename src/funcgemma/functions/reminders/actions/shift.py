"""The new times of an entry: what was not said stays as it was."""

from datetime import datetime, time, timedelta

from funcgemma.functions.reminders.actions.rule_days import CODES
from funcgemma.functions.reminders.entries import (
    Draft,
    Occurrence,
    When,
    as_datetime,
    as_day,
    is_day,
)
from funcgemma.functions.reminders.rules import parts_of
from funcgemma.functions.reminders.when import DAY, Span, new_end

LAST_MINUTE = time(23, 59)
_DAYS = {"BYDAY", "BYMONTHDAY", "BYMONTH", "BYYEARDAY", "BYWEEKNO", "BYSETPOS"}


def new_times(found: Occurrence, span: Span, keep_day: bool) -> Span:
    """Where an occurrence goes.

    Args:
        found: Where it is now.
        span: What was said.
        keep_day: Only a time of day was said.

    Returns:
        Its new start and end: as long as before unless a range was said, with the old time of
        day where only a day was said.
    """
    if found.start is None:
        return Span(span.start, span.end)
    start = _on_day(span.start, as_day(found.start)) if keep_day else span.start
    if span.end is not None:
        length = as_datetime(span.end) - as_datetime(span.start)
        return Span(start, as_datetime(start) + length if not is_day(start) else span.end)
    if is_day(start) and isinstance(found.start, datetime):
        start = datetime.combine(start, found.start.time())
    return Span(start, _end(found, start))


def shifted(found: Occurrence, minutes: int) -> Span | None:
    """An occurrence moved by some minutes; None for less than a day of a whole day."""
    if found.start is None:
        return None
    step = timedelta(minutes=minutes)
    if is_day(found.start):
        step = int(step / DAY) * DAY
        if not step:
            return None
    try:
        return new_times(found, Span(found.start + step), keep_day=False)
    except OverflowError:
        return None


def moved_exclusions(draft: Draft, start: When) -> tuple[When, ...]:
    """The excluded occurrences of something that returns, when it starts at another time."""
    if draft.start is None:
        return ()
    days = as_day(start) - as_day(draft.start)
    moved_days = [as_day(when) + days for when in draft.excluded]
    if not isinstance(start, datetime):
        return tuple(moved_days)
    return tuple(datetime.combine(day, start.time()) for day in moved_days)


def moved_rule(rule: str, old: When, new: When) -> str | None:
    """The rule of a series whose first time moves; None where it names days that would not fit."""
    parts = parts_of(rule)
    if as_day(old) == as_day(new) or not _DAYS & parts.keys():
        return rule
    weekday, month_day = CODES[old.weekday()], str(old.day)
    if _DAYS & parts.keys() == {"BYDAY"} and parts["BYDAY"] == weekday:
        parts["BYDAY"] = CODES[new.weekday()]
    elif _DAYS & parts.keys() == {"BYMONTHDAY"} and parts["BYMONTHDAY"] == month_day:
        parts["BYMONTHDAY"] = str(new.day)
    else:
        return None
    return ";".join(f"{name}={value}" for name, value in parts.items())


def _on_day(when: When, day: When) -> When:
    return datetime.combine(day, when.time()) if isinstance(when, datetime) else when


def _end(found: Occurrence, start: When) -> When | None:
    if found.start is None or found.end is None:
        return None
    if is_day(found.start) and isinstance(start, datetime):  # whole days get a time
        last = start + (found.end - as_day(found.start))
        return datetime.combine(last, LAST_MINUTE)
    return new_end(found.start, found.end, start)
