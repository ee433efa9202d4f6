"""What returns, said apart from its days: 火曜と木曜の18時、練習を毎週たのむ."""

import re

from funcgemma.language.values.times.frame import Frame
from funcgemma.language.values.times.joins import Phrase, mergeable
from funcgemma.language.values.times.phrases import merged

# 毎週 as an order, not as talk (毎日眠い): it ends the clause, or goes on with what to do.
_ORDER = re.compile(
    r"\s*(?:$|[、。,.!?！？]|で(?!す)|に(?!な)|ね|お願|頼|たの|よろ|リマインド|通知|知らせ|入れ|教え"
    r"|登録|please\b|pls\b|thanks\b)"
)
_FARTHEST = 40
_DAYS = frozenset({"weekdays", "letter", "clock", "part", "month", "dom", "nth", "named"})


def with_habits(text: str, phrases: list[Phrase]) -> list[Phrase]:
    """Give the days that are named alone the 毎週 that stands behind them, and the other way."""
    for index in range(1, len(phrases)):
        lone, days = phrases[index].frames[0], phrases[index - 1]
        if lone.filled != {"every"} or not _ORDER.match(text, lone.end):
            continue
        whole = _whole(days)
        if whole and lone.start - whole.end <= _FARTHEST and _fits(whole, lone):
            habit = whole.changed(every=lone.every)
            again = habit.changed(start=lone.start)
            again.end = lone.end
            phrases[index - 1 : index + 1] = [Phrase([habit]), Phrase([again])]
    return phrases


def _whole(phrase: Phrase) -> Frame | None:
    """The one frame of a phrase, or of a list of days."""
    first, *others = phrase.frames
    if phrase.join == "range":
        return None
    for frame in others:
        if not mergeable(first, frame):
            return None
        first = merged(first, frame, "list")
    return first


def _fits(days: Frame, lone: Frame) -> bool:
    """Whether days of this kind return so often: weekdays weekly, dates by the month or year."""
    filled = days.filled
    if not filled <= _DAYS or lone.every is None:
        return False
    match lone.every.frequency:
        case "WEEKLY":
            return bool(days.weekdays) and filled.isdisjoint(("month", "dom", "nth", "named"))
        case "MONTHLY":
            return bool(days.dom or (days.nth and days.weekdays)) and days.month is None
        case "YEARLY":
            return days.named is not None or (days.month is not None and bool(days.dom))
        case "DAILY":
            return days.clock is not None and filled <= {"clock", "part"}
    return False
