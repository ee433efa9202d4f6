"""Trains the sentiment model with scikit-learn; never imported at run time."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import FeatureUnion
from sklearn.preprocessing import FunctionTransformer
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from funcgemma.functions.sentiment.features import read
from funcgemma.functions.sentiment.labels import LABELS
from funcgemma.functions.sentiment.model import COLUMNS, SentimentModel
from funcgemma.functions.sentiment.sentences import Sentence
from funcgemma.language.linear import Floats, MultiLinear

MIN_SENTENCES = 3
"""An n-gram that stands in fewer sentences is left out; this also keeps the file small."""
INVERSE_PENALTY = 5.0


@dataclass(frozen=True, slots=True)
class Fitted:
    """The scikit-learn side of a model.

    Attributes:
        features: Texts -> TF-IDF of their n-grams beside their cues.
        heads: Granularity -> classifier.
    """

    features: Any
    heads: dict[str, Any]

    def probabilities(self, texts: Sequence[str]) -> dict[str, Floats]:
        """Granularity -> array of shape [texts, labels], in the order of `LABELS`."""
        seen = self.features.transform(texts)
        return {
            granularity: head.predict_proba(seen)[:, _order(head, granularity)]
            for granularity, head in self.heads.items()
        }

    def export(self) -> SentimentModel:
        """The same model for serving."""
        tfidf = self.features.transformer_list[0][1]
        idf = tfidf.idf_.astype(np.float32)
        weights = np.concatenate(
            [head.coef_[_order(head, granularity)] for granularity, head in self.heads.items()]
        ).T
        bias = np.concatenate(
            [head.intercept_[_order(head, granularity)] for granularity, head in self.heads.items()]
        )
        names = tfidf.get_feature_names_out().tolist()
        text = MultiLinear.build(COLUMNS, names, idf, weights[: len(idf)], bias)
        return SentimentModel(text, np.ascontiguousarray(weights[len(idf) :], dtype=np.float32))


def fit(sentences: Sequence[Sentence]) -> Fitted:
    """Fit the three classifiers on the same features; nothing in it is random."""
    features = FeatureUnion(
        [
            ("ngrams", TfidfVectorizer(analyzer=_ngrams, binary=True, min_df=MIN_SENTENCES)),
            ("cues", FunctionTransformer(_cue_matrix)),
        ]
    )
    seen = features.fit_transform([sentence.text for sentence in sentences])
    heads = {}
    # One thread: on so small a problem more of them are slower, and sums then differ by machine.
    with threadpool_limits(limits=1):
        for granularity in LABELS:
            head = LogisticRegression(C=INVERSE_PENALTY, max_iter=1000)
            heads[granularity] = head.fit(seen, [s.labels[granularity] for s in sentences])
    return Fitted(features, heads)


def _ngrams(text: str) -> list[str]:
    return read(text).ngrams


def _cue_matrix(texts: Sequence[str]) -> Floats:
    return np.array([read(text).cues for text in texts], dtype=np.float32)


def _order(head: Any, granularity: str) -> list[int]:
    """Where the labels of a granularity stand among a classifier's classes."""
    classes = list(head.classes_)
    return [classes.index(label) for label in LABELS[granularity]]
