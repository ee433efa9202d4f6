"""What `/wrong` needs of a session: which utterance it is about, and going on from the right answer."""

import pytest

from funcgemma.functions.context import Context
from funcgemma.functions.reminders.store import ReminderStore
from funcgemma.records import FunctionCall
from funcgemma.session import Manners, Session, SessionState


@pytest.fixture
def session(router, now, tmp_path):
    with ReminderStore(tmp_path / "r.db") as store:
        context = Context(now=lambda: now, store=store)
        yield Session(router, context, manners=Manners(ask=False))


def test_nothing_was_routed_yet(session):
    assert session.state.routed_dialogue is None


def test_a_no_is_not_what_was_routed(start):
    session = start()
    session.say("明日の歯医者の予定を消して")
    session.say("いいえ")
    assert session.state.how == "declined"
    assert session.state.routed_dialogue.text == "明日の歯医者の予定を消して"
    assert SessionState.from_json(session.state.to_json()).routed == session.state.routed


def test_an_answer_was_routed(start):
    session = start()
    session.say("天気を教えて")
    session.say("京都")
    assert session.state.routed_dialogue.text == "京都"
    assert session.state.routed_dialogue.decisions[0].missing == ("0.location",)


def test_it_stays_the_same_when_the_earliest_messages_go(start):
    session = start()
    for _ in range(25):
        session.say("おはよう")
    assert session.state.routed_dialogue.text == "おはよう"
    assert session.state.routed == len(session.state.messages) - 2


def test_put_right_drops_the_question_and_runs_nothing(start, ran):
    session = start()
    session.say("天気を教えて")
    assert session.state.waiting is not None
    session.put_right((FunctionCall("translation_assist", {"text": "天気"}),))
    assert session.state.waiting is None
    assert session.state.decision.missing == ("0.target_language",)
    assert ran.calls == []


def test_every_change_of_the_last_turn_is_undone_once(session):
    session.say("明日15時に歯医者の予定を入れて")
    store = session.context().store
    assert len(store.entries()) == session.state.changes == 1
    assert len(session.undo_turn()) == 1
    assert store.entries() == ()
    assert session.undo_turn() == []
