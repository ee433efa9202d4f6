from datetime import date

import pytest

from funcgemma.language.values.times.days import Days
from funcgemma.language.values.times.holidays import find_named, is_off, public_holidays


def test_public_holidays_of_2026():
    """As the Cabinet Office publishes them; 6 May and 22 September follow from the law."""
    dates = "1/1 1/12 2/11 2/23 3/20 4/29 5/3 5/4 5/5 5/6 7/20 8/11 9/21 9/22 9/23 10/12 11/3 11/23"
    wanted = {date(2026, *map(int, text.split("/"))) for text in dates.split()}
    assert public_holidays(2026) == wanted


@pytest.mark.parametrize(
    ("year", "day"),
    [(2023, (1, 2)), (2024, (2, 12)), (2025, (2, 24)), (2025, (11, 24)), (2027, (3, 22))],
)
def test_substitutes(year, day):
    assert date(year, *day) in public_holidays(year)
    assert is_off(date(year, *day))


@pytest.mark.parametrize(
    ("name", "today", "first", "last"),
    [
        ("ゴールデンウィーク", date(2026, 5, 4), date(2026, 4, 29), date(2026, 5, 6)),
        ("ゴールデンウィーク", date(2026, 5, 7), date(2027, 4, 29), date(2027, 5, 5)),
        ("年末年始", date(2027, 1, 2), date(2026, 12, 29), date(2027, 1, 3)),
        ("連休", date(2026, 9, 1), date(2026, 9, 19), date(2026, 9, 23)),
        ("祝日", date(2026, 12, 1), date(2027, 1, 1), date(2027, 1, 1)),
        ("節分", date(2028, 2, 4), date(2029, 2, 2), date(2029, 2, 2)),
        ("復活祭", date(2026, 1, 1), date(2026, 4, 5), date(2026, 4, 5)),
        ("感謝祭", date(2026, 1, 1), date(2026, 11, 26), date(2026, 11, 26)),
        ("ブラックフライデー", date(2028, 1, 1), date(2028, 11, 24), date(2028, 11, 24)),
        ("メモリアルデー", date(2027, 1, 1), date(2027, 5, 31), date(2027, 5, 31)),
        ("聖金曜日", date(2026, 1, 1), date(2026, 4, 3), date(2026, 4, 3)),
        ("告解の火曜日", date(2026, 1, 1), date(2026, 2, 17), date(2026, 2, 17)),
    ],
)
def test_named_days(name, today, first, last):
    assert find_named(name, today) == Days(first, last)


def test_named_day_of_a_year():
    assert find_named("海の日", date(2026, 1, 1), 2028) == Days(
        date(2028, 7, 17), date(2028, 7, 17)
    )
