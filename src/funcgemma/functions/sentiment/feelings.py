"""The words of a text that carry a feeling, as they are meant: with their negation."""

from dataclasses import dataclass

from funcgemma.functions.sentiment.lexicon import Lexicon
from funcgemma.functions.sentiment.scope import denial

_PRIVATE = 0xE000


@dataclass(frozen=True, slots=True)
class Feeling:
    """A word that carries a feeling.

    Attributes:
        start: Index of its first character.
        end: Index after its last character, or after the ない that denies it.
        weight: -2 … +2, as the word alone would be.
        emotion: An emotion, or "".
        denied: Whether it is turned round.
    """

    start: int
    end: int
    weight: int
    emotion: str
    denied: bool


def find_feelings(text: str, lexicon: Lexicon) -> list[Feeling]:
    """All such words in a normalised text, from left to right."""
    hits = lexicon.find(text)
    limits = [*(hit.start for hit in hits), len(text)][1:]
    found: list[Feeling] = []
    for hit, limit in zip(hits, limits, strict=True):
        deniable = hit.entry.weight != 0
        denied, end = denial(text, hit.start, hit.end, limit) if deniable else (False, hit.end)
        found.append(Feeling(hit.start, end, hit.entry.weight, hit.entry.emotion, denied))
    return found


def mask(text: str, feelings: list[Feeling]) -> str:
    """The text with one sign for each such word.

    What the model learns about a sign holds for every word of its kind, and the
    ない of 嬉しくない is no longer there to look like any other ない.
    """
    pieces: list[str] = []
    position = 0
    for feeling in feelings:
        pieces += [text[position : feeling.start], _sign(feeling)]
        position = feeling.end
    return "".join([*pieces, text[position:]])


def _sign(feeling: Feeling) -> str:
    """A private-use character for direction and negation."""
    direction = (feeling.weight > 0) - (feeling.weight < 0) + 1
    return chr(_PRIVATE + 2 * direction + feeling.denied)
