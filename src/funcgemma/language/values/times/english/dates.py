"""Dates in English: June 3rd, 3 June 2027, the fourteenth of November, in March."""

import re

from funcgemma.language.values.times.english.hours import COUNTED
from funcgemma.language.values.times.english.ordinals import (
    SPOKEN,
    ordinal_of,
    read_digit_ordinal,
    read_spoken_ordinal,
)
from funcgemma.language.values.times.english.patterns import compile_ascii, compile_spaced
from funcgemma.language.values.times.model import Slots, Token

_NAMES = "january|february|march|april|may|june|july|august|september|october|november|december"
_MONTHS = {name: number for number, name in enumerate(_NAMES.split("|"), start=1)}
_SHORT = {name[:3]: number for name, number in _MONTHS.items()} | {"sept": 9}
MONTH_BEGINNINGS = frozenset({*_MONTHS, *_SHORT})

MONTH = rf"(?P<month>{_NAMES}|(?P<short>{'|'.join(sorted(_SHORT, key=len, reverse=True))})\b\.?)"
_DAY = rf"(?P<d>[0-9]{{1,2}}(?:st|nd|rd|th)?|(?:{SPOKEN})\b)"
_YEAR = r"(?:,?\s+(?P<y>20[0-9]{2})\b)?"
_MONTH_DAY = compile_ascii(rf"{MONTH}\s+(?:the\s+)?{_DAY}(?![0-9:]|\s*[ap]\.?m\b){_YEAR}")
_DAY_MONTH = compile_spaced(rf"(?:the )?{_DAY} (?:of )?{MONTH}(?![a-z]){_YEAR}")
_FIRST_OF_TWO = compile_ascii(
    rf"(?:the\s+)?{_DAY}(?=\s*(?:-|to|until|till|through|and|&)\s*(?:the\s+)?"
    rf"(?:[0-9]{{1,2}}(?:st|nd|rd|th)?|(?:{SPOKEN}))\s+(?:of\s+)?{MONTH}(?![a-z]){_YEAR})"
)
_SECOND_OF_TWO = compile_ascii(
    rf"(?P<d>[0-9]{{1,2}})(?:st|nd|rd|th)?\b(?![:/.%-]?[0-9]|\s*(?:[$%]|(?:{COUNTED})\b))"
)
_TO = compile_ascii(r"\s+(?:to|till?|until|through|thru|and)\s+")
# A noun behind a month that says that it is one: my August appointments, June's schedule.
_PLANNED = (
    "appointments?|schedules?|calendar|diary|agenda|bookings?|meetings?|reminders?|events?|plans"
    "|entries"
)
_ALONE = compile_spaced(
    rf"(?P<month>{_NAMES})(?![a-z]|'(?!s\b)| break)(?P<short>)(?P<d>){_YEAR}"
    rf"(?P<planned>(?='s (?:{_PLANNED})\b| (?:{_PLANNED})\b))?"
)
_BEFORE_MONTH = compile_ascii(r"\b(?:in|next|this|last|during|until|since|of|by|for)\s+$")
# These are also names, verbs or adjectives: they need a word like `in` before them.
_AMBIGUOUS = frozenset({"march", "april", "may", "june", "august"})


def read_month(text: str, pos: int, word: str) -> Token | None:
    """Read June 3rd, or the month alone behind a word like `in`."""
    if word not in MONTH_BEGINNINGS:
        return None
    if match := _MONTH_DAY.match(text, pos):
        return _token(match)
    match = _ALONE.match(text, pos)
    if match is None:
        return None
    sure = word not in _AMBIGUOUS or match["planned"] is not None
    return _token(match) if sure or _BEFORE_MONTH.search(text, max(0, pos - 8), pos) else None


def read_spoken_day(text: str, pos: int, word: str) -> Token | None:
    """Read the fourteenth of November, fourteenth November, the sixth."""
    if match := _DAY_MONTH.match(text, pos) or _FIRST_OF_TWO.match(text, pos):
        return _token(match)
    return read_spoken_ordinal(text, pos) if word == "the" else None


def read_day_first(text: str, pos: int) -> Token | None:
    """Read 3 June, 3rd of June, the 3 of 3 to 5 June, and the 25th."""
    if match := _DAY_MONTH.match(text, pos) or _FIRST_OF_TWO.match(text, pos):
        return _token(match)
    return read_digit_ordinal(text, pos)


def read_second_day(text: str, pos: int, previous: Token | None) -> Token | None:
    """Read the 13 of March 11 to 13; in March 11 to 4, the number is rather an hour."""
    if previous is None or not {"month", "dom"} <= previous.slots.keys():
        return None
    match = _SECOND_OF_TWO.match(text, pos)
    if match is None or not _TO.fullmatch(text, previous.end, pos):
        return None
    day = int(match["d"])
    in_order = previous.slots["dom"][-1] < day <= 31
    return Token(pos, match.end(), {"dom": (day,)}, free=True) if in_order else None


def _token(match: re.Match[str]) -> Token | None:
    month = _SHORT[match["short"]] if match["short"] else _MONTHS[match["month"]]
    slots: Slots = {"month": month}
    if match["d"]:
        day = ordinal_of(match["d"])
        if not 1 <= day <= 31:
            return None
        slots["dom"] = (day,)
    if match["y"]:
        slots["year"] = int(match["y"])
    return Token(match.start(), match.end(), slots, free=True)
