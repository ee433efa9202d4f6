import numpy as np
import pytest

from funcgemma.statistics.calibration import calibration


def test_brier_worked_by_hand():
    found = calibration([0.9, 0.6, 0.2, 1.0], [True, False, False, True])
    assert found["brier"] == pytest.approx((0.01 + 0.36 + 0.04 + 0) / 4, abs=1e-4)


def test_bins_hold_every_case_once():
    found = calibration([0.0, 0.05, 0.1, 0.95, 1.0], [False, True, True, True, True])
    bins = found["bins"]
    assert [(b["low"], b["count"]) for b in bins] == [(0.0, 2), (0.1, 1), (0.9, 2)]
    assert bins[0]["accuracy"] == 0.5
    assert bins[0]["interval"][0] < 0.5 < bins[0]["interval"][1]


def test_debiasing_takes_off_what_chance_adds():
    """A perfect confidence on few cases: the plain error is too large, the debiased one less so."""
    random = np.random.default_rng(0)
    plain, debiased = [], []
    for _ in range(40):
        sure = random.random(400)
        found = calibration(list(sure), list(random.random(400) < sure))
        plain.append(found["ece"])
        debiased.append(found["ece_debiased"])
    assert np.mean(plain) > 0.05
    assert np.mean(debiased) < 0.7 * np.mean(plain)


def test_a_real_error_stays():
    found = calibration([0.9] * 500, [True, False] * 250)
    assert found["ece"] == pytest.approx(0.4)
    assert found["ece_debiased"] == pytest.approx(0.4, abs=0.01)


def test_no_cases():
    assert calibration([], []) == {"brier": None, "ece": None, "ece_debiased": None, "bins": []}
