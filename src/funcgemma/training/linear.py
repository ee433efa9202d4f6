"""Fit the linear models with scikit-learn and fold them for serving."""

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

import numpy as np

from funcgemma.language.linear import BinaryLinear, MultiLinear

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

VECTOR_SHARE = 0.35
"""Length of a text's vector beside its TF-IDF features, which have length 1."""

FEW_VECTOR_SHARE = 0.7
"""The same for labels with few texts: the fewer the words, the more what they mean says."""

FEW_C = 0.2


def _identity(features: Sequence[str]) -> Sequence[str]:
    return features


def _vectorise(features: Sequence[Sequence[str]], min_df: int) -> tuple:  # type: ignore[type-arg]
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectoriser = TfidfVectorizer(
        analyzer=_identity, binary=True, min_df=min_df, dtype=np.float64, sublinear_tf=False
    )
    return vectoriser, vectoriser.fit_transform(features)


def fit_binary(
    features: Sequence[Sequence[str]],
    positive: Sequence[bool],
    *,
    c: float = 1.0,
    seed: int = 0,
    min_df: int = 1,
    weights: Sequence[float] | None = None,
) -> BinaryLinear:
    """TF-IDF + LinearSVC for a yes/no question; positive scores mean yes."""
    from sklearn.svm import LinearSVC

    vectoriser, matrix = _vectorise(features, min_df)
    svm = LinearSVC(C=c, random_state=seed, class_weight="balanced", max_iter=5000)
    svm.fit(matrix, np.asarray(positive), sample_weight=weights)
    return BinaryLinear.build(
        vectoriser.get_feature_names_out().tolist(),
        vectoriser.idf_,
        svm.coef_[0],
        float(svm.intercept_[0]),
    )


def fit_multi(
    features: Sequence[Sequence[str]],
    labels: Sequence[Collection[str]],
    *,
    c: float = 1.0,
    seed: int = 0,
    min_df: int = 1,
    vectors: np.ndarray | None = None,
    few: Collection[str] = (),
) -> MultiLinear:
    """TF-IDF + one-vs-rest LinearSVC for a choice between labels.

    Args:
        features: Of each text.
        labels: Of each text: those that hold, at least one.
        c: Inverse strength of regularisation.
        seed: Of the solver.
        min_df: In how many texts a feature must stand.
        vectors: [texts, directions], more to learn from; `VECTOR_SHARE` of the length of the rest.
        few: Labels with few texts, which need numbers of their own (`FEW_C`, `FEW_VECTOR_SHARE`).
            The others learn nothing from those texts, and stay as they would be without them.
    """
    names = tuple(sorted({name for held in labels for name in held}))
    vectoriser, matrix = _vectorise(features, min_df)
    known = vectoriser.get_feature_names_out().tolist()
    scarce = frozenset(few)
    rows = {True: np.ones(len(labels), bool)}
    rows[False] = np.array([not scarce.issuperset(held) for held in labels])
    shares, strengths = {False: VECTOR_SHARE, True: FEW_VECTOR_SHARE}, {False: c, True: FEW_C}
    seen = {  # cut once, not for every label
        kind: _beside(matrix, shares[kind], vectors)[rows[kind]]
        for kind in {name in scarce for name in names}
    }
    columns, dense = [], []
    for name in names:
        kind = name in scarce
        share, positive = shares[kind], np.array([name in held for held in labels])
        weight, bias = _one_against_rest(seen[kind], positive[rows[kind]], strengths[kind], seed)
        columns.append((weight[: len(known)], bias))
        dense.append(share * weight[len(known) :])
    return MultiLinear.build(
        names,
        known,
        vectoriser.idf_,
        np.stack([weight for weight, _ in columns], axis=1),
        np.array([bias for _, bias in columns]),
        np.stack(dense, axis=1),
    )


def _beside(matrix: "csr_matrix", share: float, vectors: np.ndarray | None) -> "csr_matrix":
    from scipy.sparse import csr_matrix, hstack

    return matrix if vectors is None else hstack([matrix, csr_matrix(share * vectors)]).tocsr()


def _one_against_rest(
    matrix: "csr_matrix", positive: np.ndarray, c: float, seed: int
) -> tuple[np.ndarray, float]:
    """Weights and bias of one label; of a label that every text has, only a bias."""
    from sklearn.svm import LinearSVC

    if positive.all():
        return np.zeros(matrix.shape[1]), 1.0
    svm = LinearSVC(C=c, random_state=seed, class_weight="balanced", max_iter=5000)
    svm.fit(matrix, positive)
    return svm.coef_[0], float(svm.intercept_[0])
