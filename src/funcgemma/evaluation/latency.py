"""How long decisions took."""

from collections.abc import Sequence

import numpy as np

PERCENTILES = (50, 95, 99)


def latency(milliseconds: Sequence[float]) -> dict[str, float | None]:
    """p50, p95 and p99 in milliseconds; None without decisions."""
    if not milliseconds:
        return {f"p{p}": None for p in PERCENTILES}
    found = np.percentile(np.asarray(milliseconds), PERCENTILES)
    return {f"p{p}": round(float(value), 4) for p, value in zip(PERCENTILES, found, strict=True)}
