"""What an utterance says about time beside the new value: the old time, and what was left unsaid.

The router exposes the times of 3時の会議を4時に変更 as mentions. The one that
is the argument tells whether the new value names a day or only a time of day;
one that no argument uses names the entry that is meant.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from funcgemma.functions.reminders.entries import is_day
from funcgemma.functions.reminders.when import Span, parse_span
from funcgemma.language.values.times import TimeExpression, find_times, resolve_time_only
from funcgemma.records import Mention

KINDS = ("date", "datetime")
_SOME_OTHER_DAY = date(2000, 1, 3)


@dataclass(frozen=True, slots=True)
class Said:
    """Times named in the utterance.

    Attributes:
        has_day: Whether the new value names a day; None when the words are not known.
        day: A day said apart from the new time of day; it may be that of the entry.
        old: When the meant entry takes place now; None if not said.
        old_clock: Its time of day, when the words name no day.
        shift_minutes: By how much to move, when no new time was named (30分遅らせて).
    """

    has_day: bool | None = None
    day: Span | None = None
    old: Span | None = None
    old_clock: time | None = None
    shift_minutes: int | None = None


def read_said(mentions: Sequence[Mention], value: str | None, now: datetime) -> Said:
    """Read the mentions of the newest utterance.

    Args:
        mentions: What the router found.
        value: The `datetime` argument of the call.
        now: The clock against which words are read.
    """
    times = [m for m in mentions if m.kind in KINDS and m.turn == -1]
    free = [m for m in times if m.argument is None and m.value != value]
    old, clock = _old(free, now)
    return Said(
        has_day=_names_day(times, value, now),
        day=_day_apart(times, value, now),
        old=old,
        old_clock=clock,
        shift_minutes=_shift(mentions, now) if value is None else None,
    )


def _names_day(times: Sequence[Mention], value: str | None, now: datetime) -> bool | None:
    """Whether the words of the new value fix a day, so that the entry's own is not kept."""
    own = [m for m in times if m.value == value] or [m for m in times if _is_argument(m)]
    found = _expression(own[0].text, now) if value and len(own) == 1 else None
    return None if found is None else _fixes_day(found)


def _day_apart(times: Sequence[Mention], value: str | None, now: datetime) -> Span | None:
    """明日 in 明日の会議を4時に, where the argument was put together from both."""
    apart = (_span(m.value, now) for m in times if _is_argument(m) and m.value != value)
    return next((span for span in apart if span is not None and is_day(span.start)), None)


def _fixes_day(found: TimeExpression) -> bool:
    if found.has_day or found.value is None:
        return True
    return resolve_time_only(found, _SOME_OTHER_DAY) == found.value  # 30分後 does, 3時 does not


def _old(free: Sequence[Mention], now: datetime) -> tuple[Span | None, time | None]:
    """(the days or times, the time of day) that stand for the entry."""
    days: Span | None = None
    clock: time | None = None
    for mention in free:
        span = _span(mention.value, now)
        if span is None:
            continue
        found = _expression(mention.text, now)
        if isinstance(span.start, datetime) and found is not None and not _fixes_day(found):
            clock = clock or span.start.time()
        elif days is None:
            days = span
    if days is not None and clock is not None and is_day(days.start) and days.end is None:
        return Span(datetime.combine(days.start, clock)), None
    return days, clock


def _shift(mentions: Sequence[Mention], now: datetime) -> int | None:
    found = (_expression(mention.text, now) for mention in mentions if mention.turn == -1)
    return next((f.shift_minutes for f in found if f is not None and f.shift_minutes), None)


def _span(value: object, now: datetime) -> Span | None:
    try:
        return parse_span(value, now) if isinstance(value, str) else None
    except ValueError:
        return None


def _expression(text: str, now: datetime) -> TimeExpression | None:
    """The one time that a text speaks of."""
    found = find_times(text, now)
    return found[0] if len(found) == 1 else None


def _is_argument(mention: Mention) -> bool:
    return mention.argument is not None and mention.argument.endswith(".datetime")
