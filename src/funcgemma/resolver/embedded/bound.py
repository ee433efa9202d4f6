"""How sure a call must be so that false actions stay rare, with a stated bound.

Training keeps how strongly models asked for a function on text that asks for
none, by writers they had not seen. From these scores follows, for any allowed
rate of false actions, the least score a call needs: the loosest one at which
the exact (Clopper-Pearson) upper bound on the rate still holds. Thresholds are
tried from strict to loose and the first failure ends the search, so that
choosing does not void the bound (fixed-sequence testing: Angelopoulos et al.,
"Learn then Test", 2021).
"""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from math import inf

from funcgemma.functions.definition import Risk
from funcgemma.statistics.proportions import upper_bound

SHARES: Mapping[Risk, float] = {"read": 1.0, "write": 1 / 3, "irreversible": 0.0}
"""Share of the allowed false actions that calls of a risk may make; 0 = none seen at all."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """Scores on text that asked for nothing.

    Attributes:
        negatives: Number of texts.
        scores: Risk -> the scores of false calls of that risk, highest first.
    """

    negatives: int = 0
    scores: Mapping[Risk, tuple[float, ...]] = field(default_factory=dict)

    def threshold(self, risk: Risk, max_false_action: float) -> float:
        """The least score at which a call of this risk is made without asking.

        Args:
            risk: Of the call.
            max_false_action: Allowed share of texts that ask for nothing and are acted on; with
                0 no call is ever sure enough.
        """
        if max_false_action <= 0:
            return inf
        allowed = max_false_action * SHARES[risk]
        highest = self.scores.get(risk, ())
        rates = range(1, len(highest) + 1)
        passed = bisect_right(rates, allowed, key=lambda n: upper_bound(n, self.negatives))
        return highest[passed] if passed < len(highest) else -inf

    def holds(self, risk: Risk, max_false_action: float) -> float:
        """The bound on the rate of false calls of this risk that holds at `LEVEL`.

        With too few texts it is higher than what was allowed.
        """
        least = self.threshold(risk, max_false_action)
        made = sum(score > least for score in self.scores.get(risk, ()))
        return upper_bound(made, self.negatives)
