"""Whether a confidence of 80 % means right in 80 of 100 cases.

*Brier score*: the mean squared distance between confidence and outcome (1 right, 0
wrong); 0 is perfect, always saying 50 % gives 0.25.

*ECE*: the mean distance between confidence and share of right cases, over bins of
about equally many cases. On few cases it is too large even for a perfect
confidence, because the share of a small bin scatters. *Debiased ECE* takes off what
that scatter is expected to add, with the normal approximation of Kumar, Liang & Ma,
Verified Uncertainty Calibration (NeurIPS 2019, arXiv:1909.10155, the estimator for
the l1 error in their `calibration` library), in closed form instead of by sampling.
Where the true error is near zero it takes off a part only.
"""

from collections.abc import Sequence
from itertools import pairwise
from math import erf, exp, pi, sqrt
from typing import Any

import numpy as np
import numpy.typing as npt

from funcgemma.statistics.proportions import wilson

SHOWN_BINS = 10
MOST_BINS = 15
IN_A_BIN = 20
"""Cases that a bin of the ECE holds at least, where there are so many."""

Floats = npt.NDArray[np.float64]


def calibration(confidences: Sequence[float], rights: Sequence[bool]) -> dict[str, Any]:
    """Brier score, ECE and the bins of the reliability diagram.

    The bins shown are ten of equal width, as readers expect; empty ones are left out. The
    ECE is computed on bins of equal size, as its source asks for.
    """
    sure = np.asarray(confidences, dtype=np.float64)
    right = np.asarray(rights, dtype=np.float64)
    plain, debiased = ece(sure, right)
    return {
        "brier": round(float(np.mean((sure - right) ** 2)), 4) if sure.size else None,
        "ece": plain,
        "ece_debiased": debiased,
        "bins": _shown_bins(sure, right),
    }


def _shown_bins(sure: Floats, right: Floats) -> list[dict[str, Any]]:
    index = np.clip((sure * SHOWN_BINS).astype(int), 0, SHOWN_BINS - 1)
    bins = []
    for number in np.unique(index):
        inside = index == number
        count, hits = int(inside.sum()), float(right[inside].sum())
        bins.append(
            {
                "low": round(float(number) / SHOWN_BINS, 4),
                "high": round((float(number) + 1) / SHOWN_BINS, 4),
                "count": count,
                "confidence": round(float(sure[inside].mean()), 4),
                "accuracy": round(hits / count, 4),
                "interval": list(wilson(hits, count)),
            }
        )
    return bins


def ece(sure: Floats, right: Floats) -> tuple[float | None, float | None]:
    """(ECE, debiased ECE); None without cases."""
    if not sure.size:
        return None, None
    plain = expected = 0.0
    for inside in _equal_bins(sure):
        weight, rate = inside.sum() / sure.size, float(right[inside].mean())
        gap = rate - float(sure[inside].mean())
        plain += weight * abs(gap)
        expected += weight * _folded_mean(gap, sqrt(rate * (1 - rate) / inside.sum()))
    return round(float(plain), 4), round(float(max(0.0, 2 * plain - expected)), 4)


def _equal_bins(sure: Floats) -> list[npt.NDArray[np.bool_]]:
    """Bins of about equally many cases; equal confidences are never parted."""
    wanted = min(MOST_BINS, max(1, sure.size // IN_A_BIN))
    edges = np.unique(np.quantile(sure, np.linspace(0, 1, wanted + 1)))
    edges[-1] = np.inf
    bounds = [-np.inf, *edges[1:]] if edges.size > 1 else [-np.inf, np.inf]
    bins = [(sure >= low) & (sure < high) for low, high in pairwise(bounds)]
    return [inside for inside in bins if inside.any()]


def _folded_mean(mean: float, deviation: float) -> float:
    """The mean of |x| for a normal x."""
    if deviation == 0:
        return abs(mean)
    ratio = mean / deviation
    return deviation * sqrt(2 / pi) * exp(-ratio * ratio / 2) + mean * erf(ratio / sqrt(2))
