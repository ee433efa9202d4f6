"""Days of the month by their ordinal alone: the 25th, on the nineteenth."""

import re

from funcgemma.language.values.times.english.patterns import compile_ascii, compile_spaced
from funcgemma.language.values.times.model import Token

_ONES = "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth"
_TEENS = (
    "tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth"
    "|nineteenth|twentieth"
)
_ORDINALS = {name: number for number, name in enumerate(f"{_ONES}|{_TEENS}".split("|"), start=1)}
_ORDINALS |= {f"twenty {name}": 20 + number for number, name in enumerate(_ONES.split("|"), 1)}
_ORDINALS |= {"thirtieth": 30, "thirty first": 31}
ORDINAL_WORDS = frozenset(word for name in _ORDINALS for word in name.split())
ORDINAL_BEGINNINGS = frozenset({name.split()[0] for name in _ORDINALS})

SPOKEN = "|".join(sorted(_ORDINALS, key=len, reverse=True)).replace(" ", "[ -]")
ORDINAL = rf"(?:[0-9]{{1,2}}(?:st|nd|rd|th)\b|(?:{SPOKEN})\b)"

RANKS = 3
"""Up to here a bare 2nd is a place in a row rather than a day."""

# The 2nd floor and the 21st century are no days.
_COUNTED = (
    "floor|time|one|century|place|edition|grade|street|st|avenue|season|episode|page|chapter"
    "|person|anniversary|birthday|half|quarter|position|row|line|day|option|item|week|month|year"
    "|hour|amendment|hole|man|round|attempt|in line|consecutive|straight|night|dynasty|letter|part"
    "|of(?! (?:the|this|next) month| every| each)"
)
_DIGITS = compile_ascii(rf"(?P<d>[0-9]{{1,2}})(?:st|nd|rd|th)\b(?!\s+(?:{_COUNTED})s?\b)")
_BEFORE_DIGITS = compile_ascii(r"\b(?:the|on|and|to|of)\s+$")

# People who text leave out `the`: dentist 26th at 3; nothing else may follow.
_BARE = compile_ascii(
    r"(?P<d>[0-9]{1,2})(?:th|st|nd|rd)\b"
    r"(?=\s*(?:$|[.,!?;:])|\s+(?:at|from|pls|please|instead|@)\b|\s+[0-9]{1,2}(?:[:.][0-9]{2})?\s*[ap]m)"
)
_OWNED = compile_ascii(
    r"(?:\b(?:my|your|ur|his|her|their|our|its|a|an|came|finished|ranked|chapter|page|level|round)|'s)\s+$"
)

_PHRASE_END = (
    r"(?=\s*(?:$|[.,!?;:])| (?:at|from|please|pls|thanks|instead|if|but|i|i'm|i've|i'll)\b"
    r"| (?:to|till|until|through|and|or) the\b)"
)
_LATER = compile_spaced(rf"the (?!(?:first|second|third)\b)(?P<d>{SPOKEN})\b{_PHRASE_END}")
# The fifth may be a fifth of anything; from the tenth on, few things but days are counted.
_TENTH_ON = compile_spaced(rf"the (?!(?:{_ONES})\b)(?P<d>{SPOKEN})\b(?!-| (?:{_COUNTED})s?\b)")
_DATED = compile_ascii(r"\b(?:on|by|for|to|until|till|from|since|before|between|after)\s+$")
_FIRST_THREE = compile_spaced(
    r"the (?P<d>first|second|third)\b(?=\s*(?:$|[.,!?;:])"
    r"| (?:at|from) [0-9a-z]| (?:until|and the)\b)"
)
_ON = compile_ascii(r"\bon\s+$")


def ordinal_of(text: str) -> int:
    """The number of an ordinal in digits or words."""
    said = " ".join(text.replace("-", " ").split())
    return _ORDINALS.get(said) or int(said.rstrip("stndrh"))


def read_spoken_ordinal(text: str, pos: int) -> Token | None:
    """Read the sixth, the twenty-first, on the second; `pos` is that of `the`."""
    near = max(0, pos - 10)
    match = _LATER.match(text, pos)
    if match is None and _DATED.search(text, near, pos):
        match = _TENTH_ON.match(text, pos)
    if match is None and _ON.search(text, near, pos):
        match = _FIRST_THREE.match(text, pos)
    return _token(pos, match) if match else None


def read_digit_ordinal(text: str, pos: int) -> Token | None:
    """Read the 25th, on 3rd, dentist 26th; `pos` is that of the digits."""
    match = _DIGITS.match(text, pos)
    before = _BEFORE_DIGITS.search(text, max(0, pos - 6), pos)
    if match is not None and before is not None:
        return _token(before.start() if before[0].startswith("the") else pos, match)
    match = _BARE.match(text, pos)
    if match is None or int(match["d"]) <= RANKS or _OWNED.search(text, max(0, pos - 10), pos):
        return None
    return _token(pos, match)


def _token(start: int, match: re.Match[str]) -> Token | None:
    day = ordinal_of(match["d"])
    return Token(start, match.end(), {"dom": (day,)}, free=True) if 1 <= day <= 31 else None
