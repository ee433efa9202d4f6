"""Linear models at run time: a dictionary look-up per feature, no scikit-learn.

Both classes serve binary TF-IDF with Euclidean length 1, exactly as
`TfidfVectorizer(binary=True)` + `LinearSVC` score it:
score = Σ idf·w / √Σ idf² + bias, over the distinct known features of a text.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import sqrt

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Trained = npt.NDArray[np.floating]


@dataclass(frozen=True, slots=True)
class BinaryLinear:
    """One score per text.

    Attributes:
        table: Feature -> idf² + idf·weight·i: as complex numbers both are summed in one pass.
        bias: Added to every score.
    """

    table: dict[str, complex]
    bias: float

    @staticmethod
    def build(
        features: Sequence[str], idf: Trained, weights: Trained, bias: float
    ) -> "BinaryLinear":
        """Fold a vocabulary with its idf and weights (both of shape [features])."""
        squares = (idf.astype(np.float64) ** 2).tolist()
        products = (idf.astype(np.float64) * weights).tolist()
        return BinaryLinear(dict(zip(features, map(complex, squares, products), strict=True)), bias)

    def score(self, features: Iterable[str]) -> float:
        """The signed score; features may repeat."""
        total = sum(filter(None, map(self.table.get, dict.fromkeys(features))), 0j)
        return total.imag / sqrt(total.real) + self.bias if total.real else self.bias

    def explain(self, features: Iterable[str], top: int = 8) -> tuple[tuple[str, float], ...]:
        """The strongest (feature, contribution to the score), by size."""
        known = [(f, self.table[f]) for f in dict.fromkeys(features) if f in self.table]
        length = sqrt(sum(pair.real for _, pair in known)) or 1.0
        parts = [(feature, pair.imag / length) for feature, pair in known]
        return tuple(sorted(parts, key=lambda part: (-abs(part[1]), part[0]))[:top])


@dataclass(frozen=True, slots=True)
class MultiLinear:
    """One score per label and text.

    Attributes:
        labels: The label of each column.
        index: Feature -> row.
        weights: [features, labels + 1]: idf·weight for each label, and idf² in the last column.
        bias: [labels].
        dense: [directions, labels]: weights of a text's vector, see vectors.py; empty without.
    """

    labels: tuple[str, ...]
    index: dict[str, int]
    weights: Floats
    bias: Floats
    dense: Floats = field(default_factory=lambda: np.zeros((0, 0), np.float32))

    @staticmethod
    def build(
        labels: Sequence[str],
        features: Sequence[str],
        idf: Trained,
        weights: Trained,
        bias: Trained,
        dense: Trained | None = None,
    ) -> "MultiLinear":
        """Fold a vocabulary with idf [features], weights [features, labels] and bias [labels]."""
        table = np.concatenate([weights * idf[:, None], idf[:, None] ** 2], axis=1)
        return MultiLinear(
            tuple(labels),
            {feature: row for row, feature in enumerate(features)},
            np.ascontiguousarray(table, dtype=np.float32),
            bias.astype(np.float32),
            np.ascontiguousarray(np.zeros((0, 0)) if dense is None else dense, dtype=np.float32),
        )

    def rows(self, features: Iterable[str]) -> list[int]:
        """The rows of the known features; a fixed order keeps sums reproducible."""
        get = self.index.get
        return [row for row in map(get, dict.fromkeys(features)) if row is not None]

    def scores(self, features: Iterable[str], vector: Floats | None = None) -> Floats:
        """Scores of shape [labels]; `vector` of shape [directions] is needed if `dense` is."""
        rows = self.rows(features)
        scores = self.bias
        if rows:
            total = self.weights[rows].sum(axis=0)
            scores = total[:-1] / sqrt(float(total[-1])) + scores
        if vector is not None and len(self.dense):
            scores = scores + vector @ self.dense
        return scores

    def explain(
        self, features: Iterable[str], label: str, top: int = 8
    ) -> tuple[tuple[str, float], ...]:
        """The strongest (feature, contribution) for one label, by size."""
        column = self.labels.index(label)
        known = [(f, self.index[f]) for f in dict.fromkeys(features) if f in self.index]
        length = sqrt(sum(float(self.weights[row, -1]) for _, row in known)) or 1.0
        parts = [(feature, float(self.weights[row, column]) / length) for feature, row in known]
        return tuple(sorted(parts, key=lambda part: (-abs(part[1]), part[0]))[:top])


def softmax(scores: Floats, temperature: float = 1.0) -> Floats:
    """Probabilities of shape [labels]."""
    shifted = np.exp((scores - scores.max()) / temperature)
    result: Floats = shifted / shifted.sum()
    return result
