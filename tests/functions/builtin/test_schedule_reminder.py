"""The whole function: a call and the words around it in, a changed store and a sentence out."""

import json
from datetime import datetime

import pytest

from funcgemma.functions.builtin.schedule_reminder import SCHEMA, handler, risk
from funcgemma.functions.context import Context
from funcgemma.functions.reminders.entries import text_of
from funcgemma.functions.reminders.store import ReminderStore
from funcgemma.records import Mention


def old(text, value):
    """A time in the utterance that no argument uses."""
    return Mention("datetime", text, 0, len(text), value)


def new(text, value):
    """The words of the `datetime` argument."""
    return Mention("datetime", text, 0, len(text), value, "0.datetime")


@pytest.fixture
def store(tmp_path):
    with ReminderStore(tmp_path / "reminders.db") as store:
        yield store


@pytest.fixture
def do(store, now):
    def call(action, *, mentions=(), language="ja", **arguments):
        context = Context(now=lambda: now, language=language, store=store, mentions=tuple(mentions))
        result = handler(action, **arguments, ctx=context)
        json.dumps(result)
        assert result["message"]
        return result

    return call


@pytest.fixture
def week(do):
    """A few entries: 1 会議, 2 歯医者, 3 朝会, 4 旅行, 5 牛乳を買う, 6 飲み会."""
    do("create", description="会議", datetime="2026-05-13T15:00/2026-05-13T16:00")
    do("create", description="歯医者", datetime="2026-05-14T09:00")
    do(
        "create",
        description="朝会",
        datetime="2026-05-14T09:30",
        recurrence="FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
    )
    do("create", description="旅行", datetime="2026-05-23/2026-05-24")
    do("create", description="牛乳を買う")
    do("create", description="飲み会", datetime="2026-05-15T19:00")


@pytest.fixture
def times(store):
    """Number -> (start, end) of what is kept now."""

    def read():
        return {
            e.id: tuple(None if t is None else text_of(t) for t in (e.start, e.end))
            for e in store.entries()
        }

    return read


def test_the_schema_is_that_of_the_functions_file(registry):
    assert dict(registry.get("schedule_reminder").parameters) == SCHEMA["parameters"]


@pytest.mark.parametrize(
    ("action", "expected"),
    [
        ("list", "read"),
        ("create", "write"),
        ("update", "write"),
        ("delete", "irreversible"),
        (None, "write"),
    ],
)
def test_risk_belongs_to_the_call(registry, action, expected):
    assert risk({"action": action}) == expected
    assert registry.get("schedule_reminder").risk_of({"action": action}) == expected


def test_without_a_store():
    for language, word in (("ja", "保存"), ("en", "no place")):
        result = handler("list", ctx=Context(now=datetime.now, language=language))
        assert result["status"] == "unavailable"
        assert word in result["message"]


# create


@pytest.mark.parametrize(
    ("arguments", "start", "end"),
    [
        ({"datetime": "2026-05-14"}, "2026-05-14", None),
        ({"datetime": "2026-05-14T09:00"}, "2026-05-14T09:00", None),
        ({"datetime": "2026-05-14/2026-05-16"}, "2026-05-14", "2026-05-16"),
        ({"datetime": "2026-05-14T13:00/2026-05-14T15:00"}, "2026-05-14T13:00", "2026-05-14T15:00"),
        ({}, None, None),
        ({"recurrence": "FREQ=DAILY"}, "2026-05-13", None),
        ({"recurrence": "FREQ=WEEKLY;BYDAY=MO"}, "2026-05-18", None),
        ({"recurrence": "FREQ=HOURLY;INTERVAL=2"}, "2026-05-13T12:20", None),
        ({"recurrence": "FREQ=MINUTELY;INTERVAL=30"}, "2026-05-13T10:50", None),
        (
            {"recurrence": "FREQ=WEEKLY;BYDAY=MO", "datetime": "2026-05-18T10:00"},
            "2026-05-18T10:00",
            None,
        ),
    ],
)
def test_create(do, store, arguments, start, end):
    result = do("create", description="予定A", **arguments)
    assert result["status"] == "created"
    assert result["entry"] == {
        "id": 1,
        "description": "予定A",
        "start": start,
        "end": end,
        "all_day": start is not None and "T" not in start,
        "recurrence": arguments.get("recurrence"),
    }
    assert len(store.entries()) == 1


def test_create_says_what_it_kept(do):
    result = do("create", description="歯医者", datetime="2026-05-14T09:00")
    assert result["message"] == "「歯医者」を登録しました（5月14日(木) 9:00）。"
    result = do("create", description="gym", datetime="2026-05-14T09:00", language="en")
    assert result["message"] == "Saved “gym” (Thu 14 May 9:00)."


def test_a_time_without_content_is_kept(do):
    result = do("create", datetime="2026-05-13T11:00")
    assert result["status"] == "created"
    assert result["entry"]["description"] == ""


@pytest.mark.parametrize("arguments", [{}, {"recurrence": "FREQ=DAILY"}, {"description": "  "}])
def test_nothing_to_keep(do, store, arguments):
    result = do("create", **arguments)
    assert result["status"] == "incomplete"
    assert result["missing"] == ["description", "datetime"]
    assert "何を、いつ" in result["message"]
    assert do("create", language="en")["message"].startswith("What")
    assert store.entries() == ()


@pytest.mark.parametrize("time", ["2026-05-12T09:00", "2026-05-01"])
def test_the_past_is_kept_and_mentioned(do, time):
    assert "過ぎて" in do("create", description="x", datetime=time)["message"]


def test_the_same_again(do, store):
    first = do(
        "create",
        description="ゴミ出し",
        datetime="2026-05-14",
        recurrence="FREQ=WEEKLY;BYDAY=MO,TH",
    )
    again = do(
        "create",
        description="ごみ出し",
        datetime="2026-05-14",
        recurrence="FREQ=WEEKLY;BYDAY=TH,MO",
    )
    assert again["status"] == "duplicate"
    assert again["entry"] == first["entry"]
    assert len(store.entries()) == 1
    assert do("create", description="ゴミ出し", datetime="2026-05-15")["status"] == "created"
    do("create", description="牛乳")
    assert (
        do("create", description="牛乳")["message"]
        == "「牛乳」は、もう登録されています（日時なし）。"
    )


@pytest.mark.parametrize(
    ("action", "arguments"),
    [
        ("create", {"datetime": "tomorrow"}),
        ("create", {"datetime": "2026-05-14/2026-05-13"}),
        ("create", {"datetime": "2026-05-14", "recurrence": "FREQ=SOMETIMES"}),
        ("create", {"datetime": "2026-05-14", "recurrence": "FREQ=DAILY;UNTIL=20200101"}),
        ("update", {"datetime": "25:99"}),
        ("burn", {}),
    ],
)
def test_what_cannot_be_read(do, store, action, arguments):
    result = do(action, description="会議", **arguments)
    assert result["status"] == "invalid"
    assert store.entries() == ()


# list


def test_all_that_lies_ahead(do, week):
    do("create", description="昨日", datetime="2026-05-12")
    result = do("list")
    assert result["status"] == "listed"
    assert [e["description"] for e in result["entries"]] == [
        "会議", "歯医者", "朝会", "飲み会", "旅行", "牛乳を買う",
    ]  # fmt: skip
    assert "・5月14日(木) 9:30 朝会（平日）" in result["message"]
    assert result["message"].startswith("これからの予定は6件です。\n")
    assert do("list", language="en")["message"].startswith("Reminders ahead: 6.\n")


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        ({"datetime": "2026-05-14"}, ["歯医者", "朝会"]),
        ({"datetime": "2026-05-14T09:00"}, ["歯医者", "朝会"]),
        ({"datetime": "2026-05-14T10:00/2026-05-14T12:00"}, []),
        ({"datetime": "2026-05-16/2026-05-17"}, []),
        ({"datetime": "2026-05-24"}, ["旅行"]),
        ({"datetime": "2026-05-18/2026-05-24", "description": "朝会"}, ["朝会"] * 5),
        ({"description": "歯医者の予約"}, ["歯医者"]),
        ({"description": "牛乳"}, ["牛乳を買う"]),
        ({"description": "予定", "datetime": "2026-05-15"}, ["朝会", "飲み会"]),
        ({"description": "ヨガ"}, []),
    ],
)
def test_what_is_listed(do, week, arguments, found):
    result = do("list", **arguments)
    assert result["status"] == "listed"
    assert [e["description"] for e in result["entries"]] == found
    assert result["total"] == len(found)
    assert bool(found) is ("件" in result["message"])


def test_each_occurrence_has_its_own_day(do, week):
    result = do("list", datetime="2026-05-18/2026-05-19")
    assert [e["start"] for e in result["entries"]] == ["2026-05-18T09:30", "2026-05-19T09:30"]


def test_something_hourly_does_not_bury_the_day(do):
    do("create", description="水", recurrence="FREQ=HOURLY")
    do("create", description="歯医者", datetime="2026-05-14T09:00")
    result = do("list", datetime="2026-05-14")
    assert [e["description"] for e in result["entries"]] == ["水", "歯医者"]


def test_long_lists_are_cut_in_the_message(do):
    for hour in range(15):
        do("create", description=f"予定{hour}", datetime=f"2026-05-14T{hour:02}:00")
    result = do("list", datetime="2026-05-14")
    assert (len(result["entries"]), result["total"]) == (15, 15)
    assert result["message"].endswith("\n…")


# update


@pytest.mark.parametrize(
    ("arguments", "mentions", "number", "moved"),
    [
        # a time alone keeps the day, and the length
        ({"description": "会議", "datetime": "2026-05-13T16:00"},
         [old("3時", "2026-05-13T15:00"), new("4時", "2026-05-13T16:00")],
         1, ("2026-05-13T16:00", "2026-05-13T17:00")),
        ({"description": "飲み会", "datetime": "2026-05-13T20:00"}, [new("8時", "2026-05-13T20:00")],
         6, ("2026-05-15T20:00", None)),
        ({"description": "飲み会", "datetime": "20:00"}, [], 6, ("2026-05-15T20:00", None)),
        # the old time alone finds the entry
        ({"datetime": "2026-05-13T16:00"},
         [old("3時", "2026-05-13T15:00"), new("4時", "2026-05-13T16:00")],
         1, ("2026-05-13T16:00", "2026-05-13T17:00")),
        ({"datetime": "2026-05-14T18:00"},
         [old("金曜", "2026-05-15"), old("7時", "2026-05-14T19:00"), new("6時", "2026-05-14T18:00")],
         6, ("2026-05-15T18:00", None)),
        # a day alone keeps the time of day
        ({"description": "歯医者", "datetime": "2026-05-22"}, [new("来週の金曜", "2026-05-22")],
         2, ("2026-05-22T09:00", None)),
        ({"description": "会議", "datetime": "2026-05-14"}, [], 1, ("2026-05-14T15:00", "2026-05-14T16:00")),
        # both
        ({"description": "歯医者", "datetime": "2026-05-22T14:00"}, [new("来週の金曜14時", "2026-05-22T14:00")],
         2, ("2026-05-22T14:00", None)),
        ({"description": "歯医者", "datetime": "2026-05-13T10:50"}, [new("30分後", "2026-05-13T10:50")],
         2, ("2026-05-13T10:50", None)),
        # ranges
        ({"description": "旅行", "datetime": "2026-05-30"}, [new("5月30日", "2026-05-30")],
         4, ("2026-05-30", "2026-05-31")),
        ({"description": "旅行", "datetime": "2026-05-30/2026-06-02"}, [], 4, ("2026-05-30", "2026-06-02")),
        ({"description": "会議", "datetime": "2026-05-14T10:00/2026-05-14T12:00"}, [],
         1, ("2026-05-14T10:00", "2026-05-14T12:00")),
        ({"description": "旅行", "datetime": "2026-05-23T10:00"}, [new("10時", "2026-05-23T10:00")],
         4, ("2026-05-23T10:00", "2026-05-24T23:59")),
        # by an amount
        ({"description": "会議"}, [old("30分遅らせて", None)], 1, ("2026-05-13T15:30", "2026-05-13T16:30")),
        ({"description": "旅行"}, [old("1週間後ろにずらして", None)], 4, ("2026-05-30", "2026-05-31")),
        # something without a time gets one
        ({"description": "牛乳", "datetime": "2026-05-14T18:00"}, [], 5, ("2026-05-14T18:00", None)),
    ],
)  # fmt: skip
def test_update(do, week, times, arguments, mentions, number, moved):
    before = times()
    result = do("update", **arguments, mentions=mentions)
    assert result["status"] == "updated"
    assert result["entry"]["id"] == number
    assert times() == before | {number: moved}


def test_a_time_of_day_changes_the_whole_series(do, week, store):
    result = do(
        "update",
        description="朝会",
        datetime="2026-05-14T10:00",
        mentions=[new("10時", "2026-05-14T10:00")],
    )
    assert result["message"] == "「朝会」を変更しました（5月14日(木) 10:00から平日）。"
    assert len(store.entries()) == 6


@pytest.mark.parametrize(
    ("value", "mentions", "start"),
    [
        (
            "2026-05-15T11:00",
            [old("金曜", "2026-05-15"), new("11時", "2026-05-15T11:00")],
            "2026-05-15T11:00",
        ),
        ("2026-05-16", [old("金曜", "2026-05-15"), new("土曜", "2026-05-16")], "2026-05-16T09:30"),
    ],
)
def test_a_named_day_changes_one_occurrence(do, week, store, value, mentions, start):
    result = do("update", description="朝会", datetime=value, mentions=mentions)
    assert result["status"] == "updated"
    assert "だけ" in result["message"]
    assert (result["entry"]["start"], result["entry"]["recurrence"]) == (start, None)
    assert store.get(3).excluded == (datetime(2026, 5, 15, 9, 30),)
    found = do("list", description="朝会", datetime="2026-05-15/2026-05-18")
    assert [e["start"] for e in found["entries"]] == [start, "2026-05-18T09:30"]
    assert len(store.undo(now=datetime.fromisoformat("2026-05-13T10:21+09:00"))) == 2
    assert len(store.entries()) == 6


def test_exclusions_move_with_their_series(do, week, store):
    do("delete", description="朝会", datetime="2026-05-15")
    do(
        "update",
        description="朝会",
        datetime="2026-05-14T10:00",
        mentions=[new("10時", "2026-05-14T10:00")],
    )
    assert store.get(3).excluded == (datetime(2026, 5, 15, 10),)


def test_a_day_said_apart_is_the_day_of_the_entry(do, store):
    do("create", description="会議", datetime="2026-05-14T10:00")
    do("create", description="会議", datetime="2026-05-15T10:00")
    mentions = [new("明日", "2026-05-14"), new("4時", "2026-05-14T16:00")]
    result = do("update", description="会議", datetime="2026-05-14T16:00", mentions=mentions)
    assert (result["entry"]["id"], result["entry"]["start"]) == (1, "2026-05-14T16:00")


@pytest.mark.parametrize(
    ("rule", "start", "words", "status", "moved"),
    [
        ("FREQ=WEEKLY;BYDAY=TH", "2026-05-14T19:00", "一日後ろにずらして", "updated",
         ("2026-05-15T19:00", "FREQ=WEEKLY;BYDAY=FR")),
        ("FREQ=MONTHLY;BYMONTHDAY=25", "2026-05-25", "一日後ろにずらして", "updated",
         ("2026-05-26", "FREQ=MONTHLY;BYMONTHDAY=26")),
        ("FREQ=DAILY", "2026-05-14T23:30", "1時間遅らせて", "updated", ("2026-05-15T00:30", "FREQ=DAILY")),
        ("FREQ=WEEKLY;BYDAY=TH", "2026-05-14T19:00", "30分早めて", "updated",
         ("2026-05-14T18:30", "FREQ=WEEKLY;BYDAY=TH")),
        ("FREQ=WEEKLY;BYDAY=MO,TH", "2026-05-14T19:00", "一日後ろにずらして", "invalid",
         ("2026-05-14T19:00", "FREQ=WEEKLY;BYDAY=MO,TH")),
        ("FREQ=DAILY", "2026-05-14", "30分遅らせて", "invalid", ("2026-05-14", "FREQ=DAILY")),
    ],
)  # fmt: skip
def test_a_series_is_shifted(do, rule, start, words, status, moved):
    do("create", description="ヨガ", datetime=start, recurrence=rule)
    assert do("update", description="ヨガ", mentions=[old(words, None)])["status"] == status
    (kept,) = do("list")["entries"]
    assert (kept["start"], kept["recurrence"]) == moved


def test_the_series_can_be_named_by_its_rule(do, week):
    rule = "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"
    result = do("update", description="朝会", recurrence=rule, datetime="2026-05-14T10:00")
    assert (result["entry"]["id"], result["entry"]["start"]) == (3, "2026-05-14T10:00")
    assert do("update", description="朝会", recurrence=rule)["status"] == "incomplete"


def test_another_recurrence(do, week, store):
    result = do(
        "update", description="朝会", recurrence="FREQ=WEEKLY;BYDAY=MO", datetime="2026-05-18T09:00"
    )
    assert result["entry"]["recurrence"] == "FREQ=WEEKLY;BYDAY=MO"
    assert result["entry"]["start"] == "2026-05-18T09:00"
    result = do("update", description="歯医者", recurrence="FREQ=MONTHLY")
    assert (result["entry"]["start"], result["entry"]["recurrence"]) == (
        "2026-05-14T09:00",
        "FREQ=MONTHLY",
    )
    result = do("update", description="牛乳", recurrence="FREQ=WEEKLY;BYDAY=SA")
    assert result["entry"]["start"] == "2026-05-16"


@pytest.mark.parametrize(
    ("arguments", "mentions", "status"),
    [
        ({}, [], "incomplete"),
        ({"datetime": "2026-05-13T16:00"}, [new("4時", "2026-05-13T16:00")], "incomplete"),
        ({"datetime": "2026-05-15"}, [new("金曜", "2026-05-15")], "incomplete"),
        ({"description": "歯医者"}, [], "incomplete"),
        ({"description": "ヨガ", "datetime": "2026-05-15"}, [], "not_found"),
        ({"description": "会議", "datetime": "2026-05-15"},
         [old("木曜", "2026-05-14"), new("金曜", "2026-05-15")], "not_found"),
        ({"description": "飲み会", "datetime": "2026-05-13T16:00"},
         [old("3時", "2026-05-13T15:00"), new("4時", "2026-05-13T16:00")], "not_found"),
        ({"datetime": "2026-05-15T16:00"}, [old("木曜", "2026-05-14"), new("金曜4時", "2026-05-15T16:00")], "ambiguous"),
    ],
)  # fmt: skip
def test_when_it_is_not_clear_nothing_is_changed(do, week, times, arguments, mentions, status):
    before = times()
    assert do("update", **arguments, mentions=mentions)["status"] == status
    assert times() == before


def test_the_question_names_what_was_found(do, week):
    result = do("update", description="歯医者")
    assert result["entry"]["id"] == 2
    assert result["missing"] == ["datetime"]
    assert result["message"] == "「歯医者」をいつに変更しますか？（今は5月14日(木) 9:00）"


# delete


@pytest.mark.parametrize(
    ("arguments", "mentions", "number"),
    [
        ({"description": "歯医者"}, [], 2),
        ({"description": "歯医者の予約", "datetime": "2026-05-14"}, [], 2),
        ({"datetime": "2026-05-13"}, [], 1),
        ({"datetime": "2026-05-13T15:00"}, [], 1),
        ({"datetime": "2026-05-13T19:00"}, [new("19時", "2026-05-13T19:00")], 6),
        ({"datetime": "2026-05-23/2026-05-24"}, [], 4),
        ({}, [old("3時", "2026-05-13T15:00")], None),
        ({"description": "牛乳"}, [], 5),
        ({"description": "朝会"}, [], 3),
        ({"description": "朝会", "recurrence": "FREQ=WEEKLY"}, [], 3),
        ({"recurrence": "FREQ=WEEKLY;BYDAY=FR,TH,WE,TU,MO", "datetime": "2026-05-14T09:30"}, [], 3),
        (
            {
                "description": "朝会",
                "recurrence": "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
                "datetime": "2026-05-14",
            },
            [],
            3,
        ),
    ],
)
def test_delete(do, week, store, arguments, mentions, number):
    before = {e.id for e in store.entries()}
    result = do("delete", **arguments, mentions=mentions)
    if number is None:
        assert result["status"] == "incomplete"
    else:
        assert result["status"] == "deleted"
        assert result["entry"]["id"] == number
    assert {e.id for e in store.entries()} == before - {number}


def test_one_occurrence_is_not_the_series(do, week, store):
    result = do("delete", description="朝会", datetime="2026-05-15")
    assert result["status"] == "deleted"
    assert result["occurrences"] == ["2026-05-15T09:30"]
    assert (
        result["message"]
        == "「朝会」は、5月15日(金) 9:30の回だけを取り消しました。ほかの回はそのままです。"
    )
    assert do("list", description="朝会", datetime="2026-05-15")["entries"] == []
    assert do("list", description="朝会", datetime="2026-05-18")["total"] == 1
    assert do("delete", description="朝会", datetime="2026-05-15")["status"] == "not_found"


def test_the_occurrences_of_a_week(do, week):
    result = do("delete", description="朝会", datetime="2026-05-18/2026-05-23")
    assert len(result["occurrences"]) == 5
    assert "…" not in result["message"]
    assert do("list", description="朝会", datetime="2026-05-18/2026-05-25")["total"] == 1


def test_many_occurrences_are_not_all_named(do, week):
    result = do("delete", description="朝会", datetime="2026-05-18/2026-06-30")
    assert len(result["occurrences"]) == 32
    assert result["message"].count("月") < 20
    assert "…" in result["message"]


@pytest.mark.parametrize(
    ("arguments", "status", "shown"),
    [
        ({"datetime": "2026-05-15"}, "ambiguous", [3, 6]),
        ({"datetime": "2026-05-11/2026-05-17"}, "ambiguous", [1, 2, 3, 6]),
        ({}, "incomplete", [1, 2, 3, 6, 4, 5]),
        ({"description": "歯医者", "datetime": "2026-05-20"}, "not_found", [2]),
        ({"description": "ヨガ"}, "not_found", []),
        ({"description": "朝会", "recurrence": "FREQ=WEEKLY;BYDAY=SA"}, "not_found", [3]),
        ({"datetime": "2026-05-16"}, "not_found", []),
        ({"datetime": "2026-05-23T10:00"}, "not_found", []),
    ],
)
def test_when_it_is_not_clear_nothing_is_deleted(do, week, times, arguments, status, shown):
    before = times()
    result = do("delete", **arguments)
    assert result["status"] == status
    assert [e["id"] for e in result["entries"]] == shown
    assert times() == before


def test_people_are_not_confused(do, store):
    do("create", description="佐藤さんとの会議", datetime="2026-05-14T10:00")
    assert do("delete", description="山田さんとの会議")["status"] == "not_found"
    do("create", description="山田さんとの会議", datetime="2026-05-15T10:00")
    assert do("delete", description="会議")["status"] == "ambiguous"
    assert do("delete", description="山田さんの会議")["entry"]["id"] == 2


def test_a_choice_can_be_said_again(do, store):
    """What a session sends after the user chose one of several."""
    do("create", description="会議", datetime="2026-05-14T10:00")
    do("create", description="会議", datetime="2026-05-14T15:00")
    chosen = do("delete", description="会議")["entries"][1]
    moved = do(
        "update",
        description="会議",
        datetime="2026-05-15",
        mentions=[old(chosen["start"], chosen["start"])],
    )
    assert (moved["entry"]["id"], moved["entry"]["start"]) == (2, "2026-05-15T15:00")
    assert do("delete", description="会議", datetime="2026-05-15T15:00")["entry"]["id"] == 2
    assert [e.id for e in store.entries()] == [1]


def test_english(do, week):
    assert (
        do("delete", description="歯医者", language="en")["message"]
        == "Removed “歯医者” (Thu 14 May 9:00)."
    )
    assert (
        do("list", datetime="2026-05-16", language="en")["message"] == "Reminders Sat 16 May: none."
    )
    assert do("delete", datetime="2026-05-15", language="en")["message"].startswith(
        "2 reminders fit."
    )
