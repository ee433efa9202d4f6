"""When something returns: the starts of a draft's occurrences, on its own wall clock."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, time, timedelta
from itertools import islice, takewhile
from typing import TypeVar

from dateutil.rrule import rrulebase, rrulestr

from funcgemma.errors import StoreError
from funcgemma.functions.reminders.entries import YEARS, Draft, When, as_datetime
from funcgemma.functions.reminders.rules import HINT, NEVER, check_rule, parts_of
from funcgemma.functions.reminders.when import new_end
from funcgemma.functions.reminders.zones import between_zones, load_zone

LIMIT = 1000
"""The most occurrences of one entry that a single question gives."""
FIRST_HOUR = time(9)
"""Where something that returns by the hour begins when only a day was named."""
Kept = TypeVar("Kept", bound=Draft)
EARLIEST = datetime(YEARS.start, 1, 1)
JOINER = "\u200d"
SUBDAILY = ("MINUTELY", "HOURLY")
_STEPS = {
    "MINUTELY": timedelta(minutes=1),
    "HOURLY": timedelta(hours=1),
    "DAILY": timedelta(days=1),
    "WEEKLY": timedelta(weeks=1),
}


def is_subdaily(rule: str) -> bool:
    """Whether it returns by hours or minutes."""
    return parts_of(rule)["FREQ"] in SUBDAILY


def starts(draft: Draft, first: datetime, after: datetime, limit: int = LIMIT) -> tuple[When, ...]:
    """The starts from `first` up to, not including, `after`; the earliest `limit` of them."""
    inside = takewhile(lambda when: as_datetime(when) < after, _from(draft, first))
    return tuple(islice(inside, limit))


def next_start(draft: Draft, moment: datetime) -> When | None:
    """The first start at or after a moment of the draft's wall clock."""
    return next(_from(draft, moment), None)


def checked(draft: Kept) -> Kept:
    """The draft as it is kept: one line of text, its rule in one spelling, from the first time on.

    Raises:
        StoreError: The zone or the rule is unusable, or the rule never takes place.
    """
    load_zone(draft.zone)
    draft = replace(draft, description=_one_line(draft.description))
    if draft.recurrence is None or draft.start is None:
        return draft
    rule = check_rule(draft.recurrence)
    draft = _with_clock(replace(draft, recurrence=rule))
    try:
        first = next(_all(draft, EARLIEST), None)
    except (ValueError, OverflowError) as error:
        raise StoreError(f"the recurrence '{rule}' cannot be used: {error}", HINT) from error
    if first is None:
        raise StoreError(f"the recurrence '{rule}' {NEVER} from {draft.start} on", HINT)
    return moved(draft, first)


def moved(draft: Kept, start: When) -> Kept:
    """The same at another start, as long as before."""
    return replace(draft, start=start, end=new_end(draft.start, draft.end, start))


def until_of(text: str, draft: Draft) -> str:
    """UNTIL on the draft's wall clock; a bare day ends with its last second."""
    if draft.all_day:
        return text[:8]
    if len(text) == 8:
        return f"{text}T235959"
    if not text.endswith("Z"):
        return text
    wall = between_zones(datetime.strptime(text, "%Y%m%dT%H%M%SZ"), "+00:00", draft.zone)
    return f"{wall:%Y%m%dT%H%M%S}"


def _from(draft: Draft, first: datetime) -> Iterator[When]:
    """All starts at or after a moment, in order, without the excluded ones."""
    if draft.start is None:
        return iter(())
    if draft.recurrence is None:
        return iter((draft.start,) if as_datetime(draft.start) >= first else ())
    excluded = frozenset(draft.excluded)
    return (when for when in _all(draft, first) if when not in excluded)


def _all(draft: Draft, first: datetime) -> Iterator[When]:
    day = draft.all_day
    for moment in _rule(draft, first).xafter(first, inc=True):
        yield moment.date() if day else moment


def _rule(draft: Draft, first: datetime) -> rrulebase:
    """The rule for all starts from `first` on; earlier ones may be missing."""
    assert draft.start is not None and draft.recurrence is not None
    parts = parts_of(draft.recurrence)
    if "UNTIL" in parts:
        parts["UNTIL"] = until_of(parts["UNTIL"], draft)
    text = ";".join(f"{name}={value}" for name, value in parts.items())
    return rrulestr(text, dtstart=_anchor(as_datetime(draft.start), parts, first))


def _anchor(start: datetime, parts: dict[str, str], first: datetime) -> datetime:
    """The start moved by whole steps to shortly before `first`, so that old rules stay fast."""
    step = _STEPS.get(parts["FREQ"])
    if step is None or "COUNT" in parts:
        return start
    step *= int(parts.get("INTERVAL", 1))
    return start + max((first - start) // step - 1, 0) * step


def _with_clock(draft: Kept) -> Kept:
    """A day whose rule names hours gets a time."""
    assert draft.start is not None and draft.recurrence is not None
    parts = parts_of(draft.recurrence)
    by_clock = parts["FREQ"] in SUBDAILY or "BYHOUR" in parts or "BYMINUTE" in parts
    if not (by_clock and draft.all_day):
        return draft
    start = datetime.combine(draft.start, time() if "BYHOUR" in parts else FIRST_HOUR)
    return replace(draft, start=start, end=None, excluded=())


def _one_line(text: str) -> str:
    """Without what a database or a terminal chokes on; the joiner inside emoji stays."""
    kept = (char if char.isprintable() or char == JOINER else " " for char in text)
    return " ".join("".join(kept).split())
