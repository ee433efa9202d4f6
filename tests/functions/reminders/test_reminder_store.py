from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from funcgemma.errors import StoreError
from funcgemma.functions.reminders.entries import Draft
from funcgemma.functions.reminders.store import ReminderStore
from funcgemma.functions.reminders.when import Window

DENTIST = Draft(description="歯医者", start=datetime(2026, 5, 14, 9))


def test_an_entry_is_kept(path, now):
    draft = Draft(
        description="朝会",
        start=datetime(2026, 5, 14, 9),
        end=datetime(2026, 5, 14, 9, 15),
        recurrence="FREQ=WEEKLY;BYDAY=MO,TH",
        excluded=(datetime(2026, 5, 18, 9),),
    )
    with ReminderStore(path) as store:
        made = store.create(draft, now=now)
    with ReminderStore(path) as store:
        assert store.warning is None
        assert store.get(made.id) == made
        assert store.entries() == (made,)
    assert (made.created, made.updated, made.zone) == (now, now, "+09:00")
    assert not made.all_day
    for name in ("description", "start", "end", "recurrence", "excluded"):
        assert getattr(made, name) == getattr(draft, name)


def test_a_day_a_range_and_no_time(store, now):
    day = store.create(Draft(description="誕生日", start=date(2026, 5, 20)), now=now)
    trip = store.create(
        Draft(description="旅行", start=date(2026, 5, 20), end=date(2026, 5, 22)), now=now
    )
    memo = store.create(Draft(description="牛乳"), now=now)
    assert store.entries() == (day, trip, memo)
    assert (day.all_day, trip.all_day, memo.all_day) == (True, True, False)


def test_what_there_is_not(store, now):
    assert store.get(7) is None
    assert store.entries() == ()
    with pytest.raises(StoreError, match="number 7"):
        store.delete(7, now=now)


def test_update(store, now):
    made = store.create(DENTIST, now=now)
    later = now + timedelta(minutes=5)
    changed = store.update(replace(made, start=datetime(2026, 5, 14, 15)), now=later)
    assert store.get(made.id) == changed
    assert (changed.created, changed.updated) == (now, later)


def test_nobody_overwrites_what_was_changed_meanwhile(path, store, now):
    made = store.create(DENTIST, now=now)
    with ReminderStore(path) as other:
        other.update(replace(made, description="歯科"), now=now + timedelta(seconds=1))
    with pytest.raises(StoreError, match="meanwhile"):
        store.update(replace(made, description="病院"), now=now + timedelta(seconds=2))
    assert store.entries()[0].description == "歯科"


def test_numbers_are_never_used_twice(store, now):
    first = store.create(DENTIST, now=now)
    store.delete(first.id, now=now)
    assert store.create(DENTIST, now=now).id == first.id + 1


def test_a_list_is_what_takes_place_in_a_window(store, now, zone):
    store.create(
        Draft(description="朝会", start=datetime(2026, 5, 13, 9), recurrence="FREQ=DAILY"), now=now
    )
    store.create(Draft(description="旅行", start=date(2026, 5, 10), end=date(2026, 5, 15)), now=now)
    store.create(
        Draft(description="夜勤", start=datetime(2026, 5, 14, 22), end=datetime(2026, 5, 15, 6)),
        now=now,
    )
    store.create(Draft(description="牛乳"), now=now)
    store.create(Draft(description="昨日", start=datetime(2026, 5, 14, 23, 59)), now=now)
    found = store.list(Window(datetime(2026, 5, 15), datetime(2026, 5, 16)), zone=zone)
    assert [(o.entry.description, o.start) for o in found] == [
        ("旅行", date(2026, 5, 10)),
        ("夜勤", datetime(2026, 5, 14, 22)),
        ("朝会", datetime(2026, 5, 15, 9)),
    ]


def test_a_list_is_on_the_clock_of_who_asks(store, now):
    store.create(
        Draft(description="call", start=datetime(2026, 5, 14, 20), zone="America/New_York"), now=now
    )
    day = Window(datetime(2026, 5, 15), datetime(2026, 5, 16))
    (found,) = store.list(day, zone="Asia/Tokyo")
    assert found.start == datetime(2026, 5, 15, 9)
    assert store.list(day, zone="America/New_York") == ()


def test_a_list_of_what_returns_every_minute(store, now, zone):
    store.create(
        Draft(description="水", start=datetime(2026, 5, 13, 11), recurrence="FREQ=MINUTELY"),
        now=now,
    )
    found = store.list(Window(datetime(2026, 7, 1, 12), datetime(2026, 7, 1, 12, 3)), zone=zone)
    assert [o.start.minute for o in found] == [0, 1, 2]


def test_the_zone_of_the_clock_is_kept_by_name(store):
    tokyo = datetime(2026, 5, 13, 10, 20, tzinfo=ZoneInfo("Asia/Tokyo"))
    assert store.create(DENTIST, now=tokyo).zone == "Asia/Tokyo"


def test_undo_of_a_creation(store, now):
    store.create(DENTIST, now=now)
    (change,) = store.undo(now=now)
    assert change.kind == "delete"
    assert store.entries() == ()


def test_undo_of_a_deletion_brings_back_the_same(store, now):
    made = store.create(DENTIST, now=now)
    store.delete(made.id, now=now)
    (change,) = store.undo(now=now)
    assert change.kind == "create"
    assert store.entries() == (made,)


def test_undo_of_a_change(store, now):
    made = store.create(DENTIST, now=now)
    store.update(replace(made, start=datetime(2026, 5, 20, 9)), now=now)
    (change,) = store.undo(now=now)
    assert (change.kind, change.entry.start) == ("update", made.start)
    assert store.get(made.id).start == made.start


def test_several_levels_also_after_a_restart(path, now):
    with ReminderStore(path) as store:
        made = store.create(DENTIST, now=now)
        store.update(replace(made, description="歯科"), now=now)
        store.delete(made.id, now=now)
        store.undo(now=now)
        assert store.entries()[0].description == "歯科"
    with ReminderStore(path) as store:
        store.undo(now=now)
        assert store.entries()[0].description == "歯医者"
        other = store.create(Draft(description="会議"), now=now)
        assert [c.entry.id for c in store.undo(now=now)] == [other.id]
        assert [c.entry.id for c in store.undo(now=now)] == [made.id]
        assert store.entries() == ()
        assert store.undo(now=now) == ()


def test_changes_made_together_are_undone_together(store, now):
    kept = [store.create(Draft(description=name), now=now) for name in "ab"]
    store.change(
        create=(Draft(description="c"), Draft(description="d")),
        update=(replace(kept[0], description="A"),),
        delete=(kept[1].id,),
        now=now,
    )
    assert [e.description for e in store.entries()] == ["A", "c", "d"]
    assert len(store.undo(now=now)) == 4
    assert list(store.entries()) == kept


def test_together_means_all_or_nothing(store, now):
    with pytest.raises(StoreError):
        store.change(create=(DENTIST,), delete=(99,), now=now)
    assert store.entries() == ()
    assert store.undo(now=now) == ()


def test_the_same_uid_twice_is_refused(store, now):
    store.create(replace(DENTIST, uid="a@b"), now=now)
    with pytest.raises(StoreError):
        store.create(replace(DENTIST, uid="a@b"), now=now)
    assert len(store.entries()) == 1


def test_words_cannot_break_the_database(store, now):
    text = """'); DROP TABLE entries; -- " \\ %s ?"""
    assert store.create(Draft(description=text), now=now).description == text
    assert store.entries()[0].description == text


def test_a_closed_store(path, now):
    store = ReminderStore(path)
    store.close()
    store.close()
    with pytest.raises(StoreError, match="closed"):
        store.create(DENTIST, now=now)
