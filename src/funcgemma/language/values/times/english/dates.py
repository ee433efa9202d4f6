"""Dates in English: June 3rd, 3 June 2027, the 25th, in March."""

import re

from funcgemma.language.values.times.english.patterns import compile_ascii
from funcgemma.language.values.times.model import Slots, Token

_NAMES = "january|february|march|april|may|june|july|august|september|october|november|december"
_MONTHS = {name: number for number, name in enumerate(_NAMES.split("|"), start=1)}
_SHORT = {name[:3]: number for name, number in _MONTHS.items()} | {"sept": 9}
MONTH_BEGINNINGS = frozenset({*_MONTHS, *_SHORT})

_MONTH = rf"(?P<month>{_NAMES}|(?P<short>{'|'.join(sorted(_SHORT, key=len, reverse=True))})\b\.?)"
_ONES = "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth"
_TEENS = (
    "tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth"
    "|nineteenth|twentieth"
)
_ORDINALS = {name: number for number, name in enumerate(f"{_ONES}|{_TEENS}".split("|"), start=1)}
_ORDINALS |= {f"twenty {name}": 20 + number for number, name in enumerate(_ONES.split("|"), 1)}
_ORDINALS |= {"thirtieth": 30, "thirty first": 31}
ORDINAL_WORDS = frozenset(word for name in _ORDINALS for word in name.split())
_SPOKEN = "|".join(sorted(_ORDINALS, key=len, reverse=True)).replace(" ", "[ -]")
_DAY = rf"(?P<d>[0-9]{{1,2}}(?:st|nd|rd|th)?|(?:{_SPOKEN})\b)"
_YEAR = r"(?:,?\s+(?P<y>20[0-9]{2})\b)?"
_MONTH_DAY = compile_ascii(rf"{_MONTH}\s+(?:the\s+)?{_DAY}(?![0-9:]|\s*[ap]\.?m\b){_YEAR}")
_DAY_MONTH = compile_ascii(
    rf"(?P<d>[0-9]{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}(?![a-z]){_YEAR}"
)
_FIRST_OF_TWO = compile_ascii(
    rf"(?P<d>[0-9]{{1,2}})(?:st|nd|rd|th)?(?=\s*(?:-|to|until|till)\s*[0-9]{{1,2}}"
    rf"(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}(?![a-z]){_YEAR})"
)
_ALONE = compile_ascii(rf"(?P<month>{_NAMES})(?![a-z']| break)(?P<short>)(?P<d>){_YEAR}")
_BEFORE_MONTH = compile_ascii(r"\b(?:in|next|this|last|during|until|since|of|by|for)\s+$")
# These are also names, verbs or adjectives: they need a word like `in` before them.
_AMBIGUOUS = frozenset({"march", "april", "may", "june", "august"})
# The 2nd floor and the 21st century are no days.
_COUNTED = (
    "floor|time|one|century|place|edition|grade|street|st|avenue|season|episode|page|chapter"
    "|person|anniversary|birthday|half|quarter|position|row|line|day|option|item"
)
_ORDINAL = compile_ascii(rf"(?P<d>[0-9]{{1,2}})(?:st|nd|rd|th)\b(?!\s+(?:{_COUNTED}))")
_SPOKEN_ORDINAL = compile_ascii(
    rf"the\s+(?!first|second|third)(?P<d>{_SPOKEN})(?=\s*(?:$|[.,!?])|\s+(?:at|from)\b)"
)
_BEFORE_ORDINAL = compile_ascii(r"\b(?:the|on|and|to|of)\s+$")


def read_month(text: str, pos: int, word: str) -> Token | None:
    """Read June 3rd, the sixth, or the month alone behind a word like `in`."""
    if word == "the" and (match := _SPOKEN_ORDINAL.match(text, pos)):
        day = _ORDINALS[match["d"].replace("-", " ")]
        return Token(pos, match.end(), {"dom": (day,)}, free=True)
    if word not in MONTH_BEGINNINGS:
        return None
    if match := _MONTH_DAY.match(text, pos):
        return _token(match)
    match = _ALONE.match(text, pos)
    if match is None:
        return None
    sure = word not in _AMBIGUOUS or _BEFORE_MONTH.search(text, max(0, pos - 8), pos)
    return _token(match) if sure else None


def read_day_first(text: str, pos: int) -> Token | None:
    """Read 3 June, 3rd of June, the 3 of 3 to 5 June, and the 25th."""
    if match := _DAY_MONTH.match(text, pos) or _FIRST_OF_TWO.match(text, pos):
        return _token(match)
    ordinal = _ORDINAL.match(text, pos)
    before = _BEFORE_ORDINAL.search(text, max(0, pos - 6), pos)
    if ordinal is None or before is None or not 1 <= int(ordinal["d"]) <= 31:
        return None
    start = before.start() if before[0].startswith("the") else pos
    return Token(start, ordinal.end(), {"dom": (int(ordinal["d"]),)}, free=True)


def _token(match: re.Match[str]) -> Token | None:
    month = _SHORT[match["short"]] if match["short"] else _MONTHS[match["month"]]
    slots: Slots = {"month": month}
    if match["d"]:
        said = match["d"].replace("-", " ")
        day = _ORDINALS.get(said) or int(said.rstrip("stndrh"))
        if not 1 <= day <= 31:
            return None
        slots["dom"] = (day,)
    if match["y"]:
        slots["year"] = int(match["y"])
    return Token(match.start(), match.end(), slots, free=True)
