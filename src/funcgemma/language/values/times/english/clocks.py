"""Times on the clock in English: 5pm, half past six, seven thirty, from 2 to 4."""

import re
from typing import Literal

from funcgemma.language.values.times.english.amounts import count_of
from funcgemma.language.values.times.english.hours import COUNTED, TO, is_hour, is_spoken_hour
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
    rf"(?P<h>{_HOUR})(?:\s+(?P<m>fifteen|(?:twenty|thirty|forty|fifty)(?:[- ]five)?))?"
    rf"(?:{_SUFFIX}|\s+(?P<clock>o'clock|sharp))?\b"
)
_DIGITS = compile_ascii(
    rf"(?P<h>[0-9]{{1,2}})(?:[:.](?P<m>[0-5][0-9]))?(?:{_SUFFIX}|\s*(?:o'clock|sharp)\b)"
)
_BARE = compile_ascii(
    rf"(?P<h>[0-9]{{1,2}})(?:\.(?P<m>[0-5][0-9]))?(?![0-9:/.%-]?[0-9]|\s*[%$年月日時分円個人名回件本枚度歳〜]"
    rf"|\s*(?:{COUNTED})\b)"
)
_FOUR = compile_ascii(
    r"(?P<h>[01][0-9]|2[0-3])(?P<m>[0-5][0-9])(?P<unit>\s*(?:hours|hrs|h)\b)?(?![0-9:.,/%-]?[0-9])"
)
_DAY_BEFORE = compile_ascii(
    r"(?:day|days|month|tomorrow|tonight|[0-9],|\b(?:mon|tue|wed|thu|fri|sat|sun)),?\s+$"
)
_AT = compile_ascii(r"\bat\s+$")
_TOWARDS = compile_ascii(r"\b(?:for|to|until|till)\s+$")
_ENDS = compile_ascii(r"\s*(?:$|[.,!?;)]|(?:and|on|please|instead|today|tomorrow|tonight)\b)")
_FROM = compile_ascii(r"\b(?:from|between)\s+$")
_SECOND_WITH_SUFFIX = compile_ascii(
    rf"[0-9]{{1,2}}(?={TO}[0-9]{{1,2}}(?:[:.][0-5][0-9])?\s*[ap]\.?m)"
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
    said = match["suffix"] or match["clock"] or is_spoken_hour(text, pos, match.end())
    minute = count_of(match["m"].replace("-", " ")) if match["m"] else 0
    return _token(pos, match.end(), _hour(match["h"]), minute, match["suffix"]) if said else None


def _four_digits(text: str, pos: int) -> Token | None:
    """0615, Thursday 1330, at 1745, 1800 hours; a number that may be a year needs at or hours."""
    match = _FOUR.match(text, pos)
    if match is None:
        return None
    before = max(0, pos - 12)
    year = match["h"] in ("19", "20")
    named = not year and (
        _DAY_BEFORE.search(text, before, pos)
        or (_TOWARDS.search(text, before, pos) and _ENDS.match(text, match.end()))
    )
    told = match["unit"] or text[pos] == "0" or _AT.search(text, before, pos) or named
    if not told:
        return None
    hour = int(match["h"])
    return _token(pos, match.end(), hour, int(match["m"]), "a" if 0 < hour < 12 else None)


def read_clock(text: str, pos: int) -> Token | None:
    """Read 5pm, 5:30 p.m., 5 o'clock, 10 past six."""
    past = _PAST.match(text, pos)
    if past and not _FROM.search(text, max(0, pos - 10), pos):
        return _past(past)
    match = _DIGITS.match(text, pos)
    if match is None:
        return _four_digits(text, pos)
    return _token(pos, match.end(), int(match["h"]), int(match["m"] or 0), match["suffix"])


def read_bare_hour(text: str, pos: int, previous: Token | None) -> Token | None:
    """Read a number that is an hour by what stands around it: at 5, by 5 tomorrow, from 2 to 4."""
    if first := _SECOND_WITH_SUFFIX.match(text, pos):
        return _token(pos, first.end(), int(first[0]), 0, None)
    match = _BARE.match(text, pos)
    if match is None:
        return None
    if not is_hour(text, pos, match.end(), previous):
        return None
    return _token(pos, match.end(), int(match["h"]), int(match["m"] or 0), None)


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
