"""How likely a decision is right: logistic calibration fitted on other writers' text."""

from funcgemma.resolver.embedded.calls import Resolution
from funcgemma.resolver.embedded.features import NONE, Prior
from funcgemma.resolver.embedded.numbers import logit, sigmoid

WIDTH = 6
"""Number of features below; a calibration has one weight for each, plus a bias."""


def confidence_features(resolution: Resolution, prior: Prior) -> list[float]:
    """What speaks for and against a resolution, as `WIDTH` numbers."""
    acts = bool(resolution.calls)
    return [
        0.0 if acts else logit(resolution.scores.get(NONE, 0.5)),
        logit(resolution.certainty) if acts else 0.0,
        float(acts),
        float(len(resolution.calls) > 1),
        float(bool(resolution.missing)),
        float(prior.call is not None),
    ]


def confidence(resolution: Resolution, prior: Prior, calibration: tuple[float, ...]) -> float:
    """Probability (0..1) that the whole decision is right."""
    if len(calibration) != WIDTH + 1:
        return resolution.certainty
    features = confidence_features(resolution, prior)
    return sigmoid(
        sum(w * x for w, x in zip(calibration, features, strict=False)) + calibration[-1]
    )
