"""Which time expressions become which argument."""

import re
from dataclasses import dataclass, replace
from datetime import date

from funcgemma.language.values.times import TimeExpression, apply_shift, resolve_time_only
from funcgemma.resolver.embedded.view import View

TIME_KINDS = ("date", "datetime", "rrule")
_RANGE = re.compile(r"から|まで|〜|~|～|-|–|→|\bto\b|\buntil\b|\bthrough\b")
_SAME_CLOCK = re.compile(
    r"(?:同|おな|おんな)じ(?:時間|時刻|じかん)|(?:時間|時刻)[はも]?(?:同じ|そのまま)|"
    r"\bsame (?:time|hour)\b",
    re.IGNORECASE,
)
_CHANGE = re.compile(
    r"変更|変え|ずらし|ずらす|移動|移し|延期|早め|遅ら|リスケ|前倒し|後ろ倒し|move|change|reschedule|push"
)


@dataclass(frozen=True, slots=True)
class TimeChoice:
    """The values of the time arguments of a call.

    Attributes:
        dates: One value a call for x-kind `date` (明日と明後日 gives two).
        datetime: The value for x-kind `datetime`.
        recurrence: The value for x-kind `rrule`.

    Each value stands beside the expression that gave it.
    """

    dates: tuple[tuple[str, TimeExpression], ...] = ()
    datetime: tuple[str, TimeExpression] | None = None
    recurrence: tuple[str, TimeExpression] | None = None


def choose_times(
    view: View,
    *,
    before: str | None = None,
    changes: bool | None = None,
    same_clock: bool = False,
) -> TimeChoice:
    """Pick the times of one call.

    Args:
        view: The utterance or clause.
        before: The datetime that the dialogue is about, if any: anchors 30分遅く and a bare hour.
        changes: Whether the call moves something (3時から4時に then means 4時); None = as the
            words say.
        same_clock: Whether a day alone means that day at the hour of `before`; also where the
            words say so (日曜の同じ時間に).
    """
    if not view.times:
        return TimeChoice()
    if changes is None:
        changes = bool(_CHANGE.search(view.text))
    times = _corrected(view)
    repeats = next((t for t in times if t.recurrence), None)
    moment = _datetime(view, times, before, changes)
    if moment and before and (same_clock or _SAME_CLOCK.search(view.text)):
        moment = _at_clock_of(before, *moment)
    return TimeChoice(
        dates=_dates(view, times),
        datetime=moment,
        recurrence=(repeats.recurrence or "", repeats) if repeats else None,
    )


def _corrected(view: View) -> list[TimeExpression]:
    """Without what the speaker took back: 明日、いや明後日 means 明後日."""
    times = list(view.times)
    kept: list[TimeExpression] = []
    for i, time in enumerate(times):
        if i + 1 < len(times):
            between = view.text[time.end : times[i + 1].start]
            if CORRECTION.search(between):
                if time.has_day == times[i + 1].has_day:
                    continue
                time = _day_of(time, times[i + 1])
        kept.append(time)
    return kept


def _day_of(time: TimeExpression, after: TimeExpression) -> TimeExpression:
    """The day alone, if only its hour was taken back: 明日の10時に、やっぱ11時に."""
    if time.granularity != "minute" or after.granularity != "minute" or not time.first_day:
        return time
    return replace(time, granularity="day", value=time.first_day)


def _at_clock_of(before: str, value: str, time: TimeExpression) -> tuple[str, TimeExpression]:
    """A day with the hour of an earlier moment."""
    clock = before[10:16]
    if time.granularity != "day" or len(value) != len("2026-05-13") or not clock.startswith("T"):
        return value, time
    return value + clock, time


CORRECTION = re.compile(
    r"じゃなく|ではなく|じゃない|でなく|やっぱ|いや[、,\s]|、いや$|違う|違った|ちがう|ちゃう|訂正|間違え|"
    r"失礼|待って|ごめん|もとい|、あ[、,]|"
    r"\bno\b|\bI mean\b|\bactually\b|\bsorry\b|\brather\b|\bwait\b|\bscratch that\b|"
    r"\bmake (?:it|that)\b",
    re.IGNORECASE,
)


def _dates(view: View, times: list[TimeExpression]) -> tuple[tuple[str, TimeExpression], ...]:
    named = [time for time in times if time.first_day]
    if not named:
        return ()
    first = named[0]
    parts = [part for part in first.parts if part.first_day]
    if len(parts) > 1 and not _RANGE.search(view.text[parts[0].start : parts[-1].start]):
        return tuple((part.first_day or "", part) for part in parts)
    return ((first.first_day or "", first),)


def _datetime(
    view: View, times: list[TimeExpression], before: str | None, changes: bool
) -> tuple[str, TimeExpression] | None:
    shifts = [
        time for time in times if time.granularity == "shift" and time.shift_minutes is not None
    ]
    if shifts and before:
        return apply_shift(before, shifts[0].shift_minutes or 0), shifts[0]
    valued = [time for time in times if time.value]
    if not valued:
        return None
    if changes:
        chosen = valued[-1]
        if len(chosen.parts) == 2 and "まで" not in view.text[chosen.start : chosen.end + 2]:
            chosen = chosen.parts[-1]
        valued = [*valued[:-1], chosen]
        return _anchored(valued, chosen, before)
    clock = [time for time in valued if time.granularity == "minute"]
    return _anchored(valued, clock[0] if clock else valued[0], before)


def _anchored(
    valued: list[TimeExpression], chosen: TimeExpression, before: str | None
) -> tuple[str, TimeExpression]:
    """Give a bare hour the day that stands elsewhere in the utterance or the dialogue."""
    value = chosen.value or ""
    if chosen.granularity != "minute" or chosen.has_day or chosen.recurrence:
        return value, chosen
    relative = "/" not in value and re.search(r"後|たったら|経ったら|\bin\b", chosen.text)
    days = [time.first_day for time in valued if time.first_day and time is not chosen]
    day = days[0] if days else before[:10] if before else None
    if relative or not day:
        return value, chosen
    return resolve_time_only(chosen, date.fromisoformat(day)), replace(chosen, has_day=True)
