from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from funcgemma.errors import StoreError
from funcgemma.functions.reminders.entries import Draft
from funcgemma.functions.reminders.recurrence import checked, moved, next_start, starts
from funcgemma.functions.reminders.rules import check_rule, same_rule


def series(rule, start=datetime(2026, 5, 14, 9), **values):
    return checked(Draft(start=start, recurrence=rule, zone="Asia/Tokyo", **values))


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("FREQ=DAILY", "FREQ=DAILY"),
        ("rrule:freq=weekly; byday=mo,we;", "FREQ=WEEKLY;BYDAY=MO,WE"),
        ("INTERVAL=2;FREQ=WEEKLY", "FREQ=WEEKLY;INTERVAL=2"),
        ("FREQ=MONTHLY;BYDAY=-1FR", "FREQ=MONTHLY;BYDAY=-1FR"),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29"),
        ("FREQ=DAILY;UNTIL=20260601T000000Z", "FREQ=DAILY;UNTIL=20260601T000000Z"),
    ],
)
def test_rules_have_one_spelling(written, kept):
    assert check_rule(written) == kept


@pytest.mark.parametrize(
    "rule",
    ["", "DAILY", "FREQ=", "FREQ=SECONDLY", "FREQ=FORTNIGHTLY", "BYDAY=MO", "FREQ=DAILY;FREQ=DAILY",
     "FREQ=DAILY;INTERVAL=0", "FREQ=DAILY;INTERVAL=99999", "FREQ=DAILY;COUNT=0", "FREQ=DAILY;COUNT=x",
     "FREQ=DAILY;COUNT=2;UNTIL=20260601", "FREQ=DAILY;UNTIL=20261301", "FREQ=DAILY;UNTIL=tomorrow",
     "FREQ=DAILY;UNTIL=20260601T250000", "FREQ=WEEKLY;BYDAY=XX", "FREQ=WEEKLY;BYDAY=2MO",
     "FREQ=MONTHLY;BYMONTHDAY=32", "FREQ=MONTHLY;BYMONTHDAY=0", "FREQ=YEARLY;BYMONTH=13",
     "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=DAILY;BYMONTH=2,4;BYMONTHDAY=31",
     "FREQ=DAILY;BYEASTER=0", "FREQ=MINUTELY;BYMONTH=2", "FREQ=DAILY;BYHOUR=24"],
)  # fmt: skip
def test_rules_that_are_refused(rule):
    with pytest.raises(StoreError) as caught:
        check_rule(rule)
    assert rule in caught.value.message
    assert "FREQ=" in caught.value.hint


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=DAILY;UNTIL=20200101",
        "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=6",
        "FREQ=HOURLY;INTERVAL=24;BYHOUR=5",
    ],
)
def test_a_rule_that_never_takes_place(rule):
    with pytest.raises(StoreError):
        series(rule)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("FREQ=WEEKLY;BYDAY=MO,TU", "BYDAY=TU,MO;FREQ=WEEKLY", True),
        ("FREQ=WEEKLY;BYDAY=MO", "FREQ=WEEKLY;BYDAY=TU", False),
        ("FREQ=DAILY", None, False),
        (None, None, True),
    ],
)
def test_rules_that_say_the_same(one, other, same):
    assert same_rule(one, other) is same


def test_the_start_is_the_first_occurrence():
    kept = series("FREQ=WEEKLY;BYDAY=MO", end=datetime(2026, 5, 14, 10))
    assert (kept.start, kept.end) == (datetime(2026, 5, 18, 9), datetime(2026, 5, 18, 10))


def test_something_hourly_on_a_day_gets_a_time():
    assert series("FREQ=HOURLY;INTERVAL=2", date(2026, 5, 14)).start == datetime(2026, 5, 14, 9)
    assert series("FREQ=DAILY;BYHOUR=7", date(2026, 5, 14)).start == datetime(2026, 5, 14, 7)


def test_days_stay_days():
    found = starts(
        series("FREQ=DAILY", date(2026, 5, 14)), datetime(2026, 5, 15), datetime(2026, 5, 17)
    )
    assert found == (date(2026, 5, 15), date(2026, 5, 16))
    assert not any(isinstance(day, datetime) for day in found)


@pytest.mark.parametrize("rule", ["FREQ=DAILY", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,FR", "FREQ=HOURLY;INTERVAL=7",
                                  "FREQ=DAILY;INTERVAL=3;BYMONTH=5,6", "FREQ=MONTHLY;BYMONTHDAY=31",
                                  "FREQ=WEEKLY;INTERVAL=3;BYDAY=SU;WKST=SU"])  # fmt: skip
def test_a_late_window_shows_the_same_as_counting_from_the_start(rule):
    draft = series(rule)
    first, after = datetime(2027, 3, 1), datetime(2027, 6, 1)
    counted = [
        when for when in starts(draft, datetime(2026, 5, 1), after, limit=10**6) if when >= first
    ]
    assert list(starts(draft, first, after, limit=10**6)) == counted
    assert next_start(draft, first) == counted[0]


def test_the_window_ends_before_its_end():
    draft = series("FREQ=DAILY")
    assert starts(draft, datetime(2026, 5, 14, 9), datetime(2026, 5, 15, 9)) == (draft.start,)


def test_a_question_has_a_bounded_answer():
    draft = series("FREQ=MINUTELY")
    assert len(starts(draft, datetime(2030, 1, 1), datetime(2040, 1, 1))) == 1000


def test_count_and_exclusions():
    draft = series("FREQ=DAILY;COUNT=3", excluded=(datetime(2026, 5, 15, 9),))
    always = (datetime(2026, 1, 1), datetime(2027, 1, 1))
    assert starts(draft, *always) == (datetime(2026, 5, 14, 9), datetime(2026, 5, 16, 9))
    assert next_start(draft, datetime(2026, 5, 15)) == datetime(2026, 5, 16, 9)
    assert next_start(draft, datetime(2026, 5, 17)) is None


@pytest.mark.parametrize(
    ("until", "last"),
    [
        ("20260516", datetime(2026, 5, 16, 9)),
        ("20260516T080000", datetime(2026, 5, 15, 9)),
        ("20260516T000000Z", datetime(2026, 5, 16, 9)),  # nine o'clock in Tokyo
        ("20260515T235959Z", datetime(2026, 5, 15, 9)),
    ],
)
def test_until_on_the_wall_clock(until, last):
    draft = series(f"FREQ=DAILY;UNTIL={until}")
    assert starts(draft, datetime(2026, 1, 1), datetime(2027, 1, 1))[-1] == last


def test_until_of_whole_days():
    draft = series("FREQ=DAILY;UNTIL=20260516T000000Z", date(2026, 5, 14))
    assert starts(draft, datetime(2026, 1, 1), datetime(2027, 1, 1))[-1] == date(2026, 5, 16)


def test_what_does_not_return():
    once = Draft(start=datetime(2026, 5, 14, 9))
    assert next_start(once, datetime(2026, 5, 14, 9)) == once.start
    assert next_start(once, datetime(2026, 5, 14, 10)) is None
    assert starts(Draft(description="牛乳"), datetime(2026, 1, 1), datetime(2027, 1, 1)) == ()


def test_moving_keeps_the_length():
    trip = Draft(start=date(2026, 5, 20), end=date(2026, 5, 23))
    later = moved(trip, date(2026, 6, 1))
    assert (later.start, later.end) == (date(2026, 6, 1), date(2026, 6, 4))
    talk = Draft(start=datetime(2026, 5, 20, 10), end=datetime(2026, 5, 20, 11, 30))
    assert moved(talk, datetime(2026, 5, 21, 23)).end == datetime(2026, 5, 22, 0, 30)


def test_texts_are_one_line():
    kept = checked(Draft(description=" 牛乳\n\x00を  買う\ud800 👨‍👩‍👧", zone="+09:00"))
    assert kept.description == "牛乳 を 買う 👨‍👩‍👧"


@pytest.mark.parametrize(
    "values",
    [
        {"end": date(2026, 5, 14)},
        {"recurrence": "FREQ=DAILY"},
        {"start": date(2026, 5, 14), "end": datetime(2026, 5, 15, 9)},
        {"start": date(2026, 5, 14), "end": date(2026, 5, 13)},
        {"start": date(1, 1, 1)},
        {"start": datetime(2026, 5, 14, 9) + timedelta(days=365_000)},
        {"start": datetime.fromisoformat("2026-05-14T09:00+09:00")},
    ],
)
def test_drafts_that_make_no_sense(values):
    with pytest.raises(StoreError):
        replace(Draft(), **values)


@pytest.mark.parametrize("zone", ["Nowhere/Land", "", "+9", "../etc", "Asia"])
def test_a_zone_that_is_not_known(zone):
    with pytest.raises(StoreError, match="time zone"):
        checked(Draft(zone=zone))
