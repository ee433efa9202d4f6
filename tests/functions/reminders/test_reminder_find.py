from datetime import date, datetime, time

import pytest

from funcgemma.functions.reminders.entries import Draft
from funcgemma.functions.reminders.find import Wanted, find
from funcgemma.functions.reminders.when import Span, parse_span


@pytest.fixture
def entries(store, now):
    drafts = (
        Draft(description="会議", start=datetime(2026, 5, 13, 15), end=datetime(2026, 5, 13, 16)),
        Draft(description="山田さんとの会議", start=datetime(2026, 5, 14, 10)),
        Draft(description="佐藤さんとの会議", start=datetime(2026, 5, 14, 15)),
        Draft(description="歯医者", start=datetime(2026, 5, 1, 9)),
        Draft(description="歯医者", start=datetime(2026, 6, 1, 9)),
        Draft(description="美容院", start=datetime(2026, 5, 2, 9)),
        Draft(description="誕生日", start=date(2026, 5, 14)),
        Draft(description="朝会", start=datetime(2026, 5, 13, 9), recurrence="FREQ=DAILY"),
        Draft(description="牛乳を買う"),
    )
    return store.change(create=drafts, now=now)


@pytest.mark.parametrize(
    ("description", "value", "clock", "meant"),
    [
        ("会議", None, None, [1]),  # exactly so called, though others contain it
        ("山田さんの会議", None, None, [2]),
        ("会議", "2026-05-14", None, [2, 3]),
        ("会議", "2026-05-14T15:00", None, [3]),
        ("会議", "2026-05-14T16:00", None, []),
        ("会議", "2026-05-13T15:30", None, [1]),  # it is going on then
        ("歯医者", None, None, [5]),  # the one that is not over
        ("歯医者", "2026-05-01", None, [4]),
        ("美容院", None, None, [6]),  # it is over, but nothing else fits
        ("牛乳", None, None, [9]),
        ("牛乳", "2026-05-14", None, []),
        ("ヨガ", None, None, []),
        (None, "2026-05-14", None, [2, 3, 7, 8]),
        (None, "2026-05-14T09:00", None, [8]),
        (None, "2026-05-14T12:00", None, []),
        ("誕生日", "2026-05-14T12:00", None, [7]),
        (None, "2026-05-14T14:00/2026-05-14T18:00", None, [3]),
        (None, "2026-05-20", None, [8]),
        (None, None, time(15), [1, 3]),
        ("会議", None, time(15), [1]),
        ("会議", None, time(10), [2]),
        (None, None, None, [1, 2, 3, 5, 7, 8, 9]),
    ],
)
def test_who_is_meant(entries, now, description, value, clock, meant):
    span = parse_span(value, now) if value else None
    hits = find(entries, Wanted(description, span, clock), now)
    assert sorted(hit.entry.id for hit in hits) == meant


def test_the_occurrences_that_are_meant(entries, now):
    span = Span(date(2026, 5, 18), date(2026, 5, 20))
    (hit,) = find(entries, Wanted("朝会", span), now)
    assert [o.start for o in hit.found] == [datetime(2026, 5, day, 9) for day in (18, 19, 20)]
    (hit,) = find(entries, Wanted("朝会"), now)
    assert hit.first.start == datetime(2026, 5, 14, 9)


def test_what_is_going_on_comes_before_what_comes_next(store, now):
    made = store.create(
        Draft(
            description="夜勤",
            start=datetime(2026, 5, 12, 22),
            end=datetime(2026, 5, 13, 11),
            recurrence="FREQ=DAILY",
        ),
        now=now,
    )
    (hit,) = find([made], Wanted("夜勤"), now)
    assert hit.first.start == datetime(2026, 5, 12, 22)


def test_on_the_clock_of_who_asks(store, now):
    made = store.create(
        Draft(description="call", start=datetime(2026, 5, 14, 20), zone="America/New_York"), now=now
    )
    assert find([made], Wanted(None, Span(datetime(2026, 5, 15, 9))), now)
    assert not find([made], Wanted(None, Span(datetime(2026, 5, 14, 20))), now)
