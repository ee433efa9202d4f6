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
    ORDINAL_WORDS,
    read_day_first,
    read_month,
)
from funcgemma.language.values.times.english.rules import HEADS, UNIT_WORDS, read_rule
from funcgemma.language.values.times.english.words import FIXED, WEAK
from funcgemma.language.values.times.model import Token

BEGINNINGS = frozenset({*HEADS, *AMOUNT_BEGINNINGS, *CLOCK_BEGINNINGS, *MONTH_BEGINNINGS})

_EMPTY = frozenset(
    {"the", "a", "an", "in", "of", "at", "for", "this", "last", "before", "after", "right", "new"}
    | {"each", "every", "other", "second", "first", "third", "fourth", "next", "end", "start"}
    | {"beginning", "within", "coming"}
)
_TOLD = {word for phrase in (*FIXED, *WEAK) for word in phrase.replace("'", " ").split()}
# Every English expression has one of these words, or a digit.
TELLING = frozenset((_TOLD | UNIT_WORDS | ORDINAL_WORDS | BEGINNINGS) - _EMPTY)


def read_word(text: str, pos: int, word: str) -> Token | None:
    """Read the expression that begins with `word` at `pos`."""
    return (
        read_rule(text, pos, word)
        or read_spoken_clock(text, pos, word)
        or read_length(text, pos, word)
        or read_month(text, pos, word)
    )


def read_digits(text: str, pos: int, previous: Token | None) -> Token | None:
    """Read the expression that begins with digits at `pos`; `previous` stands before it."""
    return (
        read_clock(text, pos)
        or read_day_first(text, pos)
        or read_moved(text, pos)
        or read_bare_hour(text, pos, previous)
    )
