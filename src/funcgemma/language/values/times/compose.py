"""Turn phrases into time expressions."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from funcgemma.language.values.times.frame import Frame
from funcgemma.language.values.times.joins import Phrase
from funcgemma.language.values.times.lists import habit, is_habit, shared, together
from funcgemma.language.values.times.members import Found, lasting, resolve, this_minute
from funcgemma.language.values.times.model import Amount, TimeExpression
from funcgemma.language.values.times.periods import View
from funcgemma.language.values.times.ranges import (
    between,
    later_clock,
    with_day,
    with_part,
    with_suffix,
)
from funcgemma.language.values.times.text import Plain


class Composer:
    """Builds the expressions of one text.

    Args:
        original: The text as it was written.
        plain: The same text normalised.
        now: The clock.
        day: The day that bare clock times belong to; None = the next such time.
    """

    def __init__(self, original: str, plain: Plain, now: datetime, day: date | None = None) -> None:
        self.original, self.plain, self.now, self.day = original, plain, now, day

    def compose(self, phrase: Phrase) -> list[TimeExpression]:
        """The expression of a phrase; its members one by one where they do not fit together."""
        frames = phrase.frames
        try:
            if phrase.join is None:
                return self._each(frames)
            joined = self._range(frames) if phrase.join == "range" else self._list(frames)
            return [joined] if joined else self._each(frames)
        except (ValueError, OverflowError):
            return []

    def _each(self, frames: list[Frame]) -> list[TimeExpression]:
        found = [(frame, resolve(frame, self._view())) for frame in frames]
        return [self._expression(frame, one) for frame, one in found if one is not None]

    def _view(self, after: date | None = None) -> View:
        return View(self.now, after, self.day)

    def _expression(
        self,
        frame: Frame,
        found: Found,
        parts: tuple[TimeExpression, ...] = (),
        end: int | None = None,
    ) -> TimeExpression:
        start, stop = self.plain.original(frame.start, end or frame.end)
        return TimeExpression(
            start=start,
            end=stop,
            text=self.original[start:stop],
            granularity=found.granularity,
            value=found.value,
            first_day=found.named.isoformat() if found.named else None,
            recurrence=found.recurrence,
            parts=parts,
            shift_minutes=found.shift,
            has_day=frame.has_days,
        )

    def _range(self, frames: list[Frame]) -> TimeExpression | None:
        a, b = frames
        if b.span or b.lasting:
            return self._from_for(a, b)
        a = with_suffix(with_day(a, b), b)
        first = Found("minute", moment=this_minute(self.now)) if a.now else resolve(a, self._view())
        if first is None:
            return None
        second = self._end(a, b, first)
        whole = between(a, first, second) if second else None
        if second is None or whole is None:
            return None
        parts = (self._expression(a, first), self._expression(b, second))
        until = b.end + 2 if self.plain.text.startswith("まで", b.end) else b.end
        return self._expression(a, whole, parts, until)

    def _from_for(self, a: Frame, b: Frame) -> TimeExpression | None:
        """明日から3日間, 2時から1時間."""
        first = Found("minute", moment=this_minute(self.now)) if a.now else resolve(a, self._view())
        amount = b.lasting or b.span or Amount()
        if first is None:
            return None
        if first.moment is not None:
            length = timedelta(minutes=amount.minutes, days=amount.days)
            whole = replace(first, until=first.moment + length)
        elif first.days is not None and not amount.minutes:
            whole = replace(first, granularity="days", days=lasting(first.days.first, amount))
        else:
            return None
        return self._expression(a, whole, (self._expression(a, first),), b.end)

    def _end(self, a: Frame, b: Frame, first: Found) -> Found | None:
        """The second member, seen from the first."""
        if b.clock is None or b.has_days:
            after = first.first if first.days else None
            return resolve(with_part(b, a) if b.clock else b, self._view(after))
        if first.moment is None:
            return None
        return Found("minute", moment=later_clock(a, b, b.clock, first.moment))

    def _list(self, frames: list[Frame]) -> TimeExpression | None:
        frames = shared(frames)
        if is_habit(frames):
            merged = habit(frames)
            found = resolve(merged, self._view())
            return self._expression(merged, found) if found else None
        members: list[tuple[Frame, Found]] = []
        after: date | None = None
        for frame in frames:
            found = resolve(frame, self._view(after))
            if found is None:
                return None
            members.append((frame, found))
            after = found.first if frame.letter else None
        parts = tuple(self._expression(frame, found) for frame, found in members)
        whole = together([found for _, found in members])
        return self._expression(frames[0], whole, parts, frames[-1].end)
