"""The nouns of this package: what is found, and what it is put together from.

A text is read into *tokens* (明日, の is no token, 9時), neighbouring tokens fill
one *frame*, frames joined by から or と become one `TimeExpression`.
"""

from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

Granularity = Literal["now", "minute", "part", "day", "days", "shift"]
Part = Literal["am", "pm", "morning", "noon", "evening", "night", "late"]
Edge = Literal["start", "middle", "end", "early", "mid", "late", "first", "second", "rest", "after"]
Frequency = Literal["MINUTELY", "HOURLY", "DAILY", "WEEKLY", "MONTHLY", "YEARLY"]
Slots = dict[str, Any]

HOUR = 60
DAY = 24 * HOUR


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A stretch of text that names a time.

    Attributes:
        start: Index of the first character in the text it was read from.
        end: Index after the last character.
        text: The characters themselves, as they were written.
        granularity: How exact it is. `now`; `minute` (has a clock time, or counts minutes
            from now); `part` (part of a day without an hour); `day`; `days` (a range of days);
            `shift` (a move by an amount, without a time of its own).
        value: `YYYY-MM-DD`, `YYYY-MM-DDTHH:MM` or `start/end`; the first member's value where
            several days or hours that do not touch are listed; None where nothing is fixed.
        first_day: The named day, or the first one of a range; None when no day is named.
        recurrence: The RRULE; `value` is then the first occurrence.
        parts: The members of a range or a list, each with its own span.
        shift_minutes: The amount of a shift; negative means earlier.
        has_day: A day is fixed by the words themselves (今日, 金曜, 12月3日, 今夜).
    """

    start: int
    end: int
    text: str
    granularity: Granularity
    value: str | None = None
    first_day: str | None = None
    recurrence: str | None = None
    parts: "tuple[TimeExpression, ...]" = ()
    shift_minutes: int | None = None
    has_day: bool = False


class Clock(NamedTuple):
    """A time on the clock as it was said.

    Attributes:
        hour: 0 to 29; 25時 is one o'clock of the next day.
        minute: 0 to 59.
        exact: Nothing is to be guessed about morning and afternoon (06:30, 正午).
        suffix: am or pm said behind the hour, as English does.
    """

    hour: int
    minute: int = 0
    exact: bool = False
    suffix: Literal["am", "pm"] | None = None


class Amount(NamedTuple):
    """A length of time in one of three units; the others are 0."""

    minutes: int = 0
    days: int = 0
    months: int = 0

    @property
    def total(self) -> int:
        """The length in minutes; a month counts as thirty days."""
        return self.minutes + DAY * (self.days + 30 * self.months)


class Every(NamedTuple):
    """How often something returns."""

    frequency: Frequency
    interval: int = 1


class Token(NamedTuple):
    """One word or number with a meaning in time.

    Attributes:
        start: Index of the first character in the normalised text.
        end: Index after the last character.
        slots: What it says: the fields of a frame that it fills.
        weak: Counts only beside another token (あさ, 2026年).
        free: Order does not matter (English: at five tomorrow).
    """

    start: int
    end: int
    slots: Slots
    weak: bool = False
    free: bool = False
