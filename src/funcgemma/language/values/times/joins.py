"""Whether two frames belong together: from one to the other, or one and the other."""

import re
from dataclasses import dataclass
from typing import Literal

from funcgemma.language.values.times.frame import Frame

Join = Literal["range", "list"]

_FUZZ = r"(?:ごろ|頃|ころ|くらい|ぐらい|ちょうど|すぎ|過ぎ)?"
_RANGE = re.compile(
    rf"{_FUZZ}の?\s*(?:から|〜|-|より|→|\s(?:to|through|thru|until|till|and)\s)\s*(?:the\s+|の)?"
)
_LIST = re.compile(
    rf"{_FUZZ}\s*(?:とか?|や|か|・|&|/|または|もしくは|および"
    r"|\s(?:and|or|n)\s(?:on\s+|at\s+)?)\s*(?:the\s+)?"
)
_COMMA = re.compile(rf"{_FUZZ}\s*[、,]\s*(?:と|and\s+|or\s+)?")
_ONLY = re.compile(r"\s*だけ")
_BETWEEN = re.compile(r"\bbetween\s+(?:the\s+)?$")

_DAY_SLOTS = ("weekdays", "dom", "offset", "named", "week", "month_offset", "month")
_MERGED = frozenset(("weekdays", "letter", "dom", "nth", "month", "clock", "part", "every"))


@dataclass(slots=True)
class Phrase:
    """One expression: a frame, or several with what joins them."""

    frames: list[Frame]
    join: Join | None = None


def join_of(text: str, phrase: Phrase, new: Frame) -> Join | None:
    """How a frame continues a phrase; None if it begins another one."""
    last = phrase.frames[-1]
    if new.start - last.end > 16 or phrase.join == "range":
        return None
    if new.span or new.lasting:
        return _join_length(text, phrase, new)
    if phrase.join is None and _says_range(text, last, new):
        return "range" if _can_range(last, new) else None
    return "list" if _can_list(text, last, new) else None


def _says_range(text: str, a: Frame, b: Frame) -> bool:
    """Whether から or the like stands between; `and` only behind `between`."""
    if _RANGE.fullmatch(text, a.end, b.start) is None:
        return False
    plain = text[a.end : b.start].strip() != "and"
    return plain or _BETWEEN.search(text, max(0, a.start - 16), a.start) is not None


def _join_length(text: str, phrase: Phrase, new: Frame) -> Join | None:
    """明日2時から1時間, at 3 for an hour, 3時に15分だけ."""
    last = phrase.frames[-1]
    if phrase.join or not (last.clock or last.now or last.minutes or last.has_days):
        return None
    if bool(last.clock) != bool(new.span and new.span.minutes) and last.has_days:
        return None
    between = text[last.end : new.start]
    if _RANGE.fullmatch(between) and "and" not in between:
        return "range"
    if new.held and not between.strip():
        return "range"
    only = _ONLY.match(text, new.end)
    return "range" if only and between.strip(" の、に") == "" and last.clock else None


def _can_range(a: Frame, b: Frame) -> bool:
    """Whether the two can be the ends of one range: both days, both times, both parts of a day."""
    if b.shift is not None or b.now or b.minutes is not None or a.shift is not None:
        return False
    if b.every and not (a.weekdays and b.weekdays):
        return False
    if a.every and not a.clock:
        return bool(a.weekdays and b.weekdays)
    if b.clock:
        day_behind = b.has_days and not a.has_days and not (a.free and b.free)
        return bool(a.clock or a.now or (a.weekdays and b.weekdays)) and not day_behind
    if a.clock or a.now or a.minutes is not None:
        return a.now and b.has_days
    if b.has_days:
        return a.has_days
    return a.part is not None and b.part is not None


def _can_list(text: str, a: Frame, b: Frame) -> bool:
    """Whether the two are members of one list; a comma joins only what is of one kind."""
    between = text[a.end : b.start]
    strong = _LIST.fullmatch(between) is not None
    if not strong and not _COMMA.fullmatch(between) and between:
        return False
    if any(f.shift is not None or f.now or f.minutes is not None or f.within for f in (a, b)):
        return False
    if a.every or b.every:
        return mergeable(a, b) or bool(a.every and a.clock and b.clock and not b.has_days)
    if b.clock and not b.has_days:
        return a.clock is not None and between != ""
    if not (a.has_days and b.has_days):
        return False
    alike = any(
        getattr(a, s) not in (None, ()) and getattr(b, s) not in (None, ()) for s in _DAY_SLOTS
    )
    if a.clock or a.part:
        return strong and bool(b.clock or b.part)
    if b.clock or b.part:
        return alike and (strong or between == "")
    return alike or strong


def mergeable(a: Frame, b: Frame) -> bool:
    """Whether both say on which days something returns: 毎週月曜と木曜, 毎月5日と20日."""
    named = ("weekdays", "dom", "nth")
    return a.filled | b.filled <= _MERGED and any(
        getattr(a, slot) and getattr(b, slot) for slot in named
    )
