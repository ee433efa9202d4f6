"""Functions with few examples are hushed where they do not win."""

import numpy as np
import pytest

from funcgemma.language.linear import MultiLinear
from funcgemma.resolver.embedded.choose import probabilities
from funcgemma.resolver.embedded.features import NONE
from funcgemma.resolver.embedded.model import EmbeddedModel

LABELS = ("lamp", NONE, "radio", "weather")


def model(scores, scarce=()):
    """A model that gives every text these scores."""
    chooser = MultiLinear.build(
        LABELS, ["x"], np.ones(1), np.zeros((1, len(LABELS))), np.array(scores)
    )
    return EmbeddedModel(chooser, 0.25, 0.0, {}, {}, None, scarce=frozenset(scarce))


def told(scores, scarce=(), allowed=("lamp", "radio", "weather")):
    found = probabilities(model(scores, scarce), [], np.zeros(0, np.float32), frozenset(allowed))
    return dict(zip(LABELS, found.tolist(), strict=True))


def test_those_that_are_nearly_there_take_nothing_from_the_winner():
    scores = [0.4, -1.0, 0.4, 0.5]
    alone = told([-9, -1.0, -9, 0.5])["weather"]
    assert told(scores)["weather"] < alone - 0.3
    assert told(scores, ("lamp", "radio"))["weather"] == pytest.approx(alone, abs=0.05)


def test_the_winner_is_the_same_and_keeps_its_score():
    scores = [0.6, -1.0, 0.5, 0.3]
    plain, hushed = told(scores), told(scores, ("lamp", "radio"))
    assert max(plain, key=plain.get) == max(hushed, key=hushed.get) == "lamp"
    assert hushed["lamp"] > plain["lamp"]
    assert hushed["lamp"] / hushed["weather"] == pytest.approx(plain["lamp"] / plain["weather"])


def test_one_that_does_not_win_can_still_be_seen():
    """A second request in the same utterance is looked for because of it."""
    assert told([0.5, -1.0, -1.0, 0.6], ("lamp", "radio"))["lamp"] > 0.01


def test_one_that_may_not_be_called_does_not_win():
    found = told([2.0, -1.0, 0.0, 0.5], ("lamp", "radio"), allowed=("radio", "weather"))
    assert found["lamp"] == 0
    assert max(found, key=found.get) == "weather"


def test_a_model_is_not_changed_by_asking():
    made = model([0.4, 0.0, 0.4, 0.5], ("lamp",))
    before = made.chooser.bias.copy()
    probabilities(made, [], np.zeros(0, np.float32), frozenset(LABELS))
    assert np.array_equal(made.chooser.bias, before)
