"""Frames that belong together: from one to the other, or one and the other."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from funcgemma.language.values.times.frame import Frame

Join = Literal["range", "list"]

_FUZZ = r"(?:ごろ|頃|ころ|くらい|ぐらい|ちょうど|すぎ|過ぎ)?"
_RANGE = re.compile(
    rf"{_FUZZ}(?:の)?\s*(?:から|〜|-|より|→|\s(?:to|through|thru|until|till)\s|\sand\s)\s*(?:the\s+|の)?"
)
_LIST = re.compile(
    rf"{_FUZZ}\s*(?:と(?:か)?|や|か|・|&|/|または|もしくは|および|\s(?:and|or)\s(?:on\s+|at\s+)?)\s*(?:the\s+)?"
)
_COMMA = re.compile(rf"{_FUZZ}\s*[、,]\s*(?:と|and\s+|or\s+)?")
_HELD = re.compile(r"(?:に|の|、|\s)*(?=\S+\s*(?:だけ))|\s+")
_ONLY = re.compile(r"\s*だけ")
_BETWEEN = re.compile(r"\bbetween\s+(?:the\s+)?$")

_DAY_SLOTS = ("weekdays", "dom", "offset", "named", "week", "month_offset", "month")
_MERGED = frozenset(("weekdays", "letter", "dom", "nth", "month", "clock", "part", "every"))


@dataclass(slots=True)
class Phrase:
    """One expression: a frame, or several with what joins them."""

    frames: list[Frame]
    join: Join | None = None


def read_phrases(text: str, frames: list[Frame]) -> Iterator[Phrase]:
    """Join neighbouring frames; a length of time that nothing stands before is left out."""
    current: Phrase | None = None
    for frame in frames:
        if current is not None:
            since = _since(text, current, frame)
            if since is not None:
                current = Phrase([since])
                continue
            join = _join(text, current, frame)
            if join is not None:
                _add(current, frame, join)
                continue
            yield from _kept(current)
        current = Phrase([frame])
    if current is not None:
        yield from _kept(current)


def _since(text: str, phrase: Phrase, new: Frame) -> Frame | None:
    """今から2時間後, 明日から3日後, 9時から1時間おき: counted from what stands before."""
    last = phrase.frames[-1]
    if phrase.join or text[last.end : new.start].strip() not in ("から", "より"):
        return None
    if last.now and (new.minutes is not None or new.counted):
        return new.changed(start=last.start)
    if new.counted and last.offset is not None and not (last.clock or last.part):
        return new.changed(start=last.start, offset=last.offset + (new.offset or 0))
    if last.clock and new.every and new.every.frequency in ("HOURLY", "MINUTELY"):
        return new.changed(start=last.start, clock=last.clock, part=last.part)
    return None


def _kept(phrase: Phrase) -> Iterator[Phrase]:
    if len(phrase.frames) > 1 or phrase.frames[0].span is None:
        yield phrase


def _join(text: str, phrase: Phrase, new: Frame) -> Join | None:
    last = phrase.frames[-1]
    if new.start - last.end > 16 or phrase.join == "range":
        return None
    if new.span or new.lasting:
        return _join_length(text, phrase, new)
    if phrase.join is None and _RANGE.fullmatch(text, last.end, new.start):
        if text[last.end : new.start].strip() != "and" or _BETWEEN.search(text, 0, last.start):
            return "range" if _can_range(last, new) else None
    return "list" if _can_list(text, last, new) else None


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
    if b.shift is not None or b.now or b.minutes is not None or a.shift is not None:
        return False
    if b.every and not (a.weekdays and b.weekdays):
        return False
    if a.every and not a.clock:
        return bool(a.weekdays and b.weekdays)
    if b.clock:
        return bool(a.clock or a.now or (a.weekdays and b.weekdays)) and not (
            b.has_days and not a.has_days
        )
    if a.clock or a.now or a.minutes is not None:
        return a.now and b.has_days
    if b.has_days:
        return a.has_days
    return a.part is not None and b.part is not None


def _can_list(text: str, a: Frame, b: Frame) -> bool:
    between = text[a.end : b.start]
    strong = _LIST.fullmatch(between) is not None
    if not strong and not _COMMA.fullmatch(between) and between:
        return False
    if any(f.shift is not None or f.now or f.minutes is not None or f.within for f in (a, b)):
        return False
    if a.every or b.every:
        return _mergeable(a, b) or bool(a.every and a.clock and b.clock and not b.has_days)
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


def _mergeable(a: Frame, b: Frame) -> bool:
    """Whether both say on which days something returns: 毎週月曜と木曜, 毎月5日と20日."""
    named = ("weekdays", "dom", "nth")
    return a.filled | b.filled <= _MERGED and any(
        getattr(a, slot) and getattr(b, slot) for slot in named
    )


def _add(phrase: Phrase, new: Frame, join: Join) -> None:
    last = phrase.frames[-1]
    week = bool(last.weekdays and new.weekdays) or join == "list"
    if (last.every or new.every) and week and _mergeable(last, new):
        for frame in reversed(phrase.frames):
            new = _merged(frame, new, join)
        phrase.frames, phrase.join = [new], None
        return
    phrase.join = join
    phrase.frames.append(new)


def _merged(a: Frame, b: Frame, join: Join) -> Frame:
    """One recurring frame out of two."""
    weekdays = a.weekdays + b.weekdays
    if join == "range":
        first, last = a.weekdays[-1], b.weekdays[0]
        weekdays = tuple((first + step) % 7 for step in range((last - first) % 7 + 1))
    return b.changed(
        start=a.start,
        weekdays=tuple(dict.fromkeys(weekdays)),
        dom=tuple(dict.fromkeys(a.dom + b.dom)),
        nth=tuple(dict.fromkeys(a.nth + b.nth)),
        month=b.month or a.month,
        clock=b.clock or a.clock,
        part=b.part or a.part,
        every=a.every or b.every,
    )
