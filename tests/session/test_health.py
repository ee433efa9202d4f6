"""The resolver's language model dies in the middle of a conversation and comes back."""

from dataclasses import replace

import pytest

from funcgemma.backends.recovery import Recovery
from funcgemma.backends.scripted.backend import ScriptedBackend
from funcgemma.backends.scripted.script import Answer
from funcgemma.errors import BackendError
from funcgemma.resolver.functiongemma.resolver import FunctionGemma
from funcgemma.resolver.language_stage import LanguageStage
from funcgemma.router import Router
from funcgemma.session import Session
from funcgemma.session.codec import state_from_json, state_to_json

DEAD = Answer(error="not_running", text="")
ALIVE = Answer(text="no_function")


@pytest.fixture
def talk(start):
    """A session whose language model is asked about everything, answering as scripted."""
    clock = [0.0]

    def begin(*answers):
        session = start()
        functions = session.router.definitions
        model = FunctionGemma(ScriptedBackend(answers), functions, repair=False)
        stage = LanguageStage(model, "passed", Recovery(lambda: clock[0]))
        router = Router(functions.values(), session.router.model, 1.0, stage)
        return Session(router, session.context()), clock

    return begin


def test_it_is_said_once_that_the_model_is_gone_and_once_that_it_is_back(talk):
    session, clock = talk(DEAD, DEAD, ALIVE, ALIVE)
    first = session.say("明日の京都の天気を教えて")
    assert [r.call.name for r in first.results] == ["weather_info"]
    assert "内蔵の判定" in first.notices[0]
    second = session.say("大阪の天気は？")
    assert second.results
    assert second.notices == ()
    clock[0] = 100.0
    assert session.say("名古屋の天気は？").notices == ()  # another failed attempt
    clock[0] = 1000.0
    back = session.say("東京の天気は？")
    assert "また使える" in back.notices[0]
    assert back.results == ()
    assert session.say("仙台の天気は？").notices == ()


def test_what_was_told_survives_saving(talk):
    session, _ = talk(DEAD)
    session.say("明日の京都の天気を教えて")
    assert state_from_json(state_to_json(session.state)).told_no_resolver
    old = {k: v for k, v in state_to_json(session.state).items() if k != "told_no_resolver"}
    assert not state_from_json(old).told_no_resolver
    session.reset()
    assert session.state.told_no_resolver


def test_an_answer_that_cannot_be_used_is_no_dead_model(talk):
    session, _ = talk(Answer(text="<start_function_call>call:nothing{}<end_function_call>"))
    turn = session.say("明日の京都の天気を教えて")
    assert turn.decision.problem
    assert turn.notices == ()


def test_errors_keep_their_reason():
    with pytest.raises(BackendError) as error:
        ScriptedBackend((replace(DEAD),)).complete("x")
    assert error.value.reason == "not_running"
