"""Intervals and bounds of a rate that was counted."""

from math import exp, lgamma, log, log1p, sqrt

Interval = tuple[float, float]

Z = 1.959964
"""Standard deviations on both sides that hold 95 % of a normal distribution."""

LEVEL = 0.95


def wilson(part: float, whole: float) -> Interval:
    """Wilson's score interval of `part` out of `whole` independent cases (Wilson 1927)."""
    rate, z2 = part / whole, Z * Z
    centre = (rate + z2 / (2 * whole)) / (1 + z2 / whole)
    half = Z * sqrt(rate * (1 - rate) / whole + z2 / (4 * whole * whole)) / (1 + z2 / whole)
    return round(max(0.0, centre - half), 4), round(min(1.0, centre + half), 4)


def upper_bound(events: int, trials: int, level: float = LEVEL) -> float:
    """The exact one-sided upper bound of a rate after `events` in `trials`."""
    if events >= trials:
        return 1.0
    low, high = events / trials, 1.0
    for _ in range(50):
        middle = (low + high) / 2
        if _at_most(events, trials, middle) > 1 - level:
            low = middle
        else:
            high = middle
    return high


def _at_most(events: int, trials: int, rate: float) -> float:
    """Probability of at most `events` in `trials`."""
    if not 0 < rate < 1:
        return 1.0 if rate <= 0 else 0.0
    return sum(
        exp(
            lgamma(trials + 1)
            - lgamma(k + 1)
            - lgamma(trials - k + 1)
            + k * log(rate)
            + (trials - k) * log1p(-rate)
        )
        for k in range(events + 1)
    )
