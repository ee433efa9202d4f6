from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from funcgemma.functions.reminders.entries import Draft


def at(hour, minute=0, day=13, month=5):
    return datetime.fromisoformat(f"2026-{month:02}-{day:02}T{hour:02}:{minute:02}+09:00")


def say_all(store, now):
    """Announce all that is due, as a session does."""
    found = store.due(now)
    for due in found:
        store.acknowledge(due.entry.id, due.occurrence, now=now)
    return [(due.entry.description, due.occurrence, due.missed) for due in found]


def test_at_its_time_and_only_once(store, now):
    store.create(Draft(description="歯医者", start=datetime(2026, 5, 13, 15)), now=now)
    assert say_all(store, at(14, 59)) == []
    assert say_all(store, at(15)) == [("歯医者", datetime(2026, 5, 13, 15), 0)]
    assert say_all(store, at(15)) == []
    assert say_all(store, at(9, day=14)) == []


def test_it_stays_due_until_it_is_acknowledged(store, now):
    store.create(Draft(description="歯医者", start=datetime(2026, 5, 13, 15)), now=now)
    assert len(store.due(at(15))) == 1
    assert len(store.due(at(16))) == 1


def test_missed_ones_are_announced_once(store, now):
    store.create(Draft(description="歯医者", start=datetime(2026, 5, 13, 15)), now=now)
    store.create(
        Draft(description="薬", start=datetime(2026, 5, 13, 20), recurrence="FREQ=DAILY"), now=now
    )
    late = at(12, day=20)
    assert say_all(store, late) == [
        ("歯医者", datetime(2026, 5, 13, 15), 0),
        ("薬", datetime(2026, 5, 19, 20), 6),
    ]
    assert say_all(store, late) == []
    assert say_all(store, at(20, day=20)) == [("薬", datetime(2026, 5, 20, 20), 0)]


def test_the_past_is_not_announced(store, now):
    store.create(Draft(description="昨日", start=datetime(2026, 5, 12, 9)), now=now)
    store.create(
        Draft(description="毎朝", start=datetime(2026, 5, 1, 7), recurrence="FREQ=DAILY"), now=now
    )
    assert say_all(store, at(23)) == []
    assert say_all(store, at(7, day=14)) == [("毎朝", datetime(2026, 5, 14, 7), 0)]


def test_a_whole_day_is_announced_in_the_morning(store, now):
    store.create(Draft(description="誕生日", start=date(2026, 5, 14)), now=now)
    store.create(Draft(description="旅行", start=date(2026, 5, 14), end=date(2026, 5, 16)), now=now)
    assert say_all(store, at(7, 59, day=14)) == []
    assert len(say_all(store, at(8, day=14))) == 2
    for day in (14, 15, 16):
        assert say_all(store, at(20, day=day)) == []


def test_a_day_entered_on_that_day_is_announced_in_the_evening(store, now):
    store.create(Draft(description="牛乳", start=date(2026, 5, 13)), now=now)
    assert say_all(store, at(17, 59)) == []
    assert say_all(store, at(18)) == [("牛乳", date(2026, 5, 13), 0)]
    assert say_all(store, at(19)) == []


def test_excluded_occurrences_are_silent(store, now):
    series = Draft(
        description="朝会",
        start=datetime(2026, 5, 14, 9),
        recurrence="FREQ=DAILY",
        excluded=(datetime(2026, 5, 15, 9),),
    )
    store.create(series, now=now)
    assert len(say_all(store, at(9, day=14))) == 1
    assert say_all(store, at(23, day=15)) == []
    assert say_all(store, at(9, day=16)) == [("朝会", datetime(2026, 5, 16, 9), 0)]


def test_something_hourly_after_months(store, now):
    store.create(
        Draft(description="水", start=datetime(2026, 5, 13, 11), recurrence="FREQ=MINUTELY"),
        now=now,
    )
    ((_, occurrence, missed),) = say_all(store, at(12, month=12))
    assert occurrence == datetime(2026, 12, 13, 12)
    assert missed > 1000
    assert say_all(store, at(12, month=12)) == []


def test_a_new_time_is_announced_again(store, now):
    made = store.create(Draft(description="会議", start=datetime(2026, 5, 13, 15)), now=now)
    say_all(store, at(15))
    entry = store.get(made.id)
    store.update(replace(entry, start=datetime(2026, 5, 13, 16)), now=at(15, 5))
    assert len(say_all(store, at(16))) == 1


def test_a_new_name_is_no_reason_to_announce_again(store, now):
    made = store.create(Draft(description="会議", start=datetime(2026, 5, 13, 15)), now=now)
    say_all(store, at(15))
    store.update(replace(store.get(made.id), description="打ち合わせ"), now=at(15, 5))
    assert say_all(store, at(16)) == []
    store.undo(now=at(16))
    assert say_all(store, at(17)) == []


def test_an_entry_that_comes_back_is_announced(store, now):
    made = store.create(Draft(description="会議", start=datetime(2026, 5, 13, 15)), now=now)
    store.delete(made.id, now=at(14))
    assert say_all(store, at(15)) == []
    store.undo(now=at(15, 30))
    assert len(say_all(store, at(15, 30))) == 1


def test_an_entry_that_is_gone_can_be_acknowledged(store, now):
    made = store.create(Draft(description="会議", start=datetime(2026, 5, 13, 15)), now=now)
    store.delete(made.id, now=now)
    store.acknowledge(made.id, datetime(2026, 5, 13, 15), now=now)
    assert store.entries() == ()


def test_the_clock_of_the_entry_counts(store, now):
    new_york = ZoneInfo("America/New_York")
    draft = Draft(
        description="call",
        start=datetime(2026, 10, 30, 9),
        recurrence="FREQ=WEEKLY",
        zone="America/New_York",
    )
    store.create(draft, now=now)
    summer = datetime(2026, 10, 30, 9, tzinfo=new_york)
    winter = datetime(2026, 11, 6, 9, tzinfo=new_york)
    assert winter.timestamp() - summer.timestamp() != timedelta(weeks=1).total_seconds()
    for moment in (summer, winter):
        assert say_all(store, moment - timedelta(minutes=1)) == []
        assert len(say_all(store, moment)) == 1
