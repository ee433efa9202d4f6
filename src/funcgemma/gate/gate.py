"""Stage 1: does the utterance ask for any function at all? A linear SVM over character n-grams."""

from dataclasses import dataclass

from funcgemma.language.features import char_ngrams
from funcgemma.language.linear import BinaryLinear
from funcgemma.language.normalise import gate_text


@dataclass(frozen=True, slots=True)
class Gate:
    """The trained gate.

    Attributes:
        linear: Scores an utterance's character n-grams; positive = need_function.
        threshold: The score that separates best on other writers' text.
        reject: Below this score nothing further looks at the utterance; it is lower than
            `threshold`, because the resolver sees more and can still say no.
        calibration: (slope, bias): logistic of slope·score + bias is the probability that
            the utterance needs no function.
    """

    linear: BinaryLinear
    threshold: float = 0.0
    reject: float = 0.0
    calibration: tuple[float, float] = (-2.0, 0.0)

    def score(self, text: str) -> float:
        """The signed score of an utterance, before any threshold."""
        return self.score_matched(gate_text(text))

    def score_matched(self, matched: str) -> float:
        """The same for an utterance that `gate_text` has normalised already."""
        return self.linear.score(char_ngrams(matched))

    def needs_function(self, text: str) -> bool:
        """The gate's own yes or no."""
        return self.score(text) >= self.threshold

    def explain(self, text: str) -> tuple[tuple[str, float], ...]:
        """The n-grams that spoke loudest, with their contributions."""
        return self.linear.explain(char_ngrams(gate_text(text)))
