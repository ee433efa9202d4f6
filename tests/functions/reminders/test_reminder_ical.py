from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from funcgemma.errors import DataError
from funcgemma.functions.reminders.entries import Draft
from funcgemma.functions.reminders.ical_export import export_calendar
from funcgemma.functions.reminders.ical_import import import_calendar
from funcgemma.functions.reminders.recurrence import starts
from funcgemma.functions.reminders.store import ReminderStore

DRAFTS = (
    Draft(
        description='歯医者, "奥歯"; \\',
        start=datetime(2026, 5, 14, 9),
        end=datetime(2026, 5, 14, 10),
    ),
    Draft(description="薬", start=datetime(2026, 5, 14, 9)),
    Draft(description="旅行", start=date(2026, 5, 20), end=date(2026, 5, 23)),
    Draft(description="誕生日", start=date(2026, 5, 20)),
    Draft(
        description="朝会",
        start=datetime(2026, 5, 14, 9),
        recurrence="FREQ=WEEKLY;BYDAY=MO,TH;UNTIL=20260630",
        excluded=(datetime(2026, 5, 18, 9), datetime(2026, 5, 21, 9)),
    ),
    Draft(
        description="ゴミ",
        start=date(2026, 5, 14),
        recurrence="FREQ=DAILY;UNTIL=20260601T000000Z",
        excluded=(date(2026, 5, 18),),
    ),
    Draft(description="", start=datetime(2026, 5, 14, 9), recurrence="FREQ=DAILY", zone="+05:30"),
)


def event(*lines, uid="a@b", start="DTSTART;TZID=Asia/Tokyo:20260514T090000"):
    return "\n".join(["BEGIN:VEVENT", f"UID:{uid}", start, "SUMMARY:会議", *lines, "END:VEVENT"])


def calendar(*parts):
    return "\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", *parts, "END:VCALENDAR", ""]).encode()


BROKEN_ALARM = calendar(event("BEGIN:VALARM\nTRIGGER:soon\nEND:VALARM"))


@pytest.fixture(params=["Asia/Tokyo", "+09:00", "UTC"])
def clock(request):
    offset = timezone(timedelta(hours=9))
    zone = offset if request.param == "+09:00" else ZoneInfo(request.param)
    return datetime(2026, 5, 13, 10, 20, tzinfo=zone)


def test_what_goes_out_comes_in_again(store, clock, tmp_path):
    kept = store.change(create=DRAFTS, now=clock)
    export = export_calendar(kept, now=clock)
    assert export.left_out == ()
    with ReminderStore(tmp_path / "other.db") as other:
        report = import_calendar(other, export.data, now=clock)
        assert report.skipped == ()
        always = (datetime(2026, 1, 1), datetime(2027, 1, 1))
        for one, twin in zip(kept, report.added, strict=True):
            assert (one.uid, one.description) == (twin.uid, twin.description)
            assert (one.start, one.end, one.excluded) == (twin.start, twin.end, twin.excluded)
            assert starts(one, *always) == starts(twin, *always)
        again = import_calendar(other, export.data, now=clock)
        assert (again.added, again.known) == ((), len(kept))
        assert len(other.undo(now=clock)) == len(kept)
        assert other.entries() == ()


def test_what_other_calendars_need(store):
    now = datetime(2026, 5, 13, 10, 20, tzinfo=ZoneInfo("Asia/Tokyo"))
    store.change(create=DRAFTS, now=now)
    read = Calendar.from_ical(export_calendar(store.entries(), now=now).data)
    events = read.walk("VEVENT")
    assert {str(zone["tzid"]) for zone in read.walk("VTIMEZONE")} >= {"Asia/Tokyo", "UTC+05:30"}
    for one in events:
        (alarm,) = one.walk("VALARM")
        assert alarm["trigger"].dt == timedelta(0)
        assert one["dtstamp"] and one["uid"] and alarm["description"]
    assert events[2]["dtend"].dt == date(2026, 5, 24)  # the day after the last one
    assert events[4]["rrule"]["UNTIL"] == [
        datetime(2026, 6, 30, 14, 59, 59, tzinfo=ZoneInfo("UTC"))
    ]
    assert events[5]["rrule"]["UNTIL"] == [date(2026, 6, 1)]


def test_without_a_time_there_is_no_event(store, now):
    memo = store.create(Draft(description="牛乳"), now=now)
    export = export_calendar(store.entries(), now=now)
    assert export.left_out == (memo,)
    assert b"VEVENT" not in export.data


@pytest.mark.parametrize(
    ("start", "lines", "expected"),
    [
        ("DTSTART:20260514T000000Z", (), (datetime(2026, 5, 14, 9), None)),
        ("DTSTART:20260514T090000", (), (datetime(2026, 5, 14, 9), None)),
        ("DTSTART;TZID=America/New_York:20260513T200000", (), (datetime(2026, 5, 14, 9), None)),
        ("DTSTART:20260514T000000Z", ("DURATION:PT90M",), (datetime(2026, 5, 14, 9), datetime(2026, 5, 14, 10, 30))),
        ("DTSTART:20260514T000000Z", ("DTEND:20260514T000000Z",), (datetime(2026, 5, 14, 9), None)),
        ("DTSTART;VALUE=DATE:20260514", (), (date(2026, 5, 14), None)),
        ("DTSTART;VALUE=DATE:20260514", ("DTEND;VALUE=DATE:20260515",), (date(2026, 5, 14), None)),
        ("DTSTART;VALUE=DATE:20260514", ("DURATION:P3D",), (date(2026, 5, 14), date(2026, 5, 16))),
    ],
)  # fmt: skip
def test_times_of_other_calendars(store, now, start, lines, expected):
    (entry,) = import_calendar(store, calendar(event(*lines, start=start)), now=now).added
    assert (entry.start, entry.end) == expected
    assert entry.zone == "+09:00"


def test_a_series_stays_on_its_own_clock(store, now):
    data = calendar(
        event("RRULE:FREQ=WEEKLY;BYDAY=WE", start="DTSTART;TZID=America/New_York:20260513T200000")
    )
    (entry,) = import_calendar(store, data, now=now).added
    assert (entry.zone, entry.start) == ("America/New_York", datetime(2026, 5, 13, 20))


def test_an_occurrence_that_was_moved(store, now):
    moved = event(
        "RECURRENCE-ID;TZID=Asia/Tokyo:20260515T090000",
        start="DTSTART;TZID=Asia/Tokyo:20260515T150000",
    )
    data = calendar(moved, event("RRULE:FREQ=DAILY;COUNT=3"))
    report = import_calendar(store, data, now=now)
    series, single = report.added
    assert report.skipped == ()
    assert series.excluded == (datetime(2026, 5, 15, 9),)
    assert single.start == datetime(2026, 5, 15, 15)
    assert import_calendar(store, data, now=now).added == ()


def test_an_occurrence_that_was_cancelled(store, now):
    gone = event("RECURRENCE-ID:20260515T000000Z", "STATUS:CANCELLED")
    report = import_calendar(store, calendar(event("RRULE:FREQ=DAILY;COUNT=3"), gone), now=now)
    (series,) = report.added
    assert series.excluded == (datetime(2026, 5, 15, 9),)


@pytest.mark.parametrize(
    ("part", "reason"),
    [
        ("BEGIN:VTODO\nUID:1\nSUMMARY:牛乳\nEND:VTODO", "VTODO"),
        (event("STATUS:CANCELLED"), "cancelled"),
        (event("RRULE:FREQ=SECONDLY"), "FREQ"),
        (event("RRULE:FREQ=DAILY", "RRULE:FREQ=WEEKLY"), "several"),
        (event(start="DTSTART:soon"), "no start"),
        (event(start="COMMENT:none"), "no start"),
        (event(start="DTSTART:00010101T000000Z"), "year"),
        (event("RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"), "never"),
    ],
)
def test_what_is_skipped_is_reported(store, now, part, reason):
    report = import_calendar(store, calendar(part, event(uid="good")), now=now)
    assert [entry.uid for entry in report.added] == ["good"]
    (line,) = report.skipped
    assert reason in line


def test_what_is_taken_over_in_part_is_reported(store, now):
    alarm = "BEGIN:VALARM\nACTION:DISPLAY\nTRIGGER:-PT15M\nEND:VALARM"
    report = import_calendar(store, calendar(event("RDATE:20260520T090000", alarm)), now=now)
    assert len(report.added) == 1
    assert ["RDATE" in line or "alarms" in line for line in report.skipped] == [True, True]


def test_events_without_a_uid_are_recognised_too(store, now):
    data = calendar("BEGIN:VEVENT\nDTSTART:20260514T090000\nSUMMARY:会議\nEND:VEVENT")
    assert len(import_calendar(store, data, now=now).added) == 1
    assert import_calendar(store, data, now=now).known == 1


@pytest.mark.parametrize(
    "data", [b"x", b"\xff\xfe\x00", b"{}", b"", b"BEGIN:VCALENDAR\nBEGIN:VEVENT", BROKEN_ALARM]
)
def test_what_is_no_calendar(store, now, data):
    with pytest.raises(DataError, match="calendar"):
        import_calendar(store, data, now=now)


def test_an_empty_calendar(store, now):
    assert import_calendar(store, calendar(), now=now).added == ()
    assert store.undo(now=now) == ()
