from datetime import date, datetime

import pytest

from funcgemma.functions.reminders.when import Span, Window, parse_span, window_of

DAY = date(2026, 5, 14)


def at(hour, minute=0, day=14):
    return datetime(2026, 5, day, hour, minute)


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("2026-05-14", Span(DAY)),
        (" 2026-05-14 ", Span(DAY)),
        ("2026-05-14T09:00", Span(at(9))),
        ("2026-05-14T09:00:30", Span(at(9))),
        ("2026-05-14 09:00", Span(at(9))),
        ("2026-05-14T00:30+00:00", Span(at(9, 30))),
        ("2026-05-14T00:30Z", Span(at(9, 30))),
        ("2026-05-14/2026-05-16", Span(DAY, date(2026, 5, 16))),
        ("2026-05-14/2026-05-14", Span(DAY)),
        ("2026-05-14T13:00/2026-05-14T15:00", Span(at(13), at(15))),
        ("2026-05-14T22:00/01:00", Span(at(22), at(1, day=15))),
        ("2026-05-14/2026-05-15T12:00", Span(at(0), at(12, day=15))),
        ("2026-05-14T12:00/2026-05-15", Span(at(12), at(23, 59, day=15))),
        ("16:00", Span(datetime(2026, 5, 13, 16), has_day=False)),
        ("T09:00", Span(at(9), has_day=False)),
    ],
)
def test_spans_are_read(text, span, now):
    assert parse_span(text, now) == span


@pytest.mark.parametrize(
    "text",
    ["", "/", "tomorrow", "2026-13-01", "2026-05", "2026-05-14T25:00", "2026-05-14/2026-05-13",
     "2026-05-14T10:00/2026-05-14T09:00", "0001-01-01", "9999-12-31", "0001-01-01T00:00Z"],
)  # fmt: skip
def test_what_is_no_span(text, now):
    with pytest.raises(ValueError, match=r"."):
        parse_span(text, now)


@pytest.mark.parametrize(
    ("span", "window"),
    [
        (Span(DAY), Window(at(0), at(0, day=15))),
        (Span(DAY, date(2026, 5, 16)), Window(at(0), at(0, day=17))),
        (Span(at(9)), Window(at(9), at(10))),
        (Span(at(13), at(15)), Window(at(13), at(15))),
    ],
)
def test_windows(span, window):
    assert window_of(span) == window


@pytest.mark.parametrize(
    ("start", "end", "inside"),
    [
        (at(13), None, True),
        (at(12, 59), None, False),
        (at(15), None, False),
        (at(14, 59), None, True),
        (at(12), at(13), False),
        (at(12), at(13, 1), True),
        (at(10), at(20), True),
        (DAY, None, True),
        (date(2026, 5, 13), None, False),
        (date(2026, 5, 10), DAY, True),
    ],
)
def test_what_takes_place_from_one_to_three(start, end, inside):
    assert Window(at(13), at(15)).touches(start, end) is inside
