"""Which of the times that were said a call gets."""

import pytest

from funcgemma.resolver.embedded.times import choose_times
from funcgemma.resolver.embedded.view import read

BEFORE = "2026-05-20T11:00"


def chosen(text, now, **options):
    found = choose_times(read(text, now), **options).datetime
    return found and found[0]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("明日の10時に、やっぱ11時に会議入れて", "2026-05-14T11:00"),
        ("5月20日の 11時、いや 12時に して", "2026-05-20T12:00"),
        ("明日、いや明後日に会議", "2026-05-15"),
        ("5月12日を、失礼、13日の10時に", "2026-05-13T10:00"),
        ("dentist tomorrow at 9:00, sorry, 10:00", "2026-05-14T10:00"),
        ("dentist tomorrow at 10:00, wait, 11:00", "2026-05-14T11:00"),
    ],
)
def test_what_was_taken_back_does_not_count(now, text, value):
    assert chosen(text, now) == value


@pytest.mark.parametrize("text", ["日曜の同じ時間に", "日曜に、時間は同じで", "Sunday, same time"])
def test_the_same_hour_on_another_day(now, text):
    assert chosen(text, now, before=BEFORE) == "2026-05-17T11:00"
    assert chosen(text, now, before="2026-05-20") == "2026-05-17"
    assert chosen(text, now) == "2026-05-17"


def test_a_day_alone_keeps_the_hour_where_the_caller_says_so(now):
    assert chosen("日曜に", now, before=BEFORE, same_clock=True) == "2026-05-17T11:00"
    assert chosen("日曜に", now, before=BEFORE) == "2026-05-17"
    assert chosen("日曜の9時に", now, before=BEFORE, same_clock=True) == "2026-05-17T09:00"
    assert chosen("今週中に", now, before=BEFORE, same_clock=True) == chosen("今週中に", now)
