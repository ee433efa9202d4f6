"""How far a rate may be off: bootstrap intervals over groups of cases.

Whole groups (a writer, a dialogue) are drawn with replacement as often as there
are groups, every rate is counted anew on what was drawn, and the middle 95 % of
1,000 such rates are the interval (Efron & Tibshirani, An Introduction to the
Bootstrap, 1993, chapter 13). All rates share the same draws.
"""

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from funcgemma.evaluation.rates import Counted
from funcgemma.statistics.proportions import LEVEL, Interval, wilson

RESAMPLES = 1000
_AT_ONCE = 2_000_000
"""Counts drawn at a time: bounds the memory for large sets."""

Floats = npt.NDArray[np.float64]


def intervals(
    counted: Mapping[str, Sequence[Counted]], groups: Sequence[str], *, seed: int = 0
) -> dict[str, Interval | None]:
    """The interval of each rate.

    Args:
        counted: Name of a rate -> one (part, out of) a case.
        groups: The group of each case.
        seed: Fixes the draws.

    Returns:
        (low, high) of each rate, None where the cases say nothing about it. A rate of
        exactly 0 or 1 has Wilson's interval: no draw can show what never happened.
    """
    drawn = resampled(counted, groups, seed=seed)
    found: dict[str, Interval | None] = {}
    for column, (name, parts) in enumerate(counted.items()):
        part, whole = sum(p for p, _ in parts), sum(w for _, w in parts)
        if whole and part in (0, whole):
            found[name] = wilson(part, whole)
        else:
            found[name] = middle(drawn[:, column]) if whole else None
    return found


def resampled(
    counted: Mapping[str, Sequence[Counted]], groups: Sequence[str], *, seed: int = 0
) -> Floats:
    """The rates on every draw: a row a draw, a column a rate; NaN = nothing to count in it."""
    if not counted or not groups:
        return np.full((RESAMPLES, len(counted)), np.nan)
    totals = _totals(list(counted.values()), groups)
    units, columns = totals.shape[0], totals.shape[1] // 2
    random = np.random.default_rng(seed)
    share = np.full(units, 1 / units)
    rates: list[Floats] = []
    step = max(1, _AT_ONCE // units)
    for start in range(0, RESAMPLES, step):
        times = random.multinomial(units, share, size=min(step, RESAMPLES - start))
        sums = times.astype(np.float64) @ totals
        with np.errstate(invalid="ignore", divide="ignore"):
            rates.append(sums[:, :columns] / sums[:, columns:])
    return np.concatenate(rates)


def _totals(columns: Sequence[Sequence[Counted]], groups: Sequence[str]) -> Floats:
    """The sums of every group: first all parts, then all wholes."""
    _, index = np.unique(np.asarray(groups), return_inverse=True)
    table = np.asarray(columns, dtype=np.float64)  # rate, case, (part, whole)
    flat = np.concatenate([table[:, :, 0], table[:, :, 1]]).T
    totals = np.zeros((int(index.max()) + 1, flat.shape[1]))
    np.add.at(totals, index, flat)
    return totals


def middle(values: Floats) -> Interval | None:
    """The middle 95 % of some values, NaN left out."""
    known = values[np.isfinite(values)]
    if not known.size:
        return None
    low, high = np.quantile(known, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return round(float(low), 4), round(float(high), 4)
