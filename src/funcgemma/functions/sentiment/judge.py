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
    scores = shipped_model().probabilities(text)[granularity]
    if granularity == INTENSITY:
        strength = expected_strength(scores)
        return Verdict(strength_label(strength), strength, scores)
    label = max(scores, key=scores.__getitem__)
    return Verdict(label, scores[label], scores)


def expected_strength(scores: dict[str, float]) -> float:
    """0 where the text is surely weak, 1 where it is surely strong."""
    return 0.5 * scores["medium"] + scores["strong"]


def strength_label(strength: float) -> str:
    """The word for a strength: one third of the scale each."""
    return LABELS[INTENSITY][min(int(strength * 3), 2)]
