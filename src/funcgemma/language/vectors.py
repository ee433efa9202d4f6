"""What an utterance is about, as numbers: the weighted mean of its words' vectors.

A word that no training text holds still lies near words that some do. The
vectors are chiVe's for Japanese and, for English, what all-MiniLM-L6-v2 says of
single words, both reduced by `tools/build_word_vectors.py`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

import numpy as np
import numpy.typing as npt

from funcgemma.language.morphemes import Words

Floats = npt.NDArray[np.float32]

LEAST_TAGS = ("補助記号", "記号", "空白")
"""Parts of speech that have no meaning of their own."""


@dataclass(frozen=True, slots=True)
class WordVectors:
    """A table of word vectors.

    Attributes:
        index: Word -> its place in `rows` and `weights`.
        rows: [words], the row of `table`.
        weights: [words], how much a word counts, 0 to 1; frequent words count little.
        table: [rows, dimensions] of 8-bit numbers.
        scale: [rows], what a row is multiplied with to have length 1.
        classes: Names of each row's classes, coarse to fine; words that lie together share them.
        first_english: Rows from here on are English; they have directions of their own.
    """

    index: dict[str, int]
    rows: npt.NDArray[np.int32]
    weights: Floats
    table: npt.NDArray[np.int8]
    scale: Floats
    classes: list[tuple[str, ...]]
    first_english: int

    @property
    def width(self) -> int:
        """Length of a sentence's vector: the Japanese directions, then the English ones."""
        return 2 * int(self.table.shape[1])

    def sentence(self, words: Words, quoted: Sequence[bool]) -> Floats:
        """The vector, of shape [width] and length 1, of the words outside quotations.

        All zeros if no word is known.
        """
        found = self._known(words, quoted)
        total = np.zeros(self.width, np.float32)
        if found:
            rows = self.rows[found]
            shares = self.weights[found] * self.scale[rows]
            half = self.table.shape[1]
            english = rows >= self.first_english
            vectors = self.table[rows].astype(np.float32)
            total[:half] = np.where(english, 0, shares) @ vectors
            total[half:] = np.where(english, shares, 0) @ vectors
            length = float(np.sqrt(total @ total))
            if length:
                total /= length
        return total

    def word_classes(self, words: Words) -> list[tuple[str, ...]]:
        """For each word the names of its classes, coarse to fine; none if it is unknown."""
        places = map(self._place, words.forms, words.surfaces)
        return [() if place is None else self.classes[self.rows[place]] for place in places]

    def _known(self, words: Words, quoted: Sequence[bool]) -> list[int]:
        found = []
        for form, surface, tag, inside in zip(
            words.forms, words.surfaces, words.tags, quoted, strict=True
        ):
            if not inside and not tag.startswith(LEAST_TAGS):
                place = self._place(form, surface)
                if place is not None:
                    found.append(place)
        return found

    def _place(self, form: str, surface: str) -> int | None:
        get = self.index.get
        return get(surface.lower()) if surface.isascii() else get(form, get(surface))


@lru_cache(maxsize=1)
def word_vectors() -> WordVectors:
    """The vectors that come with the package, read once."""
    from safetensors.numpy import load

    folder = files("funcgemma.language")
    arrays: dict[str, Any] = load(folder.joinpath("word_vectors.safetensors").read_bytes())
    words = folder.joinpath("word_vectors.txt").read_text(encoding="utf-8").split("\n")[:-1]
    return WordVectors(
        {word: place for place, word in enumerate(words)},
        arrays["rows"],
        arrays["weights"],
        arrays["table"],
        arrays["scale"],
        _class_names(arrays["classes"]),
        int(arrays["first_english"][0]),
    )


def _class_names(classes: npt.NDArray[np.int16]) -> list[tuple[str, ...]]:
    """`k<granularity>:<class>` for every row; equal names are one string."""
    columns = []
    for level, column in enumerate(classes.T.tolist()):
        names = [f"k{level}:{number}" for number in range(max(column) + 1)]
        columns.append([names[number] for number in column])
    return list(zip(*columns, strict=True))
