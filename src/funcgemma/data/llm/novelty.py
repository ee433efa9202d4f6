"""Texts that are there already, so that no other is the same or nearly so."""

from collections import Counter
from collections.abc import Iterable

from funcgemma.data.llm.flaws import Flaw
from funcgemma.data.similar import NEAR, SHORT, grams, plain


class Known:
    """Known texts by their 4-grams; grows as rows come."""

    def __init__(self, texts: Iterable[str] = (), threshold: float = NEAR) -> None:
        self._threshold = threshold
        self._plain: set[str] = set()
        self._sizes: list[int] = []
        self._index: dict[str, list[int]] = {}
        for text in texts:
            self.add(text)

    def add(self, text: str) -> None:
        """From now on the text is known."""
        said = plain(text)
        if said in self._plain:
            return
        self._plain.add(said)
        if len(said) < SHORT:
            return
        parts = grams(said)
        for gram in parts:
            self._index.setdefault(gram, []).append(len(self._sizes))
        self._sizes.append(len(parts))

    def flaw(self, text: str) -> Flaw | None:
        """What a text repeats; None where it is new."""
        said = plain(text)
        if said in self._plain:
            return Flaw("duplicate", text[:40])
        if len(said) >= SHORT and self._is_near(grams(said)):
            return Flaw("near_duplicate", text[:40])
        return None

    def _is_near(self, parts: frozenset[str]) -> bool:
        shared = Counter(number for gram in parts for number in self._index.get(gram, ()))
        return any(
            both >= self._threshold * (len(parts) + self._sizes[number] - both)
            for number, both in shared.items()
        )
