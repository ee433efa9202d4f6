"""Which days a weather question is about, and whether there is a forecast for them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from funcgemma.errors import Unavailable
from funcgemma.functions.sources.forecast import HORIZON_DAYS
from funcgemma.records import Mention

SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Days:
    """The days to show, both ends included.

    Attributes:
        first: First day.
        last: Last day.
        complete: Whether these are all days that were asked for.
    """

    first: date
    last: date
    complete: bool = True


def days_of(
    kind: str, said: str | None, user: datetime, local: datetime, mentions: Iterable[Mention] = ()
) -> Days:
    """The days of a question.

    Args:
        kind: hourly, daily or weekly.
        said: The date argument; None = from today on.
        user: Now, where the user is.
        local: Now, where the place is: the other side of the world has another today.
        mentions: What the router found in the utterance; a range that starts on the date
            says where a weekly question ends.

    Raises:
        Unavailable: With reason bad_date, past or too_far.
    """
    today, newest = local.date(), local.date() + timedelta(days=HORIZON_DAYS - 1)
    first = parse(said) if said else today
    last = _last_day(first, said or "", mentions) if kind == "weekly" else first
    earliest = today if kind == "weekly" else min(today, user.date())
    if last < earliest:
        raise Unavailable(f"{last} is over", "past", "ask about today or later")
    if first > newest:
        raise Unavailable(f"{first} lies too far ahead", "too_far", f"ask about {newest} at most")
    # The first days of 今週 are over by Wednesday, and the end of next week may be too far.
    shown = (max(first, earliest), min(last, newest))
    return Days(*shown, complete=shown == (first, last))


def parse(said: str) -> date:
    """The day of an ISO date, date-time or range (its first day).

    Raises:
        Unavailable: With reason bad_date.
    """
    try:
        return date.fromisoformat(said.strip()[:10])
    except ValueError as error:
        raise Unavailable(f"'{said}' is not a date", "bad_date", "write YYYY-MM-DD") from error


def _last_day(first: date, said: str, mentions: Iterable[Mention]) -> date:
    values = [said, *(m.value for m in mentions if isinstance(m.value, str))]
    for value in values:
        start, slash, end = value.partition("/")
        if slash and start[:10] == first.isoformat():
            try:
                return max(first, date.fromisoformat(end[:10]))
            except ValueError:
                continue
    # Without a range a Saturday stands for the weekend, every other day for a week.
    return first + timedelta(days=1 if first.weekday() == SATURDAY else 6)
