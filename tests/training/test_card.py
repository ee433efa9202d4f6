from dataclasses import replace

from funcgemma.training.bounds import RATES
from funcgemma.training.card import model_card


def test_the_card_says_what_holds(small_model, registry):
    card = model_card(small_model)
    assert all(name in card for name in registry.names)
    assert "Brier score" in card
    assert "95 % confidence" in card
    held = small_model.manifest["false_actions"]
    assert held["negatives"] > 0
    assert list(held["allowed"]) == [str(rate) for rate in RATES]
    for bounds in held["allowed"].values():
        assert bounds["write"] <= 1
        assert bounds["irreversible"] <= 1
    least = 1 - 0.05 ** (1 / held["negatives"])  # nothing seen at all promises no less
    assert all(b >= least - 1e-3 for bounds in held["allowed"].values() for b in bounds.values())


def test_the_reliability_diagram_counts_every_measured_case(small_model):
    bins = small_model.manifest["calibration"]["bins"]
    assert sum(one["count"] for one in bins) <= small_model.manifest["cases"]
    assert all(0 <= one["accuracy"] <= 1 for one in bins)
    assert bins == sorted(bins, key=lambda one: one["low"])


def test_a_model_of_another_data_has_another_card(small_model):
    other = replace(small_model, manifest={**small_model.manifest, "cases": 1})
    assert model_card(other) != model_card(small_model)
