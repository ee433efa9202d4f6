"""How sure a language model was, from the log-probabilities of what it wrote.

It is the probability of the greedy answer itself and is not calibrated: a model
can be sure of a wrong call. It orders answers; it does not bound errors.
"""

from collections.abc import Sequence
from math import exp

from funcgemma.backends.base import Token

UNKNOWN = 0.5
"""Where a runtime tells no log-probabilities."""


def confidence(tokens: Sequence[Token] | None, acts: bool) -> float:
    """Probability (0..1) of the answer under the model.

    Args:
        tokens: The tokens it wrote.
        acts: Whether they are calls: then all of them count. Of a refusal in plain words only
            the first token does: it decides that no call follows.
    """
    if not tokens:
        return UNKNOWN
    counted = tokens if acts else tokens[:1]
    return min(1.0, exp(sum(token.logprob for token in counted)))
