"""What is kept: a draft, the entry it becomes, and one occurrence of an entry.

Times are what the clock on the wall shows (naive); `zone` says whose wall. A
`date` stands for a whole day, so `start` alone tells whether an entry is all-day.
"""

from dataclasses import dataclass
from datetime import date, datetime

from funcgemma.errors import StoreError

When = date | datetime
YEARS = range(1900, 3000)
"""Years a time may lie in; far ones overflow when zones and rules are added."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What an entry says, before it is kept.

    Attributes:
        description: What it is about; may be empty.
        start: A day, a time, or None for something without a time.
        end: The last day (included) or the time it ends; None = just `start`.
        recurrence: The RRULE of something that returns.
        zone: IANA name or offset of the clock that times refer to; "" = that of the store's user.
        excluded: Starts of occurrences that do not take place.
        uid: The name in other calendars; "" = one is made.
    """

    description: str = ""
    start: When | None = None
    end: When | None = None
    recurrence: str | None = None
    zone: str = ""
    excluded: tuple[When, ...] = ()
    uid: str = ""

    def __post_init__(self) -> None:
        _check(self)

    @property
    def all_day(self) -> bool:
        """It has a day but no time."""
        return self.start is not None and is_day(self.start)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry(Draft):
    """A kept draft.

    Attributes:
        id: Its number in the store, never used twice.
        created: When it was made (UTC).
        updated: When it was last changed (UTC).
        announced: Occurrences up to this moment (UTC) are not announced any more.
    """

    id: int
    created: datetime
    updated: datetime
    announced: datetime


@dataclass(frozen=True, slots=True)
class Occurrence:
    """An entry on one day: the times it has there; None for an entry without a time."""

    entry: Entry
    start: When | None
    end: When | None = None


def is_day(when: When) -> bool:
    """Whether it is a whole day, not a time (a `datetime` is also a `date`)."""
    return not isinstance(when, datetime)


def as_datetime(when: When) -> datetime:
    """A time as it is, a day as its first minute."""
    return when if isinstance(when, datetime) else datetime(when.year, when.month, when.day)


def as_day(when: When) -> date:
    """The day of a time or day."""
    return when.date() if isinstance(when, datetime) else when


def text_of(when: When) -> str:
    """ISO 8601, to the minute unless there are seconds."""
    if isinstance(when, datetime):
        return when.isoformat(timespec="seconds" if when.second else "minutes")
    return when.isoformat()


def _check(draft: Draft) -> None:
    times = [when for when in (draft.start, draft.end) if when is not None]
    if any(isinstance(when, datetime) and when.tzinfo is not None for when in times):
        raise StoreError("a time of an entry must be that of the clock on the wall, without offset")
    if any(when.year not in YEARS for when in times):
        raise StoreError(f"a year lies outside of {YEARS.start} to {YEARS.stop - 1}")
    if draft.start is None:
        if draft.end is not None or draft.recurrence is not None:
            raise StoreError("an entry that ends or returns needs a start")
    elif draft.end is not None:
        if is_day(draft.start) != is_day(draft.end):
            raise StoreError("start and end must both be days or both be times")
        if draft.end < draft.start:
            raise StoreError("an entry cannot end before it starts")
