from random import Random

from funcgemma.data.augment.clock import shift
from funcgemma.data.augment.dates import exchange_time
from funcgemma.data.augment.gold import times_hold
from funcgemma.language.values.times import find_times
from funcgemma.records import FunctionCall, Message


def _rows(transform, case, kit, seeds=30):
    return [row for s in range(seeds) if (row := transform(case, Random(s), kit)) is not None]


def test_a_day_becomes_another_day_and_its_value_follows(read, kit):
    case = read("[明日](date=2026-05-14)の[京都](location)の天気", "weather_info")
    rows = _rows(exchange_time, case, kit)
    assert len({row.text for row in rows}) > 5
    for row in rows:
        (time,) = find_times(row.text, row.now)
        assert time.granularity == "day"
        assert row.calls[0].arguments == {"location": "京都", "date": time.first_day}
        assert row.text[slice(*row.spans["0.date"])] == time.text


def test_a_recurrence_stays_one(read, kit):
    case = read(
        "[毎朝7時](recurrence=FREQ=DAILY,datetime=2026-05-14T07:00)に[散歩](description)",
        "schedule_reminder action=create",
    )
    for row in _rows(exchange_time, case, kit):
        assert row.calls[0].arguments["recurrence"].startswith("FREQ=")
        assert "T" in row.calls[0].arguments["datetime"]


def test_english_times_keep_their_preposition(read, kit):
    case = read(
        "remind me [at 6](datetime=2026-05-13T18:00) to [call mum](description)",
        "schedule_reminder action=create",
        language="en",
    )
    rows = _rows(exchange_time, case, kit)
    assert rows
    assert all(row.text.startswith("remind me at ") for row in rows)


def test_times_that_stay_as_they_are(read, kit):
    for marked, line in (
        ("[昨日](datetime=2026-05-12)の予定は？", "schedule_reminder action=list"),
        ("[京都](location)の天気", "weather_info date=2026-05-14"),
        ("今日は疲れた", "none venting"),
        ("[明日](date=2026-05-20)の[京都](location)", "weather_info"),
    ):
        assert not _rows(exchange_time, read(marked, line), kit, 5)


def test_the_clock_moves_and_the_values_with_it(read, kit, registry):
    case = read(
        "[金曜の15時](datetime=2026-05-15T15:00)に[会議](description)",
        "schedule_reminder action=create",
    )
    for row in _rows(shift, case, kit):
        assert row.text == case.text
        assert row.now > case.now
        assert row.now.utcoffset() == case.now.utcoffset()
        assert 6 <= row.now.hour <= 23
        assert times_hold(row, registry.schemas)
        assert row.calls[0].arguments["datetime"] > row.now.date().isoformat()


def test_nothing_is_moved_that_hangs_on_the_old_clock(read, kit):
    dated = (Message("user", "明日の予定は？"), Message("assistant", "会議があります。"))
    called = (
        Message("user", "予定", (FunctionCall("schedule_reminder", {"datetime": "2026-05-14"}),)),
    )
    marked, line = "[明日](date=2026-05-14)の[京都](location)", "weather_info"
    for history in (dated, called):
        assert not _rows(shift, read(marked, line, history=history), kit, 5)
    assert not _rows(shift, read("[京都](location)の天気", "weather_info"), kit, 5)
    assert not _rows(shift, read("[京都](location)の天気", "weather_info date=2026-05-14"), kit, 5)
