"""Times: the model names words, our normaliser computes what they mean."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from funcgemma.data.llm.flaws import Flaw
from funcgemma.data.llm.words import Said, Span, locate, overlaps
from funcgemma.language.values.times import TimeExpression, find_times, resolve_time_only

TIME_KINDS = ("date", "datetime", "rrule")


@dataclass(frozen=True, slots=True)
class Named:
    """A time that was named.

    Attributes:
        time: What the normaliser reads.
        span: Where it stands in the newest utterance; None if it was said before.
    """

    time: TimeExpression
    span: Span | None


def times_of(text: str, now: datetime, taken: Collection[Span] = ()) -> list[TimeExpression]:
    """The times of a text that do not stand inside the words of another argument."""
    return [t for t in find_times(text, now) if not overlaps((t.start, t.end), taken)]


def find_named(words: str, said: Said, taken: Collection[Span]) -> Named | Flaw:
    """The time that words of the dialogue name.

    Args:
        words: As the model gives them.
        said: The dialogue.
        taken: Stretches of the newest utterance that are words of other arguments.
    """
    for turn, text in enumerate((said.text, *said.before)):
        used = () if turn else taken
        place = locate(words.strip(), text, used)
        if place is None:
            continue
        met = [t for t in times_of(text, said.now, used) if overlaps((t.start, t.end), [place])]
        if len(met) != 1:
            return Flaw("time_unreadable", words)
        best = min((met[0], *met[0].parts), key=lambda time: _distance(time, place))
        return Named(best, None if turn else (best.start, best.end))
    return Flaw("ungrounded", words)


def _distance(time: TimeExpression, place: Span) -> int:
    return abs(time.start - place[0]) + abs(time.end - place[1])


def value_of(named: Named, kind: str, said: Said, taken: Collection[Span]) -> str | Flaw:
    """A time as the value of an argument: `date`, `datetime` or `rrule`."""
    time = named.time
    if kind == "date":
        value = time.first_day
    elif kind == "rrule":
        value = time.recurrence
    else:
        return _moment(time, said, taken)
    return value or Flaw("time_unreadable", time.text)


def _moment(time: TimeExpression, said: Said, taken: Collection[Span]) -> str | Flaw:
    """A day, a time or a range; a bare hour belongs to the day that is named elsewhere."""
    if time.value is None:
        return Flaw("time_unreadable", time.text)
    others = [t for t in times_of(said.text, said.now, taken) if not _within(time, t)]
    if time.granularity == "minute" and not time.has_day and not time.recurrence:
        days = _days(others) or next(
            (found for text in said.before if (found := _days(times_of(text, said.now)))), set()
        )
        if len(days) > 1:
            return Flaw("time_unreadable", time.text)
        return resolve_time_only(time, date.fromisoformat(days.pop())) if days else time.value
    if time.granularity == "day" and any(_is_bare_clock(other) for other in others):
        return Flaw("time_left_out", next(t.text for t in others if _is_bare_clock(t)))
    return time.value


def _within(time: TimeExpression, other: TimeExpression) -> bool:
    return time.start < other.end and other.start < time.end


def _days(times: Collection[TimeExpression]) -> set[str]:
    return {time.first_day for time in times if time.first_day}


def _is_bare_clock(time: TimeExpression) -> bool:
    return time.granularity == "minute" and not time.has_day and not time.recurrence
