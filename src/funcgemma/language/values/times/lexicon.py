"""A word list that is fast to look up: one small pattern for each beginning of a word."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from funcgemma.language.values.times.model import Slots

_KANJI = re.compile("[一-龯々]")
_WORD_CHAR = re.compile("[一-龯々ァ-ヺーa-z0-9]")
# Hiragana that may stand before a word without being part of it.
_PARTICLES = frozenset("はがもでとにをのねよや")
_HIRAGANA = re.compile("[ぁ-ゖ]")


class Entry(NamedTuple):
    """A word of the list.

    Attributes:
        words: Alternatives, each a pattern that begins with plain characters.
        slots: What they mean.
        flags: `w` counts only beside another token; `k` not behind a 漢字;
            `h` not behind hiragana other than a particle; `b` only at the beginning of a phrase.
    """

    words: str
    slots: Slots
    flags: str = ""


class Head(NamedTuple):
    """All words with the same beginning."""

    pattern: re.Pattern[str]
    entries: tuple[Entry, ...]


def build(entries: Iterable[Entry]) -> dict[str, Head]:
    """Sort entries by their beginning: one character for 漢字 and digits, two for the rest."""
    heads: dict[str, list[tuple[str, Entry]]] = {}
    for entry in entries:
        for word in _alternatives(entry.words):
            size = 1 if _KANJI.match(word) or word[0] in "0123456789々" else 2
            heads.setdefault(word[:size], []).append((word, entry))
    built = {}
    for head, words in heads.items():
        words.sort(key=lambda item: -len(item[0].split("(?")[0]))
        pattern = "|".join(f"({word})" for word, _ in words)
        built[head] = Head(re.compile(pattern), tuple(entry for _, entry in words))
    return built


def fits(text: str, start: int, flags: str) -> bool:
    """Whether what stands before a word allows it to be one."""
    if start == 0:
        return True
    before = text[start - 1]
    if "k" in flags and _KANJI.match(before):
        return False
    if "h" in flags and before not in _PARTICLES and _HIRAGANA.match(before):
        return before == "て" and text.startswith("って", start - 2)
    return "b" not in flags or not (_HIRAGANA.match(before) or _WORD_CHAR.match(before))


def _alternatives(words: str) -> list[str]:
    """Split at each `|` that is not inside brackets."""
    parts, depth, current = [], 0, ""
    for char in words:
        depth += (char in "([") - (char in ")]")
        if char == "|" and depth == 0:
            parts.append(current)
            current = ""
        else:
            current += char
    return [*parts, current]
