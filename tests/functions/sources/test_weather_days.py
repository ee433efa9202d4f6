from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from funcgemma.errors import Unavailable
from funcgemma.functions.sources.weather_days import days_of
from funcgemma.records import Mention

NOW = datetime(2026, 5, 13, 10, 20, tzinfo=ZoneInfo("Asia/Tokyo"))  # a Wednesday


def day(month, number):
    return date(2026, month, number)


@pytest.mark.parametrize(
    ("kind", "said", "first", "last", "complete"),
    [
        ("daily", None, day(5, 13), day(5, 13), True),
        ("daily", "2026-05-14", day(5, 14), day(5, 14), True),
        ("daily", "2026-05-28", day(5, 28), day(5, 28), True),
        ("hourly", "2026-05-14T15:00", day(5, 14), day(5, 14), True),
        ("weekly", None, day(5, 13), day(5, 19), True),
        ("weekly", "2026-05-16", day(5, 16), day(5, 17), True),  # a Saturday: the weekend
        ("weekly", "2026-05-18", day(5, 18), day(5, 24), True),
        ("weekly", "2026-05-11", day(5, 13), day(5, 17), False),  # 今週, half over
        ("weekly", "2026-05-25", day(5, 25), day(5, 28), False),  # reaches past the horizon
        ("weekly", "2026-05-14/2026-05-16", day(5, 14), day(5, 16), True),
    ],
)
def test_days(kind, said, first, last, complete):
    found = days_of(kind, said, NOW, NOW)
    assert (found.first, found.last, found.complete) == (first, last, complete)


@pytest.mark.parametrize(
    ("kind", "said", "reason"),
    [
        ("daily", "2026-05-12", "past"),
        ("daily", "2026-05-29", "too_far"),
        ("weekly", "2026-05-04", "past"),
        ("weekly", "2026-06-01", "too_far"),
        ("daily", "明日", "bad_date"),
        ("daily", "2026-02-30", "bad_date"),
    ],
)
def test_days_without_a_forecast(kind, said, reason):
    with pytest.raises(Unavailable) as caught:
        days_of(kind, said, NOW, NOW)
    assert caught.value.reason == reason


def test_a_range_in_the_utterance_says_where_it_ends():
    found = [
        Mention("date", "昨日", 0, 2, None),
        Mention("datetime", "明日から3日間", 0, 7, "2026-05-14/2026-05-16"),
    ]
    assert days_of("weekly", "2026-05-14", NOW, NOW, found).last == day(5, 16)
    broken = [Mention("datetime", "x", 0, 1, "2026-05-14/later")]
    assert days_of("weekly", "2026-05-14", NOW, NOW, broken).last == day(5, 20)


def test_today_of_the_user_is_no_past_on_the_other_side_of_the_world():
    user = datetime(2026, 5, 13, 20, 0, tzinfo=ZoneInfo("America/New_York"))
    local = user.astimezone(ZoneInfo("Asia/Tokyo"))
    assert days_of("daily", "2026-05-13", user, local).first == day(5, 13)
    assert days_of("daily", None, user, local).first == day(5, 14)
    with pytest.raises(Unavailable):
        days_of("weekly", "2026-05-04/2026-05-13", user, local)
