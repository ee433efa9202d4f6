import json

import pytest

from funcgemma.data.cases import read_cases
from funcgemma.evaluation.benchmark import Answer, System, benchmark, systems_of
from funcgemma.evaluation.suites import suite_path
from funcgemma.router import Router


@pytest.fixture(scope="module")
def cases():
    return read_cases(suite_path("conversation"))[::4]


def test_all_systems_side_by_side(router, registry, cases):
    told = []
    found = benchmark(
        systems_of(router), cases, registry.schemas, rounds=1, done=lambda *a: told.append(a)
    )
    names = ["keyword gate", "ML gate", "keyword router", "embedded router"]
    assert [system["name"] for system in found["systems"]] == names
    assert [name for _, name in told] == names
    gate, _, _, embedded = found["systems"]
    assert gate["call_accuracy"] is None
    assert gate["llm_calls_avoided"] is None
    assert 0 <= embedded["llm_calls_avoided"]["share"] <= 1
    assert embedded["call_accuracy"] <= embedded["function_accuracy"]
    assert embedded["latency_ms"]["p50"] > 0
    json.dumps(found)


def test_without_a_model_keywords_are_measured(registry, cases):
    systems = systems_of(Router(registry, None))
    assert [system.name for system in systems] == ["keyword gate", "keyword router"]


def test_a_system_of_ones_own(registry, cases):
    """Any callable will do; its confidence decides what is avoided."""

    def start():
        return lambda dialogue: Answer(False, (), 0.8 if len(dialogue.text) > 20 else 0.5)

    (found,) = benchmark(
        [System("silent", start, True)], cases, registry.schemas, bound=0.8, rounds=1
    )["systems"]
    assert found["no_function_recall"] == 1.0
    assert found["request_recall"] == 0.0
    long = sum(len(case.text) > 20 for case in cases) / len(cases)
    assert found["llm_calls_avoided"]["share"] == round(long, 6)


def test_each_round_starts_anew(registry, cases):
    started = []

    def start():
        started.append(1)
        return lambda dialogue: Answer(True)

    benchmark([System("x", start, False)], cases, registry.schemas, rounds=3)
    assert len(started) == 4


def test_without_a_bound_the_routers_own_word_counts(registry, cases):
    def start():
        return lambda dialogue: Answer(True, (), 0.9, unsure=len(dialogue.text) > 20)

    (found,) = benchmark([System("x", start, True)], cases, registry.schemas, rounds=1)["systems"]
    short = sum(len(case.text) <= 20 for case in cases) / len(cases)
    assert found["llm_calls_avoided"]["share"] == round(short, 6)
