import math
import random

import pytest

from funcgemma.resolver.embedded.bound import Bounds
from funcgemma.statistics.proportions import upper_bound


def test_a_laxer_rate_never_asks_for_more():
    rng = random.Random(1)
    scores = tuple(sorted((rng.gauss(0, 2) for _ in range(200)), reverse=True))
    bounds = Bounds(2000, {"read": scores, "write": scores, "irreversible": scores})
    rates = [0.001, 0.005, 0.01, 0.02, 0.05, 0.1]
    least = [bounds.threshold("read", rate) for rate in rates]
    assert least == sorted(least, reverse=True)
    for rate, limit in zip(rates, least, strict=True):
        made = sum(score > limit for score in scores)
        assert upper_bound(made, 2000) <= rate or made == 0
        assert bounds.threshold("write", rate) >= limit
        assert bounds.threshold("irreversible", rate) == scores[0]


def test_too_few_texts_promise_only_what_they_can():
    bounds = Bounds(100, {"read": (1.5, 0.2)})
    assert bounds.threshold("read", 0.01) == 1.5
    assert bounds.holds("read", 0.01) == pytest.approx(0.0295, abs=1e-3)


def test_edges():
    assert Bounds(5000, {"read": ()}).threshold("read", 0.01) == -math.inf
    assert Bounds().threshold("read", 0.01) == -math.inf
    assert Bounds(5000, {"read": (1.0,)}).threshold("read", 0) == math.inf
    assert Bounds(5000, {"read": (1.0,)}).threshold("read", 1.0) == -math.inf


def test_the_bound_holds_on_new_text():
    """On new text of the same kind, the promised rate is broken in about 5 % of all draws."""
    rng = random.Random(7)
    broken = 0
    for _ in range(200):
        scores = tuple(sorted((rng.gauss(0, 1) for _ in range(1000)), reverse=True))
        limit = Bounds(1000, {"read": scores}).threshold("read", 0.02)
        true_rate = 0.5 * math.erfc(limit / math.sqrt(2))
        broken += true_rate > 0.02
    assert broken <= 20
