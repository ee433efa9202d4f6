"""Spans, members, several expressions in one utterance."""

from datetime import datetime

import pytest

from funcgemma.language.values.times import find_times

NOW = datetime.fromisoformat("2026-05-13T10:20+09:00")


def texts(text):
    return [found.text for found in find_times(text, NOW)]


def values(text):
    return [found.value for found in find_times(text, NOW)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("明日の9時に歯医者", ["明日の9時"]),
        ("明日は9時に起きて、夜は8時に帰る", ["明日は9時", "夜は8時"]),
        ("3月1日から10日までの予定", ["3月1日から10日まで"]),
        ("９時ごろ、明日", ["９時", "明日"]),
        ("remind me at 5 to call mum", ["5"]),
        ("on Friday at 3pm, please", ["Friday at 3pm"]),
        ("15:30に集合、17:00に解散", ["15:30", "17:00"]),
        ("明日から京都へ", ["明日"]),
        ("5月20日(水)の10時から", ["5月20日(水)の10時"]),
        ("土曜の朝、それと日曜の夜", ["土曜の朝", "日曜の夜"]),
        ("3時から明日の準備をする", ["3時", "明日"]),
        ("今、明日の天気を見てる", ["今", "明日"]),
        ("あと19時に薬", ["19時"]),
        ("30分遅らせてください", ["30分遅らせ"]),
    ],
)
def test_text(text, wanted):
    assert texts(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("3時から4時", [("3時", "2026-05-13T15:00"), ("4時", "2026-05-13T16:00")]),
        ("明日と明後日", [("明日", "2026-05-14"), ("明後日", "2026-05-15")]),
        ("月曜から水曜", [("月曜", "2026-05-18"), ("水曜", "2026-05-20")]),
        ("来週の水曜と金曜", [("来週の水曜", "2026-05-20"), ("金曜", "2026-05-22")]),
        ("明日の10時と15時", [("明日の10時", "2026-05-14T10:00"), ("15時", "2026-05-14T15:00")]),
        ("今日、明日", [("今日", "2026-05-13"), ("明日", "2026-05-14")]),
        ("来月の5日と20日", [("来月の5日", "2026-06-05"), ("20日", "2026-06-20")]),
        ("土曜と日曜の10時", [("土曜", "2026-05-16T10:00"), ("日曜の10時", "2026-05-17T10:00")]),
        ("午後2時と4時", [("午後2時", "2026-05-13T14:00"), ("4時", "2026-05-13T16:00")]),
        ("Sat and Sun at 6pm", [("Sat", "2026-05-16T18:00"), ("Sun at 6pm", "2026-05-17T18:00")]),
    ],
)
def test_members(text, wanted):
    (found,) = find_times(text, NOW)
    assert [(part.text, part.value) for part in found.parts] == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "火曜と木曜の18時、練習の連絡を毎週たのむ",
            [("火曜と木曜の18時", "2026-05-14T18:00"), ("毎週", "2026-05-14T18:00")],
        ),
        ("6月19日は記念日。毎年ね", [("6月19日", "2026-06-19"), ("毎年", "2026-06-19")]),
        ("5日に家賃、毎月お願い", [("5日", "2026-06-05"), ("毎月", "2026-06-05")]),
        ("7時に薬、毎日で", [("7時", "2026-05-14T07:00"), ("毎日", "2026-05-14T07:00")]),
    ],
)
def test_what_returns_is_said_behind(text, wanted):
    found = find_times(text, NOW)
    assert [(one.text, one.value) for one in found] == wanted
    assert found[0].recurrence == found[1].recurrence is not None


@pytest.mark.parametrize(
    "text", ["7時に起こして、毎日眠い", "来週の火曜に練習、毎週つらい", "8月に旅行、毎週は無理"]
)
def test_talk_of_every_day_is_no_order(text):
    assert find_times(text, NOW)[0].recurrence is None


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("30分遅く", 30),
        ("30分遅うしてくれ", 30),
        ("1時間早めて", -60),
        ("1日延期", 1440),
        ("一時間うしろにして", 60),
        ("15分前倒し", -15),
        ("2時間後ろ倒し", 120),
        ("30分後にずらして", 30),
        ("1週間繰り上げ", -10080),
        ("その2時間前に", -120),
        ("会議の10分前", -10),
        ("会議の3日前", -4320),
        ("move it 30 minutes later", 30),
        ("an hour earlier please", -60),
        ("push it back by 15 minutes", 15),
    ],
)
def test_shift(text, minutes):
    (found,) = find_times(text, NOW)
    assert (found.granularity, found.shift_minutes, found.value) == ("shift", minutes, None)


@pytest.mark.parametrize(
    ("text", "has_day"),
    [
        ("今日", True),
        ("今夜", True),
        ("金曜の9時", True),
        ("9時", False),
        ("朝", False),
        ("30分後", False),
    ],
)
def test_has_day(text, has_day):
    assert find_times(text, NOW)[0].has_day is has_day


def test_a_part_that_is_impossible_leaves_the_sane_rest():
    assert values("2月30日と明日") == ["2026-05-14"]
    assert values("明日の99時") == ["2026-05-14"]


def test_the_time_zone_is_that_of_the_clock():
    late = datetime.fromisoformat("2026-05-13T23:30-07:00")
    assert find_times("明日", late)[0].value == "2026-05-14"
    assert find_times("1時間後", late)[0].value == "2026-05-14T00:30"
