from dataclasses import replace

from funcgemma.functions.registry import FunctionRegistry
from funcgemma.records import Case, FunctionCall
from funcgemma.training.build import build_model
from funcgemma.training.distilled import DISTILLED, LEAST_GOLD, is_measured, settled


def case(now, number, *names, tags=()):
    calls = tuple(FunctionCall(name) for name in names)
    return Case(f"{number}", f"{number}番", now, calls=calls, tags=tags)


def test_a_function_that_people_have_hardly_labelled_is_measured_on_labels_of_the_teacher(now):
    gold = [case(now, n, "f") for n in range(LEAST_GOLD)]
    gold += [case(now, n, "g", tags=("correction",)) for n in range(LEAST_GOLD)]
    labels = [case(now, 50 + n, name, tags=(DISTILLED,)) for n, name in enumerate("fg")]
    first, second = settled(labels, gold)
    assert first.tags == (DISTILLED,)
    assert second.tags == ()
    assert [is_measured(c) for c in (first, second)] == [False, True]


def test_labels_of_a_teacher_are_learned_and_not_measured(corpus, definitions, now):
    registry = FunctionRegistry((definitions["weather_info"], definitions["translation_assist"]))
    gold = [c for c in corpus if c.writer == "w01"][:120]
    labels = [
        replace(c, tags=(DISTILLED,), writer="teacher", group=c.id)
        for c in corpus if c.writer == "w04"
    ][:60]  # fmt: skip
    model = build_model((*gold, *labels), registry)
    assert model.manifest["cases"] == 120
    assert model.manifest["distilled"] == 60
    assert model.manifest["writers"] == 1
    assert model.manifest["metrics"]["cases"] == 120
    plain = build_model(gold, registry)
    assert "distilled" not in plain.manifest
    assert plain.manifest["data"] != model.manifest["data"]
    assert model.gate.linear != plain.gate.linear
