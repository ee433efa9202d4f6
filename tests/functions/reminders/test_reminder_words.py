import string
from dataclasses import replace
from datetime import date, datetime

import pytest

from funcgemma.functions.reminders.actions.messages import MESSAGES, sentence
from funcgemma.functions.reminders.actions.rule_words import rule_text
from funcgemma.functions.reminders.actions.spoken import announcement_text, undo_text
from funcgemma.functions.reminders.actions.words import draft_text, time_text
from funcgemma.functions.reminders.entries import Draft


@pytest.mark.parametrize(
    ("rule", "japanese", "english"),
    [
        (None, "", ""),
        ("FREQ=DAILY", "毎日", "every day"),
        ("FREQ=DAILY;INTERVAL=2", "2日ごと", "every 2 days"),
        ("FREQ=HOURLY", "1時間ごと", "every hour"),
        ("FREQ=MINUTELY;INTERVAL=30", "30分ごと", "every 30 minutes"),
        ("FREQ=WEEKLY", "毎週", "every week"),
        ("FREQ=WEEKLY;BYDAY=MO,WE", "毎週月・水曜", "every Mon, Wed"),
        ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "平日", "every weekday"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=FR", "2週間ごとの金曜", "every 2 weeks on Fri"),
        ("FREQ=MONTHLY;BYMONTHDAY=25", "毎月25日", "every month on day 25"),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", "毎月末日", "every month on the last day"),
        ("FREQ=MONTHLY;BYDAY=-1FR", "毎月最終金曜", "every month on the last Fri"),
        ("FREQ=MONTHLY;BYDAY=2TU", "毎月第2火曜", "every month on the 2nd Tue"),
        (
            "FREQ=MONTHLY;BYDAY=1MO,3MO",
            "毎月第1月曜・第3月曜",
            "every month on the 1st Mon, the 3rd Mon",
        ),
        ("FREQ=MONTHLY;BYDAY=FR;BYSETPOS=-1", "毎月最終金曜", "every month on the last Fri"),
        ("FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=1", "3か月ごとの1日", "every 3 months on day 1"),
        (
            "FREQ=MONTHLY;INTERVAL=2;BYDAY=2TU",
            "2か月ごとの第2火曜",
            "every 2 months on the 2nd Tue",
        ),
        ("FREQ=MONTHLY;BYMONTHDAY=10,25", "毎月10日・25日", "every month on day 10, day 25"),
        ("FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=14", "毎年5月14日", "every year on 14 May"),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1", "毎年2月末日", "every year on the last day of Feb"),
        ("FREQ=YEARLY;BYMONTH=5;BYDAY=2SU", "毎年5月の第2日曜", "every year on the 2nd Sun of May"),
        ("FREQ=YEARLY;BYDAY=20MO", "FREQ=YEARLY;BYDAY=20MO", "FREQ=YEARLY;BYDAY=20MO"),
        ("FREQ=DAILY;COUNT=3", "FREQ=DAILY;COUNT=3", "FREQ=DAILY;COUNT=3"),
    ],
)
def test_rules(rule, japanese, english):
    assert rule_text(rule, "ja") == japanese
    assert rule_text(rule, "en") == english


@pytest.mark.parametrize(
    ("start", "end", "japanese", "english"),
    [
        (date(2026, 5, 14), None, "5月14日(木)", "Thu 14 May"),
        (date(2027, 1, 1), None, "2027年1月1日(金)", "Fri 1 Jan 2027"),
        (datetime(2026, 5, 14, 9, 5), None, "5月14日(木) 9:05", "Thu 14 May 9:05"),
        (
            datetime(2026, 5, 14, 9),
            datetime(2026, 5, 14, 10),
            "5月14日(木) 9:00〜10:00",
            "Thu 14 May 9:00–10:00",
        ),
        (
            date(2026, 5, 14),
            date(2026, 5, 16),
            "5月14日(木)〜5月16日(土)",
            "Thu 14 May–Sat 16 May",
        ),
    ],
)
def test_times(start, end, japanese, english, now):
    assert time_text(start, end, "ja", now) == japanese
    assert time_text(start, end, "en", now) == english


def test_what_returns_says_from_when(now):
    draft = Draft(start=datetime(2026, 5, 14, 9), recurrence="FREQ=DAILY")
    assert draft_text(draft, "ja", now) == "5月14日(木) 9:00から毎日"
    assert draft_text(draft, "en", now) == "every day from Thu 14 May 9:00"


@pytest.mark.parametrize("key", MESSAGES)
def test_both_languages_say_the_same(key):
    japanese, english = (
        {name for _, name, _, _ in string.Formatter().parse(text) if name} for text in MESSAGES[key]
    )
    assert japanese == english


def test_a_name_with_braces_stays_as_it_is():
    assert "{x}" in sentence("undone_create", "ja", name="「{x}」")


def test_undo_is_told(store, now):
    made = store.create(Draft(description="会議"), now=now)
    store.update(replace(made, description="打合せ"), now=now)
    store.delete(made.id, now=now)
    told = [undo_text(store.undo(now=now), "ja") for _ in range(4)]
    assert told == [
        "「打合せ」の取り消しを元に戻しました。",
        "「会議」の変更を元に戻しました。",
        "「会議」の登録を取り消しました。",
        "元に戻せる変更はありません。",
    ]
    assert undo_text((), "en") == "There is nothing to take back."


def test_announcements_are_told(store, now):
    store.create(
        Draft(description="薬", start=datetime(2026, 5, 13, 11), recurrence="FREQ=DAILY"), now=now
    )
    later = now.replace(day=14, hour=11, minute=0)
    (due,) = store.due(later)
    expected = "お知らせ: 5月14日(木) 11:00 薬（毎日）（ほかに1回、お知らせできませんでした）"
    assert announcement_text(due, "ja", later) == expected
    assert announcement_text(due, "en", later).endswith("(1 earlier ones could not be announced)")
