"""Texts that are the same or nearly the same, found by an inverted index over 4-grams.

Two texts are the same when nothing but width, case, white space and punctuation differs.
They are near when their sets of character 4-grams overlap by `NEAR` or more (Jaccard). The
search is exact: two texts above the threshold share one of the rarest n-grams of each, so
that only few pairs are compared.
"""

import math
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from funcgemma.data.scoring import canonical

NEAR = 0.8
"""Jaccard similarity from which two texts count as near-duplicates."""

SHORT = 8
"""Texts of fewer characters (はい, ありがとう) are the same by chance: told apart, never near."""

GRAM = 4


@dataclass(frozen=True, slots=True)
class Near:
    """Two entries of `Likeness.texts` that are nearly the same."""

    first: int
    second: int
    similarity: float


@dataclass(frozen=True, slots=True)
class Likeness:
    """What is alike among some texts.

    Attributes:
        texts: The different texts, normalised.
        members: For each of them, the indices of the texts that were given.
        near: The pairs of different texts that are nearly the same.
    """

    texts: tuple[str, ...]
    members: tuple[tuple[int, ...], ...]
    near: tuple[Near, ...]

    def pairs(self) -> Iterator[tuple[int, int, float]]:
        """All pairs of given texts of `SHORT` characters or more: (index, index, similarity)."""
        for text, members in zip(self.texts, self.members, strict=True):
            if len(text) >= SHORT:
                for i, first in enumerate(members):
                    yield from ((first, second, 1.0) for second in members[i + 1 :])
        for near in self.near:
            for first in self.members[near.first]:
                for second in self.members[near.second]:
                    yield min(first, second), max(first, second), near.similarity

    def same_short(self) -> Iterator[tuple[str, tuple[int, ...]]]:
        """Short texts that were given more than once."""
        for text, members in zip(self.texts, self.members, strict=True):
            if len(text) < SHORT and len(members) > 1:
                yield text, members


def plain(text: str) -> str:
    """The text as it is compared."""
    known = canonical(text)
    said = "".join(c for c in known if unicodedata.category(c)[0] != "P")
    return said or known or text.strip()


def grams(text: str) -> frozenset[str]:
    """The character 4-grams of a text."""
    return frozenset(text[i : i + GRAM] for i in range(len(text) - GRAM + 1))


def jaccard(first: frozenset[str], second: frozenset[str]) -> float:
    """How much of two sets is shared."""
    shared = len(first & second)
    return shared / (len(first) + len(second) - shared) if shared else 0.0


def alike(texts: Sequence[str], threshold: float = NEAR) -> Likeness:
    """Group the texts that are the same, and pair those that are nearly so.

    Args:
        texts: Any number of texts; 20,000 take a few seconds.
        threshold: Jaccard similarity of 4-grams from which a pair is near, above 0.
    """
    members: dict[str, list[int]] = {}
    for index, text in enumerate(texts):
        members.setdefault(plain(text), []).append(index)
    different = tuple(members)
    near = tuple(sorted(_near(different, threshold), key=lambda n: (n.first, n.second)))
    return Likeness(different, tuple(map(tuple, members.values())), near)


def _near(texts: Sequence[str], threshold: float) -> Iterator[Near]:
    """Pairs above the threshold, each once."""
    sets = {i: grams(text) for i, text in enumerate(texts) if len(text) >= SHORT}
    uses = Counter(gram for found in sets.values() for gram in found)
    index: dict[str, list[int]] = {}
    for i in sorted(sets, key=lambda i: (len(sets[i]), i)):
        mine = sets[i]
        rare = sorted(mine, key=lambda gram: (uses[gram], gram))[: _prefix(len(mine), threshold)]
        least = threshold * len(mine)
        candidates = {j for gram in rare for j in index.get(gram, ()) if len(sets[j]) >= least}
        for j in candidates:
            similarity = jaccard(mine, sets[j])
            if similarity >= threshold:
                yield Near(min(i, j), max(i, j), round(similarity, 4))
        for gram in rare:
            index.setdefault(gram, []).append(i)


def _prefix(size: int, threshold: float) -> int:
    """How many of the rarest n-grams two near texts of this size must share one of."""
    return size - math.ceil(threshold * size - 1e-9) + 1
