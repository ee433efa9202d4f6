"""Numbers that are chosen on text by writers the models have not seen."""

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from funcgemma.gate.gate import Gate

Scores = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]

REJECT_MISSES = 0.005
"""Share of requests that the gate alone may turn away; the resolver decides the rest."""

SCARCE_MISSES = 0.05
"""The same for functions with few examples."""

FLAT = 1.003
"""Costs up to this factor above the least count as equally good."""

FALSE_ACTION_COST = 0.6
"""How much more a false action costs than another mistake, when the bias is chosen."""


def temperature(scores: Scores, gold: npt.NDArray[np.int_]) -> float:
    """The temperature of least negative log-likelihood; scores [cases, labels]."""
    grid = np.geomspace(0.1, 2.0, 25)
    return round(float(min(grid, key=lambda t: _loss(scores / t, gold))), 4)


def _loss(scores: Scores, gold: npt.NDArray[np.int_]) -> float:
    shifted = scores - scores.max(axis=1, keepdims=True)
    log_sum = np.log(np.exp(shifted).sum(axis=1))
    return float((log_sum - shifted[np.arange(len(gold)), gold]).mean())


def none_bias(scores: Scores, gold: npt.NDArray[np.int_], none: int) -> float:
    """What to add to `no_function` so that mistakes, false actions counted more, are fewest.

    The cost is flat around its minimum; the middle of all that is about as good (`FLAT`) moves
    less from one training to the next than the minimum itself.
    """
    biases = np.linspace(-0.6, 0.9, 61)
    costs = np.array([_cost(scores, gold, none, bias) for bias in biases])
    return round(float(biases[costs <= costs.min() * FLAT].mean()), 4)


def _cost(scores: Scores, gold: npt.NDArray[np.int_], none: int, bias: float) -> float:
    moved = scores.copy()
    moved[:, none] += bias
    predicted = moved.argmax(axis=1)
    wrong = (predicted != gold).sum()
    false_actions = ((predicted != none) & (gold == none)).sum()
    return float(wrong + FALSE_ACTION_COST * false_actions)


def set_gate(gate: Gate, scores: Scores, needs: Mask, scarce: Mask) -> Gate:
    """The gate with its two thresholds and its calibration.

    Args:
        gate: As it was trained.
        scores: What it said of text by writers it had not seen.
        needs: Whether a text asks for a function.
        scarce: Whether it asks for one with few examples, which the gate knows little of.
    """
    candidates = np.unique(np.quantile(scores, np.linspace(0, 1, 201)))
    threshold = max(candidates, key=lambda t: float(((scores >= t) == needs).mean()))
    reject = np.quantile(scores[needs], REJECT_MISSES) if needs.any() else -1e9
    if scarce.any():
        reject = min(reject, np.quantile(scores[scarce], SCARCE_MISSES))
    weights = logistic(scores[:, None], ~needs)
    return replace(
        gate,
        threshold=round(float(threshold), 6),
        reject=round(float(min(reject, threshold)), 6),
        calibration=(weights[0], weights[1]),
    )


def logistic(features: Scores, right: Mask) -> tuple[float, ...]:
    """Weights and, last, the bias of a logistic regression; features [cases, width]."""
    from sklearn.linear_model import LogisticRegression

    if right.all() or not right.any():
        return (*(0.0,) * features.shape[1], 4.0 if right.all() else -4.0)
    model = LogisticRegression(C=1.0, max_iter=1000).fit(features, right)
    weights = [*model.coef_[0].tolist(), float(model.intercept_[0])]
    return tuple(round(w, 6) for w in weights)
