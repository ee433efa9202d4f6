"""Conversations about a real store: choose, look before deleting, undo."""

from datetime import datetime

import pytest

from funcgemma.functions.context import Context
from funcgemma.functions.reminders.entries import Draft
from funcgemma.functions.reminders.store import ReminderStore
from funcgemma.session import Session, SessionState


@pytest.fixture
def store(tmp_path, now):
    with ReminderStore(tmp_path / "reminders.db") as store:
        for day, name in ((24, "歯医者の予約"), (25, "歯医者の検診")):
            draft = Draft(description=name, start=datetime(2026, 11, day, 15), zone="Asia/Tokyo")
            store.create(draft, now=now)
        yield store


@pytest.fixture
def session(router, store, now):
    return Session(router, Context(now=lambda: now, store=store))


def kept(store):
    return {entry.description: entry.start for entry in store.entries()}


def test_a_choice_keeps_the_day(session, store):
    session.say("歯医者を16時に変更して")
    turn = session.say("1")
    assert turn.how == "chosen"
    assert kept(store)["歯医者の予約"] == datetime(2026, 11, 24, 16)
    assert kept(store)["歯医者の検診"] == datetime(2026, 11, 25, 15)


def test_the_question_names_the_stored_entry(session, store):
    turn = session.say("歯医者の検診を消して")
    assert turn.question == "「歯医者の検診」（11月25日(水) 15:00）を取り消しますか？"
    assert len(kept(store)) == 2
    assert session.say("はい").results[0].status == "deleted"
    assert list(kept(store)) == ["歯医者の予約"]


def test_several_are_asked_about_and_none_is_said_at_once(session, store):
    turn = session.say("歯医者を消して")
    assert turn.waiting is not None, turn
    assert turn.waiting.kind == "choice"
    session.say("2")
    assert list(kept(store)) == ["歯医者の予約"]
    turn = session.say("床屋の予定を消して")
    assert turn.waiting is None
    assert "見つかりません" in turn.reply


@pytest.mark.parametrize(
    "text", ["やっぱり戻して", "元に戻して", "さっきのを取り消して戻して", "undo that", "Undo"]
)
def test_undo_in_words(session, store, text):
    session.say("歯医者の検診を消して")
    assert "/undo" in session.say("はい").reply
    session.state = SessionState.from_json(session.state.to_json())
    turn = session.say(text)
    assert turn.how == "undone"
    assert "元に戻しました" in turn.reply
    assert len(kept(store)) == 2
    assert session.say(text).how != "undone"


def test_undo_with_more_words_is_none(session, store):
    session.say("歯医者の検診を消して")
    session.say("はい")
    assert session.say("undo that and call the dentist tomorrow").how != "undone"
    assert len(kept(store)) <= 2
