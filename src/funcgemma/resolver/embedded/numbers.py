"""Small functions of probabilities."""

from math import exp, log


def logit(probability: float) -> float:
    """Log-odds, bounded to ±6."""
    p = min(max(probability, 0.0025), 0.9975)
    return log(p / (1 - p))


def log_odds(probability: float) -> float:
    """Log-odds, bounded only where floating point ends."""
    p = min(max(probability, 1e-12), 1 - 1e-12)
    return log(p / (1 - p))


def sigmoid(x: float) -> float:
    """1 / (1 + e^-x) without overflow."""
    return 1 / (1 + exp(-x)) if x > -700 else 0.0
