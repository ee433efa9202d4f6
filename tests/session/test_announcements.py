"""Announcements, undo and questions about entries, with a real store in a real file."""

from datetime import date, datetime, timedelta

import pytest

from funcgemma.functions.context import Context
from funcgemma.functions.reminders.entries import Draft
from funcgemma.functions.reminders.store import ReminderStore
from funcgemma.session import Manners, Session


@pytest.fixture
def store(tmp_path):
    with ReminderStore(tmp_path / "reminders.db") as store:
        yield store


@pytest.fixture
def at(router, store):
    """A session whose clock stands at a moment."""

    def begin(moment, language="ja", **manners):
        context = Context(now=lambda: moment, language=language, store=store)
        return Session(router, context, manners=Manners(**manners))

    return begin


@pytest.fixture
def two_meetings(store, now):
    for hour in (10, 15):
        store.create(Draft(description="会議", start=datetime(2026, 5, 14, hour)), now=now)


def test_what_is_due_is_told_once(at, store, now):
    store.create(Draft(description="歯医者", start=datetime(2026, 5, 13, 10, 30)), now=now)
    assert at(now).announcements() == []
    later = now + timedelta(minutes=11)
    (told,) = at(later).announcements()
    assert "歯医者" in told
    assert at(later).announcements() == []


def test_undo_says_what_it_did(at, store, now):
    session = at(now)
    entry = store.create(Draft(description="会議", start=date(2026, 5, 14)), now=now)
    store.delete(entry.id, now=now)
    assert "「会議」" in session.undo()
    assert [e.description for e in store.entries()] == ["会議"]
    assert "「会議」の登録" in session.undo()
    assert store.entries() == ()
    assert session.undo()


def test_without_a_store(router, now):
    session = Session(router, Context(now=lambda: now))
    assert session.announcements() == []
    assert session.undo() == "予定の保存先を開けません。"


def test_a_day_with_an_appointment(at, store, now):
    session = at(now, ask=False)
    assert session.say("明日15時に歯医者の予定を入れて").results[0].status == "created"
    assert "歯医者" in session.say("明日の予定を教えて").reply
    assert session.say("明日の歯医者の予定を消して").question
    assert session.say("はい").results[0].status == "deleted"
    assert store.entries() == ()
    session.undo()
    assert len(store.entries()) == 1


def test_which_of_several(at, store, now, two_meetings):
    session = at(now, confirm=False)
    turn = session.say("明日の予定を全部消して")
    assert turn.results[0].status == "ambiguous"
    assert "\n2. 5月14日(木) 15:00 会議" in turn.reply
    assert session.say("2番").results[0].status == "deleted"
    assert [entry.start for entry in store.entries()] == [datetime(2026, 5, 14, 10)]


def test_nothing_was_said_about_the_entry(at, store, now):
    session = at(now, ask=False)
    turn = session.say("リマインドして")
    assert turn.results[0].status == "incomplete"
    assert session.state.waiting is not None
    turn = session.say("明日の15時に歯医者")
    assert turn.results[0].status == "created"
    (entry,) = store.entries()
    assert entry.start == datetime(2026, 5, 14, 15)
    assert "歯医者" in entry.description
