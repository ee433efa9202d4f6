"""The bonus of a tagger is the one with which most calls come out right."""

from dataclasses import replace

import numpy as np
import pytest

from funcgemma.data.scoring import score_calls
from funcgemma.resolver.embedded.resolve import EmbeddedResolver
from funcgemma.training.bonuses import BONUSES, LEAST, choose_bonuses
from funcgemma.training.examples import read_examples
from funcgemma.training.held import Held


@pytest.fixture
def requests(corpus, definitions):
    """Plain requests for two functions: enough for the first, too few for the second."""
    found = {"schedule_reminder": LEAST, "weather_info": LEAST - 1}
    rows = []
    for case in corpus:
        name = case.calls[0].name if len(case.calls) == 1 else ""
        if found.get(name, 0) > 0:
            found[name] -= 1
            rows.append(case)
    return read_examples(rows, definitions)


def held_by(model, count):
    return Held(np.zeros(count), np.zeros((count, 1)), ((list(range(count)), model),))


def test_it_is_chosen_where_there_are_enough_requests(small_model, requests, definitions):
    held = held_by(small_model.embedded, len(requests))
    chosen = choose_bonuses(held, requests, definitions)
    assert set(chosen) == {"schedule_reminder"}

    def right(bonus):
        model = replace(small_model.embedded, span_bonus={"schedule_reminder": bonus})
        resolver = EmbeddedResolver(model, definitions)
        schemas = {name: d.parameters for name, d in definitions.items()}
        return sum(
            score_calls(
                resolver.filled(e.view, e.prior, "schedule_reminder").calls, e.case.calls, schemas
            ).call_right
            for e in requests
            if e.label == "schedule_reminder"
        )

    assert right(chosen["schedule_reminder"]) == max(map(right, BONUSES))


def test_a_model_without_taggers_says_nothing(small_model, requests, definitions):
    bare = replace(small_model.embedded, taggers={})
    assert choose_bonuses(held_by(bare, len(requests)), requests, definitions) == {}
