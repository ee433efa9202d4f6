from datetime import UTC, datetime

import pytest

from funcgemma.errors import BackendError
from funcgemma.functions.builtin import builtin_registry
from funcgemma.records import Decision, Dialogue, FunctionCall, Mention, Message
from funcgemma.resolver.cascade import combine, needs_second
from funcgemma.resolver.language_stage import LanguageStage

FUNCTIONS = {d.name: d for d in builtin_registry()}
WEATHER = FunctionCall("weather_info", {"location": "東京"})
TRAVEL = FunctionCall("travel_guide", {"destination": "東京"})
HEARD = Dialogue((Message("user", "東京は？"),), datetime(2026, 5, 1, 9, tzinfo=UTC))


def ours(*calls, sure=0.4, unsure=True, missing=()):
    return Decision(calls, missing, sure, "embedded", unsure=unsure, timings={"embedded": 1.0})


def theirs(*calls, sure=0.9, **others):
    return Decision(calls, (), sure, "llm", timings={"llm": 100.0}, **others)


class Model:
    """Answers with a decision, or raises."""

    name = "model"

    def __init__(self, answer):
        self.answer = answer
        self.asked = 0

    def resolve(self, dialogue):
        self.asked += 1
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


@pytest.mark.parametrize(
    ("decision", "untrained", "wanted"),
    [
        (ours(WEATHER), False, True),
        (ours(WEATHER, sure=0.99, unsure=False), False, False),
        (ours(sure=0.95, unsure=False), False, False),
        (ours(sure=0.5, unsure=False), False, True),
        (ours(sure=0.95, unsure=False), True, True),
    ],
)
def test_only_what_is_unsure_needs_a_second_opinion(decision, untrained, wanted):
    assert needs_second(decision, untrained) is wanted


def test_where_both_name_the_same_function_it_is_called_with_the_embedded_arguments():
    second = theirs(FunctionCall("weather_info", {"location": "京都"}))
    both = combine(ours(WEATHER), second, FUNCTIONS)
    assert both.calls == (WEATHER,)
    assert not both.unsure
    assert both.stage == "llm"
    assert both.confidence == 0.4
    assert both.timings == {"embedded": 1.0, "llm": 100.0}


def test_a_missing_argument_is_taken_from_the_model():
    mention = Mention("place", "東京", 0, 2, "東京", "0.location")
    lacking = ours(
        FunctionCall("weather_info", {"forecast_type": "daily"}), missing=("0.location",)
    )
    both = combine(lacking, theirs(WEATHER, mentions=(mention,)), FUNCTIONS)
    assert both.calls == (
        FunctionCall("weather_info", {"location": "東京", "forecast_type": "daily"}),
    )
    assert both.missing == ()
    assert both.mentions == (mention,)


def test_a_guess_that_the_model_does_not_share_is_dropped():
    both = combine(ours(WEATHER, sure=0.3), theirs(), FUNCTIONS)
    assert both.calls == ()
    assert not both.unsure
    assert both.confidence == pytest.approx(0.7)


@pytest.mark.parametrize("second", [theirs(), theirs(TRAVEL)])
def test_a_likely_call_stays_and_is_asked_about(second):
    both = combine(ours(WEATHER, sure=0.8), second, FUNCTIONS)
    assert both.calls == (WEATHER,)
    assert both.unsure
    assert "llm" in both.timings


@pytest.mark.parametrize("first", [ours(sure=0.5, unsure=False), ours(TRAVEL, sure=0.2)])
def test_what_only_the_model_sees_is_asked_about(first):
    both = combine(first, theirs(WEATHER), FUNCTIONS)
    assert both.calls == (WEATHER,)
    assert both.unsure
    assert both.confidence <= 0.9


def test_the_cascade_asks_the_model_only_where_it_is_wanted():
    model = Model(theirs(WEATHER))
    stage = LanguageStage(model)
    sure = ours(WEATHER, sure=0.99, unsure=False)
    assert stage.decide(sure, HEARD, FUNCTIONS) is sure
    assert model.asked == 0
    assert stage.decide(ours(WEATHER), HEARD, FUNCTIONS).stage == "llm"
    assert model.asked == 1


def test_behind_the_gate_the_model_has_the_last_word():
    model = Model(theirs(TRAVEL))
    stage = LanguageStage(model, "passed")
    silent = Decision(confidence=0.9, stage="gate")
    assert stage.decide(silent, HEARD, FUNCTIONS) is silent
    sure = ours(WEATHER, sure=0.99, unsure=False)
    assert stage.decide(sure, HEARD, FUNCTIONS).calls == (TRAVEL,)
    assert model.asked == 1


def test_without_a_gate_the_model_is_always_asked():
    model = Model(theirs(TRAVEL))
    silent = Decision(confidence=0.9, stage="gate")
    assert LanguageStage(model, "always").decide(silent, HEARD, FUNCTIONS).calls == (TRAVEL,)


def test_a_model_that_fails_leaves_the_decision_and_is_not_asked_again_at_once():
    model = Model(BackendError("it is not running", "not_running", "start it"))
    stage = LanguageStage(model)
    first = stage.decide(ours(WEATHER), HEARD, FUNCTIONS)
    assert first.calls == (WEATHER,)
    assert first.stage == "embedded"
    assert first.problem == "it is not running (start it)"
    assert "llm" not in first.timings
    assert stage.decide(ours(WEATHER), HEARD, FUNCTIONS).problem == "model does not answer"
    assert model.asked == 1


def test_where_something_is_measured_a_failure_is_an_error():
    stage = LanguageStage(Model(BackendError("it is not running")), strict=True)
    with pytest.raises(BackendError):
        stage.decide(ours(WEATHER), HEARD, FUNCTIONS)
