"""Announcements and undo, with a real store in a real file."""

from datetime import date, datetime, timedelta

import pytest

from funcgemma.functions.context import Context
from funcgemma.functions.reminders.entries import Draft
from funcgemma.functions.reminders.store import ReminderStore
from funcgemma.session import Session


@pytest.fixture
def store(tmp_path):
    with ReminderStore(tmp_path / "reminders.db") as store:
        yield store


@pytest.fixture
def at(router, store):
    """A session whose clock stands at a moment."""

    def begin(moment, language="ja"):
        return Session(router, Context(now=lambda: moment, language=language, store=store))

    return begin


def test_what_is_due_is_told_once(at, store, now):
    store.create(Draft(description="歯医者", start=datetime(2026, 5, 13, 10, 30)), now=now)
    assert at(now).announcements() == []
    later = now + timedelta(minutes=11)
    assert at(later).announcements() == ["「歯医者」の時間です (5月13日(水) 10:30)。"]
    assert at(later).announcements() == []


def test_what_was_missed_is_told_as_such(at, store, now):
    store.create(Draft(description="dentist", start=datetime(2026, 5, 13, 10, 30)), now=now)
    told = at(now + timedelta(days=3), "en").announcements()
    assert told == ["“dentist” was due (Wed 13 May 10:30)."]


def test_missed_ones_of_a_series_are_counted(at, store, now):
    draft = Draft(
        description="薬", start=datetime(2026, 5, 13, 11), recurrence="FREQ=DAILY", zone="+09:00"
    )
    store.create(draft, now=now)
    (told,) = at(now + timedelta(days=3)).announcements()
    assert "薬" in told
    assert "ほかに2回" in told


def test_a_whole_day(at, store, now):
    store.create(Draft(start=date(2026, 5, 14)), now=now)
    (told,) = at(now + timedelta(days=1)).announcements()
    assert told == "今日は予定の日です (5月14日(木))。"


def test_undo_says_what_it_did(at, store, now):
    session = at(now)
    entry = store.create(Draft(description="会議", start=date(2026, 5, 14)), now=now)
    store.delete(entry.id, now=now)
    assert session.undo() == "「会議」 (5月14日(木))の削除を取り消しました。"
    assert [e.description for e in store.entries()] == ["会議"]
    assert session.undo() == "「会議」 (5月14日(木))の登録を取り消しました。"
    assert store.entries() == ()
    assert session.undo() == "取り消せる変更はありません。"


def test_without_a_store(router, now):
    session = Session(router, Context(now=lambda: now))
    assert session.announcements() == []
    assert session.undo() == "予定の保存先を開けません。"
