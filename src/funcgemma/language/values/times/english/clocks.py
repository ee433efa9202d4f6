"""Times on the clock in English: 5pm, half past six, seven thirty, from 2 to 4."""

import re
from typing import Literal

from funcgemma.language.values.times.english.amounts import count_of
from funcgemma.language.values.times.english.patterns import compile_ascii
from funcgemma.language.values.times.model import HOUR, Clock, Token
from funcgemma.language.values.times.numbers import ENGLISH_NUMBERS

_HOURS = {
    word: number
    for word, number in ENGLISH_NUMBERS.items()
    if 1 <= number <= 12 and len(word) > 2 and " " not in word
}
CLOCK_BEGINNINGS = frozenset({*_HOURS, "half", "quarter", "a", "twenty"})

_HOUR = "|".join(sorted(_HOURS, key=len, reverse=True))
_MINUTES = r"(?P<m>five|ten|twenty[- ]five|twenty|quarter|half|[1-5]?[05])"
_SUFFIX = r"\s*(?P<suffix>[ap])\.?\s?m\b\.?"
_PAST = compile_ascii(
    rf"(?:a\s+)?{_MINUTES}(?:\s+minutes)?\s+(?P<side>past|to|after|before|til)\s+"
    rf"(?P<h>{_HOUR}|1[0-2]|[1-9])\b(?![:.]?[0-9])(?:{_SUFFIX})?"
)
_HALF = compile_ascii(rf"half\s+(?P<h>{_HOUR}|1[0-2]|[1-9])\b(?!\s*[:.]?[0-9]|-)")
_SPOKEN = compile_ascii(
    rf"(?P<h>{_HOUR})(?:\s+(?P<m>fifteen|thirty|forty[- ]five))?"
    rf"(?:{_SUFFIX}|\s+(?P<clock>o'clock|sharp))?\b"
)
_DIGITS = compile_ascii(
    rf"(?P<h>[0-9]{{1,2}})(?:[:.](?P<m>[0-5][0-9]))?(?:{_SUFFIX}|\s*(?:o'clock|sharp)\b)"
)
# A number is no hour where something is counted behind it.
_COUNTED = (
    "st|nd|rd|th|percent|dollars?|bucks|euros?|yen|pounds?|degrees?|km|kilo|miles?|people|persons?"
    "|years?|minutes?|mins?|hours?|hrs?|days?|weeks?|months?|points?|stars?|items?|times|kg|mph"
    "|street|avenue|more|other|of"
)
_BARE = compile_ascii(
    rf"(?P<h>[0-9]{{1,2}})(?:\.(?P<m>[0-5][0-9]))?(?![0-9:/.%-]?[0-9]|\s*[%$年月日時分円個人名回件本枚度歳〜]"
    rf"|\s*(?:{_COUNTED})\b)"
)
_BEFORE_HOUR = compile_ascii(r"(?:\b(?:at|around|until|till)(?: about| around)?|@)\s*$")
_MOVED_TO = compile_ascii(
    r"\b(?:move|bump|change|push|reschedule|prepone|postpone|shift|make)\b[^.!?]*\bto\s*$"
)
_BEFORE_DEADLINE = compile_ascii(r"\bby\s*$")
_AFTER_DEADLINE = compile_ascii(r"\s*(?:$|[,.!?]|today|tomorrow|tonight|on\b)")
_OF_DAY = compile_ascii(r"\s+(?:in\s+the\s+(?:morning|afternoon|evening)|at\s+night)\b")
_TO = r"\s*(?:-|to|until|till|and)\s*"
_BETWEEN = compile_ascii(_TO)
_FROM = compile_ascii(r"\b(?:from|between)\s+$")
_SECOND = compile_ascii(
    rf"{_TO}[0-9]{{1,2}}(?::[0-5][0-9])?\b(?![:/.%-]?[0-9]|\s*(?:[$%]|(?:{_COUNTED})\b))"
)
_SECOND_WITH_SUFFIX = compile_ascii(
    rf"[0-9]{{1,2}}(?={_TO}[0-9]{{1,2}}(?:[:.][0-5][0-9])?\s*[ap]\.?m)"
)


def read_spoken_clock(text: str, pos: int, word: str) -> Token | None:
    """Read half past six, half nine, five o'clock, seven thirty, and at seven."""
    if word not in CLOCK_BEGINNINGS:
        return None
    if past := _PAST.match(text, pos):
        return _past(past)
    if half := _HALF.match(text, pos):
        return _token(pos, half.end(), _hour(half["h"]), 30, None)
    match = _SPOKEN.match(text, pos)
    if match is None:
        return None
    said = match["suffix"] or match["clock"] or _BEFORE_HOUR.search(text, max(0, pos - 12), pos)
    minute = count_of(match["m"].replace("-", " ")) if match["m"] else 0
    return _token(pos, match.end(), _hour(match["h"]), minute, match["suffix"]) if said else None


def read_clock(text: str, pos: int) -> Token | None:
    """Read 5pm, 5:30 p.m., 5 o'clock, 10 past six."""
    past = _PAST.match(text, pos)
    if past and not _FROM.search(text, max(0, pos - 10), pos):
        return _past(past)
    match = _DIGITS.match(text, pos)
    if match is None:
        return None
    return _token(pos, match.end(), int(match["h"]), int(match["m"] or 0), match["suffix"])


def read_bare_hour(text: str, pos: int, previous: Token | None) -> Token | None:
    """Read a number that is an hour by what stands around it: at 5, by 5 tomorrow, from 2 to 4."""
    if first := _SECOND_WITH_SUFFIX.match(text, pos):
        return _token(pos, first.end(), int(first[0]), 0, None)
    match = _BARE.match(text, pos)
    if match is None:
        return None
    end, near = match.end(), max(0, pos - 14)
    after_hour = previous is not None and "clock" in previous.slots and previous.free
    said = (
        _BEFORE_HOUR.search(text, near, pos)
        or _OF_DAY.match(text, end)
        or _MOVED_TO.search(text, max(0, pos - 60), pos)
        or (after_hour and previous and _BETWEEN.fullmatch(text, previous.end, pos))
        or (_BEFORE_DEADLINE.search(text, near, pos) and _AFTER_DEADLINE.match(text, end))
        or (_FROM.search(text, near, pos) and _SECOND.match(text, end))
    )
    return _token(pos, end, int(match["h"]), int(match["m"] or 0), None) if said else None


def _past(match: re.Match[str]) -> Token | None:
    word, hour = match["m"], _hour(match["h"])
    minutes = {"quarter": 15, "half": 30}.get(word) or count_of(word.replace("-", " "))
    if match["side"] in ("to", "before", "til"):
        hour, minutes = (hour - 1 or 12), HOUR - minutes
    return _token(match.start(), match.end(), hour, minutes, match["suffix"])


def _hour(text: str) -> int:
    return _HOURS.get(text) or int(text)


def _token(start: int, end: int, hour: int, minute: int, suffix: str | None) -> Token | None:
    if hour > 24 or not 0 <= minute < HOUR or (suffix and hour > 12):
        return None
    half: Literal["am", "pm"] | None = None
    if suffix:
        half = "am" if suffix == "a" else "pm"
    return Token(start, end, {"clock": Clock(hour, minute, suffix=half)}, free=True)
