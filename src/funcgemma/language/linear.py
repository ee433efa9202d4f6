"""Linear models at run time: a dictionary look-up per feature, no scikit-learn.

Both classes serve binary TF-IDF with Euclidean length 1, exactly as
`TfidfVectorizer(binary=True)` + `LinearSVC` score it:
score = Σ idf·w / √Σ idf² + bias, over the distinct known features of a text.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class BinaryLinear:
    """One score per text.

    Attributes:
        table: Feature -> (idf², idf·weight).
        bias: Added to every score.
    """

    table: dict[str, tuple[float, float]]
    bias: float

    @staticmethod
    def build(features: Sequence[str], idf: Floats, weights: Floats, bias: float) -> "BinaryLinear":
        """Fold a vocabulary with its idf and weights (both of shape [features])."""
        squares = (idf.astype(np.float64) ** 2).tolist()
        products = (idf.astype(np.float64) * weights).tolist()
        return BinaryLinear(
            dict(zip(features, zip(squares, products, strict=True), strict=True)), bias
        )

    def score(self, features: Iterable[str]) -> float:
        """The signed score; features may repeat."""
        get = self.table.get
        length = total = 0.0
        for feature in dict.fromkeys(features):
            pair = get(feature)
            if pair:
                length += pair[0]
                total += pair[1]
        return total / sqrt(length) + self.bias if length else self.bias

    def explain(self, features: Iterable[str], top: int = 8) -> tuple[tuple[str, float], ...]:
        """The strongest (feature, contribution to the score), by size."""
        known = [(f, self.table[f]) for f in dict.fromkeys(features) if f in self.table]
        length = sqrt(sum(pair[0] for _, pair in known)) or 1.0
        parts = [(feature, pair[1] / length) for feature, pair in known]
        return tuple(sorted(parts, key=lambda part: (-abs(part[1]), part[0]))[:top])


@dataclass(frozen=True, slots=True)
class MultiLinear:
    """One score per label and text.

    Attributes:
        labels: The label of each column.
        index: Feature -> row.
        idf: [features]; weights: [features, labels], already multiplied by idf; bias: [labels].
    """

    labels: tuple[str, ...]
    index: dict[str, int]
    idf: Floats
    weights: Floats
    bias: Floats

    def rows(self, features: Iterable[str]) -> list[int]:
        """The rows of the distinct known features."""
        get = self.index.get
        # dict.fromkeys drops repeats like a set, but in a fixed order: sums stay reproducible
        return [row for row in map(get, dict.fromkeys(features)) if row is not None]

    def scores(self, features: Iterable[str]) -> Floats:
        """Scores of shape [labels]."""
        rows = self.rows(features)
        if not rows:
            return self.bias
        idf = self.idf[rows]
        total: Floats = self.weights[rows].sum(axis=0) / sqrt(float(idf @ idf)) + self.bias
        return total

    def explain(
        self, features: Iterable[str], label: str, top: int = 8
    ) -> tuple[tuple[str, float], ...]:
        """The strongest (feature, contribution) for one label, by size."""
        column = self.labels.index(label)
        known = [(f, self.index[f]) for f in dict.fromkeys(features) if f in self.index]
        idf = self.idf[[row for _, row in known]]
        length = sqrt(float(idf @ idf)) or 1.0
        parts = [(feature, float(self.weights[row, column]) / length) for feature, row in known]
        return tuple(sorted(parts, key=lambda part: (-abs(part[1]), part[0]))[:top])


def softmax(scores: Floats, temperature: float = 1.0) -> Floats:
    """Probabilities of shape [labels]."""
    shifted = np.exp((scores - scores.max()) / temperature)
    result: Floats = shifted / shifted.sum()
    return result
