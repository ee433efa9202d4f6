"""Values that take their day or hour from the dialogue."""

from datetime import date, datetime

import pytest

from funcgemma.language.values.times import (
    apply_shift,
    find_times,
    resolve_day_only,
    resolve_time_only,
)

NOW = datetime.fromisoformat("2026-05-13T10:20+09:00")
DAY = date(2026, 6, 1)


def only(text):
    (found,) = find_times(text, NOW)
    return found


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("9時", "2026-06-01T09:00"),
        ("3時半", "2026-06-01T15:30"),
        ("25時", "2026-06-02T01:00"),
        ("夜12時", "2026-06-02T00:00"),
        ("3時から4時", "2026-06-01T15:00/2026-06-01T16:00"),
        ("22時から6時", "2026-06-01T22:00/2026-06-02T06:00"),
        ("at 5pm", "2026-06-01T17:00"),
        ("朝", "2026-06-01"),
        ("明日9時", "2026-05-14T09:00"),
        ("30分後", "2026-05-13T10:50"),
        ("毎朝7時", "2026-05-14T07:00"),
    ],
)
def test_time_only(text, value):
    assert resolve_time_only(only(text), DAY) == value


def test_a_member_keeps_what_was_said_of_the_whole():
    second = only("午前2時から4時").parts[1]
    assert resolve_time_only(second, DAY) == "2026-06-01T04:00"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("明日", "2026-05-14T10:00"),
        ("来週", "2026-05-18T10:00"),
        ("明日9時", "2026-05-14T09:00"),
        ("朝", "10:00"),
    ],
)
def test_day_only(text, value):
    assert resolve_day_only(only(text), "10:00") == value


@pytest.mark.parametrize(
    ("before", "minutes", "after"),
    [
        ("2026-05-13T10:00", 30, "2026-05-13T10:30"),
        ("2026-05-13T10:00", -630, "2026-05-12T23:30"),
        ("2026-05-13T10:00/2026-05-13T11:00", 60, "2026-05-13T11:00/2026-05-13T12:00"),
        ("2026-05-13", 1440, "2026-05-14"),
        ("2026-05-13", 30, "2026-05-13"),
        ("2026-05-13/2026-05-14", -1440, "2026-05-12/2026-05-13"),
        ("9999-12-31", 1440, "9999-12-31"),
        ("something else", 30, "something else"),
    ],
)
def test_shift(before, minutes, after):
    assert apply_shift(before, minutes) == after
