from dataclasses import replace

import pytest

from funcgemma.model import Model
from funcgemma.records import Decision, Dialogue, FunctionCall, Message
from funcgemma.training.corrections import make_correction
from funcgemma.training.regression import (
    Change,
    Comparison,
    answers,
    compare_models,
    stratified_sample,
)


def test_a_point_may_be_lost_and_no_more():
    assert not Change("sample", 0.95, 0.94).lost
    assert Change("sample", 0.95, 0.9399).lost
    assert not Change("sample", 0.95, 0.99).lost


def test_every_kind_of_case_is_in_the_sample(corpus):
    sample = stratified_sample(corpus, 400)
    assert {case.category for case in sample} == {case.category for case in corpus}
    assert 380 < len(sample) < 420
    assert sample == stratified_sample(corpus, 400)


def test_a_small_corpus_is_its_own_sample(corpus):
    assert len(stratified_sample(corpus[:30], 400)) == 30
    assert stratified_sample((), 400) == []


def test_a_model_loses_nothing_against_itself(small_model, corpus, registry):
    found = compare_models(small_model, small_model, corpus, (), registry)
    assert found.passed
    assert found.otherwise == 0
    assert [change.name for change in found.changes][-1] == "sample"


def test_a_model_that_does_nothing_is_found_out(small_model, corpus, registry):
    """Its gate is shut: what is lost shows in the sample."""
    shut = replace(small_model.gate, reject=1e9)
    new = Model(shut, small_model.embedded, small_model.manifest)
    found = compare_models(small_model, new, corpus, (), registry)
    assert [change.name for change in found.lost] == ["sample"]
    assert not found.passed


def test_worse_numbers_of_the_training_are_found_out(small_model, registry):
    metrics = small_model.manifest["metrics"]
    worse = {**metrics, "no_function_recall": metrics["no_function_recall"] - 0.02}
    new = Model(small_model.gate, small_model.embedded, {**small_model.manifest, "metrics": worse})
    found = compare_models(small_model, new, (), (), registry)
    assert [change.name for change in found.lost] == ["no_function_recall"]


@pytest.mark.parametrize("calls", [(), (FunctionCall("weather_info", {"location": "大阪"}),)])
def test_a_correction_that_is_not_answered(small_model, router, registry, definitions, now, calls):
    dialogue = Dialogue((Message("user", "明日の京都の天気は？"),), now)
    case = make_correction(dialogue, calls, Decision(), definitions)
    assert not answers(router, case)
    found = compare_models(small_model, small_model, (), (case,), registry)
    assert found.unlearned == (case,)
    assert not found.passed
    assert Comparison((), 0, 0).passed
