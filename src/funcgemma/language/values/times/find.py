"""The entry: all time expressions of an utterance."""

from collections.abc import Iterator
from datetime import date, datetime

from funcgemma.language.values.times.compose import Composer
from funcgemma.language.values.times.gather import read_frames
from funcgemma.language.values.times.habits import with_habits
from funcgemma.language.values.times.joins import Phrase
from funcgemma.language.values.times.lexer import tokens_of
from funcgemma.language.values.times.model import TimeExpression
from funcgemma.language.values.times.phrases import read_phrases
from funcgemma.language.values.times.text import normalise


def find_times(text: str, now: datetime) -> tuple[TimeExpression, ...]:
    """Find the date and time expressions of an utterance, Japanese and English.

    Args:
        text: The utterance.
        now: The clock against which 明日, 来週 … are resolved.

    Returns:
        The expressions from left to right; none overlap.
    """
    return read_times(text, now)


def read_times(text: str, now: datetime, day: date | None = None) -> tuple[TimeExpression, ...]:
    """As `find_times`, with the day that bare clock times belong to."""
    plain = normalise(text)
    tokens = tokens_of(plain.text)
    if not tokens:
        return ()
    composer = Composer(text, plain, now, day)
    frames = read_frames(plain.text, tokens)
    phrases = list(read_phrases(plain.text, frames))
    if len(phrases) > 1:
        phrases = with_habits(plain.text, phrases)
    return tuple(found for phrase in phrases for found in composer.compose(phrase))


def phrases_of(text: str) -> Iterator[Phrase]:
    """The phrases of a text before they are resolved."""
    plain = normalise(text).text
    return read_phrases(plain, read_frames(plain, tokens_of(plain)))
