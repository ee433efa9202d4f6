"""What English says: `read_word` begins at a word, `read_digits` at digits."""

from funcgemma.language.values.times.english.amounts import (
    AMOUNT_BEGINNINGS,
    read_length,
    read_moved,
)
from funcgemma.language.values.times.english.clocks import (
    CLOCK_BEGINNINGS,
    read_bare_hour,
    read_clock,
    read_spoken_clock,
)
from funcgemma.language.values.times.english.dates import (
    MONTH_BEGINNINGS,
    read_day_first,
    read_month,
    read_second_day,
    read_spoken_day,
)
from funcgemma.language.values.times.english.feasts import FEASTS
from funcgemma.language.values.times.english.ordinals import ORDINAL_BEGINNINGS, ORDINAL_WORDS
from funcgemma.language.values.times.english.patterns import compile_ascii
from funcgemma.language.values.times.english.rules import HEADS, UNIT_WORDS, read_rule
from funcgemma.language.values.times.english.words import FIXED, WEAK
from funcgemma.language.values.times.model import Token

BEGINNINGS = frozenset(
    {*HEADS, *AMOUNT_BEGINNINGS, *CLOCK_BEGINNINGS, *MONTH_BEGINNINGS, *ORDINAL_BEGINNINGS} - {"#"}
)
_ORDINAL_HEADS = ORDINAL_BEGINNINGS | {"the"}
# `the` is frequent: only these words behind it, or digits, are worth a closer look.
_AFTER_THE = BEGINNINGS | {"coming", "month", "year"}
_NEXT = compile_ascii(r"the\s+([a-z]+|[0-9])")
# Of what begins with digits, few rules ask: 1st of every month, 2day, 12 noon.
_RULED = compile_ascii(r"[0-9]{1,2}(?:st|nd|rd|th|day|mo|mrw|ni|\s+(?:noon|midnight|weeks))")

# Too frequent to tell anything: what begins with them has another word of its own.
_EMPTY = frozenset(
    {"the", "a", "an", "in", "of", "at", "for", "this", "last", "before", "after", "right", "new"}
    | {"each", "every", "other", "next", "end", "start", "beginning", "within", "coming", "that"}
    | {"s", "st", "good", "from", "on", "black"}
)
_TOLD = {word for phrase in (*FIXED, *WEAK, *FEASTS) for word in phrase.replace("'", " ").split()}
# Every English expression has one of these words, or a digit.
TELLING = frozenset((_TOLD | UNIT_WORDS | ORDINAL_WORDS | BEGINNINGS) - _EMPTY)


def read_word(text: str, pos: int, word: str) -> Token | None:
    """Read the expression that begins with `word` at `pos`."""
    if word == "the" and not _goes_on(text, pos):
        return None
    return (
        read_rule(text, pos, word)
        or read_spoken_clock(text, pos, word)
        or read_length(text, pos, word)
        or read_month(text, pos, word)
        or (read_spoken_day(text, pos, word) if word in _ORDINAL_HEADS else None)
    )


def _goes_on(text: str, pos: int) -> bool:
    follows = _NEXT.match(text, pos)
    return follows is not None and (follows[1] in _AFTER_THE or follows[1].isdigit())


def read_digits(text: str, pos: int, previous: Token | None) -> Token | None:
    """Read the expression that begins with digits at `pos`; `previous` stands before it."""
    ruled = read_rule(text, pos, "#") if _RULED.match(text, pos) else None
    return (
        ruled
        or read_clock(text, pos)
        or read_day_first(text, pos)
        or read_second_day(text, pos, previous)
        or read_moved(text, pos)
        or read_bare_hour(text, pos, previous)
    )
