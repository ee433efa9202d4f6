"""Fit the linear models with scikit-learn and fold them for serving."""

from collections.abc import Sequence

import numpy as np

from funcgemma.language.linear import BinaryLinear, MultiLinear


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
    labels: Sequence[str],
    *,
    c: float = 1.0,
    seed: int = 0,
    min_df: int = 1,
) -> MultiLinear:
    """TF-IDF + one-vs-rest LinearSVC for a choice between labels."""
    from sklearn.svm import LinearSVC

    names = tuple(sorted(set(labels)))
    vectoriser, matrix = _vectorise(features, min_df)
    idf = vectoriser.idf_
    if len(names) == 1:
        weights, bias = np.zeros((len(idf), 1)), np.ones(1)
    else:
        svm = LinearSVC(C=c, random_state=seed, class_weight="balanced", max_iter=5000)
        svm.fit(matrix, np.asarray(labels))
        weights, bias = svm.coef_.T, svm.intercept_
        if len(names) == 2:  # scikit-learn keeps one column for two labels
            weights = np.concatenate([-weights, weights], axis=1)
            bias = np.concatenate([-bias, bias])
    return MultiLinear.build(names, vectoriser.get_feature_names_out().tolist(), idf, weights, bias)
