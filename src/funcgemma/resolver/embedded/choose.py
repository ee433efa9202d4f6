"""Which function: probabilities over the registered functions and `no_function`."""

from collections.abc import Mapping
from functools import lru_cache

import numpy as np

from funcgemma.language.linear import Floats, MultiLinear, softmax
from funcgemma.resolver.embedded.features import (
    NONE,
    Prior,
    dialogue_features,
    utterance_features,
    utterance_vector,
)
from funcgemma.resolver.embedded.model import EmbeddedModel
from funcgemma.resolver.embedded.view import View

Probabilities = Mapping[str, float]

HUSH = 1.0
"""How far the score of a function with few examples is lowered where it does not win.

Its score says whether it wins and little else. Ten of them that are nearly there would take
from the winner what they do not deserve, and from every decision that rests on how sure it is.
"""


@lru_cache(maxsize=64)
def _offsets(labels: tuple[str, ...], allowed: frozenset[str], none_bias: float) -> Floats:
    """What is added to the scores: functions that are not registered now are masked."""
    return np.array(
        [none_bias if name == NONE else 0.0 if name in allowed else -1e9 for name in labels],
        np.float32,
    )


@lru_cache(maxsize=64)
def _hushed(labels: tuple[str, ...], scarce: frozenset[str]) -> Floats:
    return np.array([HUSH if name in scarce else 0.0 for name in labels], np.float32)


def probabilities(
    model: EmbeddedModel, features: list[str], vector: Floats, allowed: frozenset[str]
) -> Floats:
    """Probabilities of shape [labels of the chooser]."""
    labels = model.chooser.labels
    scores = model.chooser.scores(features, vector) + _offsets(labels, allowed, model.none_bias)
    if model.scarce:
        best = int(scores.argmax())
        winner = scores[best]
        scores = scores - _hushed(labels, model.scarce)
        scores[best] = winner
    return softmax(scores, model.temperature)


def choose(
    model: EmbeddedModel, view: View, prior: Prior, allowed: frozenset[str]
) -> Probabilities:
    """Label -> probability for an utterance in its dialogue."""
    features, vector = dialogue_features(view, prior), utterance_vector(view)
    return as_mapping(model, probabilities(model, features, vector, allowed))


def choose_alone(model: EmbeddedModel, view: View, allowed: frozenset[str]) -> Probabilities:
    """Label -> probability for a clause, without the dialogue."""
    features, vector = utterance_features(view), utterance_vector(view)
    return as_mapping(model, probabilities(model, features, vector, allowed))


def as_mapping(model: EmbeddedModel, values: Floats) -> Probabilities:
    """Probabilities by label."""
    return dict(zip(model.chooser.labels, values.tolist(), strict=True))


def best_function(scores: Probabilities) -> tuple[str, float]:
    """The likeliest label that is a function, and its probability; ("", 0) without any."""
    functions = [(p, name) for name, p in scores.items() if name != NONE and p > 0]
    p, name = max(functions, default=(0.0, ""))
    return name, p


def choose_value(chooser: MultiLinear, features: list[str], vector: Floats) -> tuple[str, float]:
    """The best label of an enum chooser and its probability."""
    values = softmax(chooser.scores(features, vector), 0.5)
    best = int(values.argmax())
    return chooser.labels[best], float(values[best])
