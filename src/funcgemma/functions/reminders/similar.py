"""How surely two descriptions name the same thing: by their words, else by character n-grams.

歯医者 may name 歯医者の予約, since one is contained in the other; 母の誕生日 does
not name 父の誕生日, since each has a word that the other lacks. N-grams find
what is spelt or split in another way; hiragana, mostly grammar, counts little there.
"""

from collections.abc import Iterator
from functools import lru_cache

from funcgemma.language.morphemes import analyse
from funcgemma.language.normalise import normalise

FITS = 0.7
"""From here on two descriptions may name the same thing."""
EXACT = 2.0
"""Descriptions that differ in kana, width and marks only."""
SAME_WORDS = 1.5
"""They differ in the words between those that carry meaning."""
ALL_WORDS = 1.0
"""All that was said is kept, and more: 会議 names 山田さんとの会議."""
_SOME_WORDS = 0.84
"""More was said than is kept: 歯医者の予約 names 歯医者."""
_SPELLING = 0.84
"""The most that n-grams alone are believed."""
_CONFLICT = 0.5
_GLUE = 0.3
_CONTENT = ("名詞", "代名詞", "動詞", "形容詞", "形状詞", "副詞")
_NEGATIONS = frozenset(("ない", "無い", "ず", "ぬ", "not", "no"))
_HIRAGANA = range(0x3041, 0x3097)
_KATAKANA = range(0x30A1, 0x30F7)
_TO_HIRAGANA = {code: code - 0x60 for code in _KATAKANA}


def similarity(said: str, kept: str) -> float:
    """How surely what was said names what is kept: 0 to `EXACT`."""
    keys = key_of(said), key_of(kept)
    if keys[0] == keys[1]:  # descriptions of marks alone (🎉) have no keys to compare
        return EXACT if keys[0] or normalise(said) == normalise(kept) != "" else 0.0
    if not all(keys):
        return 0.0
    (forms, words), (others, known) = _words(said), _words(kept)
    if _NEGATIONS & (set(forms) ^ set(others)):
        return _CONFLICT
    if words and known and (words <= known or known <= words):
        return SAME_WORDS if words == known else ALL_WORDS if words < known else _SOME_WORDS
    spelling = max(contained(said, kept), contained("".join(forms), "".join(others)))
    related = any(contained(a, b) >= FITS for a in words - known for b in known - words)
    return min(spelling, _SPELLING if related else _CONFLICT)


def contained(one: str, other: str) -> float:
    """How much of the smaller text the other one contains, by n-grams (0 to 1)."""
    grams, others = _grams(one), _grams(other)
    if not grams or not others:
        return 0.0
    return max(_share(grams, others), _share(others, grams))


def key_of(text: str) -> str:
    """The text as it is compared: NFKC, hiragana, letters and digits only."""
    return "".join(folded for _, folded in _characters(text))


@lru_cache(maxsize=4096)
def _words(text: str) -> tuple[tuple[str, ...], frozenset[str]]:
    """(all words, those that carry meaning) in their dictionary form."""
    words = analyse(text)
    pairs = zip(words.forms, words.tags, strict=True)
    content = (key_of(form) for form, tag in pairs if tag.startswith(_CONTENT))
    return tuple(words.forms), frozenset(key for key in content if key)


def _share(grams: dict[str, float], others: dict[str, float]) -> float:
    shared = sum(weight for gram, weight in grams.items() if gram in others)
    return shared / sum(grams.values())


def _grams(text: str) -> dict[str, float]:
    """Single characters and pairs of them -> how much they say."""
    characters = [(_weight(char), folded) for char, folded in _characters(text)]
    grams: dict[str, float] = {}
    for weight, folded in characters:
        grams[folded] = max(grams.get(folded, 0.0), weight)
    for (weight, folded), (second, follower) in zip(characters, characters[1:], strict=False):
        pair = folded + follower
        grams[pair] = max(grams.get(pair, 0.0), (weight + second) / 2)
    return grams


def _characters(text: str) -> Iterator[tuple[str, str]]:
    """(character as written, as compared) of all letters and digits."""
    for char in normalise(text):
        if char.isalnum():
            yield char, char.translate(_TO_HIRAGANA)


def _weight(char: str) -> float:
    return _GLUE if ord(char) in _HIRAGANA else 1.0
