from collections import Counter

import pytest

from funcgemma.data.cases import read_cases
from funcgemma.data.scoring import canonical
from funcgemma.evaluation.judged import judge
from funcgemma.evaluation.suite import suite_scores
from funcgemma.evaluation.suites import suite_path

ASK_NOTHING = ("greeting", "general_question", "creative", "opinion")
SIZES = dict.fromkeys((*ASK_NOTHING, "travel", "weather", "translation", "celebrity"), 10)
SIZES |= dict.fromkeys(("sentiment", "schedule", "shopping"), 5)


@pytest.fixture(scope="module")
def suite():
    return read_cases(suite_path("conversation"))


def test_sizes(suite):
    assert Counter(case.category for case in suite) == SIZES
    assert len({case.id for case in suite}) == 95
    assert len({canonical(case.text) for case in suite}) == 95
    assert Counter(case.language for case in suite) == {"ja": 80, "en": 15}


def test_only_the_first_kinds_ask_for_nothing(suite):
    assert all((case.category in ASK_NOTHING) == (not case.calls) for case in suite)
    assert all(("everyday" in case.tags) == (not case.calls) for case in suite)


def test_gold_calls_fit_the_functions(suite, registry):
    for case in suite:
        for call in case.calls:
            schema = registry.schemas[call.name]
            assert set(schema["required"]) <= set(call.arguments) <= set(schema["properties"])
            for name, value in call.arguments.items():
                allowed = schema["properties"][name].get("enum")
                values = value if isinstance(value, list) else [value]
                assert allowed is None or set(values) <= set(allowed), case.id


def test_nothing_of_it_is_trained_on(suite, corpus):
    trained = {canonical(case.text) for case in corpus if len(canonical(case.text)) > 12}
    assert [case.id for case in suite if canonical(case.text) in trained] == []


def test_scores_by_category(suite, router, registry):
    judged = judge(suite, [router.route(case.dialogue) for case in suite], registry.schemas)
    scores = suite_scores("conversation", judged, router.model.gate.needs_function)
    assert list(scores["categories"]) == list(SIZES)
    assert scores["overall"]["cases"] == 95
    assert scores["categories"]["weather"]["gate_alone"] > 0.5
    right = sum(r["gate_alone"] == r["need_function"] for r in scores["results"])
    assert scores["overall"]["gate_alone"] == round(right / 95, 6)
