"""The verdict on a text: a label, how sure or how strong, and the share of every label."""

from dataclasses import dataclass

from funcgemma.functions.sentiment.labels import INTENSITY, LABELS
from funcgemma.functions.sentiment.model import shipped_model


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a text feels like.

    Attributes:
        label: The chosen label.
        score: Its probability; for intensity the strength itself, 0 (none) to 1.
        scores: Label -> probability.
    """

    label: str
    score: float
    scores: dict[str, float]


def judge(text: str, granularity: str) -> Verdict:
    """Judge a text with the shipped model."""
    return choose(shipped_model().probabilities(text)[granularity], granularity)


def choose(scores: dict[str, float], granularity: str) -> Verdict:
    """The verdict that probabilities amount to.

    Intensity is a scale: its strength is the expected place on 0, 0.5, 1, and
    its label the nearest of the three. Otherwise the likeliest label wins.
    """
    if granularity == INTENSITY:
        strength = 0.5 * scores["medium"] + scores["strong"]
        return Verdict(LABELS[INTENSITY][round(strength * 2)], strength, scores)
    label = max(scores, key=scores.__getitem__)
    return Verdict(label, scores[label], scores)
