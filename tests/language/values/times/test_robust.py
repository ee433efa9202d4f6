"""Any text, any clock: nothing is raised, spans fit, long texts stay fast enough to finish."""

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from funcgemma.language.values.times import (
    apply_shift,
    find_times,
    resolve_day_only,
    resolve_time_only,
)

NOW = datetime.fromisoformat("2026-05-13T10:20+09:00")
END = r"\d{4}-\d\d-\d\d(T\d\d:\d\d)?"
HERE = Path(__file__).parent
WORDS = [
    line.split(" | ")[0]
    for name in ("expressions.txt", "english.txt", "no_times.txt")
    for line in (HERE / name).read_text(encoding="utf-8").splitlines()
    if line and line[0] not in "/@"
]
PIECES = st.sampled_from(
    [
        *WORDS,
        *"の、はからまでと〜-/:. 0123456789年月日時分半前後",
        "ｶﾞ",
        "か\u3099",
        "㏠",
        "㊊",
        "\ud800",
    ]
)
CLOCKS = st.datetimes(timezones=st.just(UTC))


def check(text, now):
    last = 0
    for found in find_times(text, now):
        assert last <= found.start < found.end <= len(text)
        last = found.end
        for one in (found, *found.parts):
            assert one.text == text[one.start : one.end]
            assert found.start <= one.start < one.end <= found.end
            assert one.value is None or re.fullmatch(f"{END}(/{END})?", one.value)
        if found.value and "/" in found.value:
            first, end = found.value.split("/")
            assert first < end
        resolve_time_only(found, date(2026, 5, 20))
        resolve_day_only(found, "09:30")
        apply_shift(found.value or "2026-05-13", found.shift_minutes or 0)


@given(st.text(st.characters(codec=None), max_size=40), CLOCKS)
@settings(max_examples=150, deadline=None)
def test_any_text(text, now):
    check(text, now)


@given(st.lists(PIECES, max_size=8).map("".join), CLOCKS)
@settings(max_examples=400, deadline=None)
def test_any_mixture_of_times(text, now):
    check(text, now)


@pytest.mark.parametrize(
    "text",
    [
        "9999年12月31日の25時",
        "9000年後",
        "999999999999時",
        "0年0月0日",
        "in 9999 years",
        "25月99日",
    ],
)
def test_absurd_values(text):
    check(text, NOW)
    check(text, datetime(9999, 12, 31, 23, 59, tzinfo=UTC))
    check(text, datetime(1, 1, 1, tzinfo=UTC))


@pytest.mark.parametrize(
    "piece",
    [
        "明日",
        "日・",
        "一",
        "1",
        "9時から",
        "　",
        "えっと",
        "the ",
        "at 5 ",
        "月",
        "ｶﾞ",
        "あと",
        "12/3 ",
        "from ",
        "make it ",
        "the first ",
        "every month on ",
        "ten tonight ",
        "土曜、毎週",
    ],
)
def test_long_texts(piece):
    check((piece * 100_000)[:100_000], NOW)
