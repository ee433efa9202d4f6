from datetime import date, datetime, time

import pytest

from funcgemma.functions.reminders.said import Said, read_said
from funcgemma.functions.reminders.when import Span
from funcgemma.records import Mention


def mention(text, value, argument=None, kind="datetime", turn=-1):
    return Mention(kind, text, 0, len(text), value, argument, turn)


NEW = mention("4時", "2026-05-13T16:00", "0.datetime")


@pytest.mark.parametrize(
    ("mentions", "value", "said"),
    [
        ([], "2026-05-13T16:00", Said()),
        ([NEW], "2026-05-13T16:00", Said(has_day=False)),
        ([mention("3時", "2026-05-13T15:00"), NEW], "2026-05-13T16:00", Said(False, old_clock=time(15))),
        (
            [mention("明日", "2026-05-14", kind="date"), NEW],
            "2026-05-13T16:00",
            Said(False, old=Span(date(2026, 5, 14))),
        ),
        (
            [mention("明日", "2026-05-14"), mention("3時", "2026-05-13T15:00"), NEW],
            "2026-05-13T16:00",
            Said(False, old=Span(datetime(2026, 5, 14, 15))),
        ),
        (
            [mention("木曜9時", "2026-05-14T09:00"), mention("金曜", "2026-05-15", "0.datetime")],
            "2026-05-15",
            Said(True, old=Span(datetime(2026, 5, 14, 9))),
        ),
        (
            [mention("来週", "2026-05-18/2026-05-24"), mention("金曜", "2026-05-22", "0.datetime")],
            "2026-05-22",
            Said(True, old=Span(date(2026, 5, 18), date(2026, 5, 24))),
        ),
        ([mention("30分後", "2026-05-13T10:50", "0.datetime")], "2026-05-13T10:50", Said(True)),
        (
            [mention("明日", "2026-05-14", "0.datetime"), mention("4時", "2026-05-14T16:00", "0.datetime")],
            "2026-05-14T16:00",
            Said(False, day=Span(date(2026, 5, 14))),
        ),
        ([mention("30分遅らせて", None)], None, Said(shift_minutes=30)),
        ([mention("1時間早めて", None)], None, Said(shift_minutes=-60)),
        ([mention("30分遅らせて", "2026-05-13T15:30", "0.datetime")], "2026-05-13T15:30", Said(True)),
        ([mention("京都", "京都", kind="place"), mention("x", 5), mention("いつか", "いつか")], None, Said()),
        ([mention("3時", "2026-05-13T15:00", turn=0)], None, Said()),
        (
            [mention("2026-05-14T15:00", "2026-05-14T15:00"), NEW],
            "2026-05-13T16:00",
            Said(False, old=Span(datetime(2026, 5, 14, 15))),
        ),
    ],
)  # fmt: skip
def test_what_is_read(mentions, value, said, now):
    assert read_said(mentions, value, now) == said
