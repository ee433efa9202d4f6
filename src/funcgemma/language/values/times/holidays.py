"""Days with a name: public holidays, festivals, and the long weekends they make."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from dateutil.easter import easter

from funcgemma.language.values.times.days import SATURDAY, SUNDAY, Days, nth_weekday, plus


@dataclass(frozen=True, slots=True)
class Fixed:
    """The same date every year, or a span of dates that may end in the next year."""

    month: int
    day: int
    until: tuple[int, int] | None = None

    def in_year(self, year: int) -> Days:
        """Its days in a year (of its beginning)."""
        first = date(year, self.month, self.day)
        last = date(year, *self.until) if self.until else first
        return Days(first, last if last >= first else last.replace(year=year + 1))


@dataclass(frozen=True, slots=True)
class Nth:
    """The nth weekday of a month."""

    month: int
    nth: int
    weekday: int

    def in_year(self, year: int) -> Days:
        """Its day in a year."""
        day = nth_weekday(year, self.month, self.nth, self.weekday) or date(year, self.month, 1)
        return Days(day, day)


@dataclass(frozen=True, slots=True)
class Computed:
    """A day that needs a calculation."""

    of_year: Callable[[int], Days]

    def in_year(self, year: int) -> Days:
        """Its days in a year."""
        return self.of_year(year)


def _equinox(month: int, base: float) -> Computed:
    """The usual approximation, right for 1980 to 2099."""

    def of_year(year: int) -> Days:
        past = year - 1980
        day = date(year, month, int(base + 0.242194 * past) - past // 4)
        return Days(day, day)

    return Computed(of_year)


def _golden_week(year: int) -> Days:
    """29 April to 5 May, or to 6 May where a holiday that fell on a Sunday is made up for."""
    made_up = any(date(year, 5, day).weekday() == SUNDAY for day in (3, 4, 5))
    return Days(date(year, 4, 29), date(year, 5, 6 if made_up else 5))


def _setsubun(year: int) -> Days:
    """3 February; the 2nd in the year after a leap year, as long as the drift lasts (2025–2057)."""
    day = date(year, 2, 2 if year % 4 == 1 and 2025 <= year <= 2057 else 3)
    return Days(day, day)


def _easter(days: int = 0) -> Computed:
    """So many days after Easter Sunday."""

    def of_year(year: int) -> Days:
        day = plus(easter(year), days)
        return Days(day, day)

    return Computed(of_year)


def _black_friday(year: int) -> Days:
    day = plus(NAMED["感謝祭"].in_year(year).first, 1)
    return Days(day, day)


PUBLIC: dict[str, Fixed | Nth | Computed] = {
    "元日": Fixed(1, 1),
    "成人の日": Nth(1, 2, 0),
    "建国記念の日": Fixed(2, 11),
    "天皇誕生日": Fixed(2, 23),
    "春分の日": _equinox(3, 20.8431),
    "昭和の日": Fixed(4, 29),
    "憲法記念日": Fixed(5, 3),
    "みどりの日": Fixed(5, 4),
    "こどもの日": Fixed(5, 5),
    "海の日": Nth(7, 3, 0),
    "山の日": Fixed(8, 11),
    "敬老の日": Nth(9, 3, 0),
    "秋分の日": _equinox(9, 23.2488),
    "スポーツの日": Nth(10, 2, 0),
    "文化の日": Fixed(11, 3),
    "勤労感謝の日": Fixed(11, 23),
}

NAMED: dict[str, Fixed | Nth | Computed] = {
    **PUBLIC,
    "三が日": Fixed(1, 1, (1, 3)),
    "節分": Computed(_setsubun),
    "バレンタイン": Fixed(2, 14),
    "ひな祭り": Fixed(3, 3),
    "ホワイトデー": Fixed(3, 14),
    "年度末": Fixed(3, 31),
    "年度初め": Fixed(4, 1),
    "ゴールデンウィーク": Computed(_golden_week),
    "母の日": Nth(5, 2, SUNDAY),
    "父の日": Nth(6, 3, SUNDAY),
    "独立記念日": Fixed(7, 4),
    "七夕": Fixed(7, 7),
    "お盆": Fixed(8, 13, (8, 16)),
    "ハロウィン": Fixed(10, 31),
    "七五三": Fixed(11, 15),
    "感謝祭": Nth(11, 4, 3),
    "クリスマスイブ": Fixed(12, 24),
    "クリスマス": Fixed(12, 25),
    "年末年始": Fixed(12, 29, (1, 3)),
    "大晦日": Fixed(12, 31),
    # Kept in English-speaking countries; where they differ, as in the United States.
    "キング牧師記念日": Nth(1, 3, 0),
    "オーストラリアの日": Fixed(1, 26),
    "ワイタンギの日": Fixed(2, 6),
    "大統領の日": Nth(2, 3, 0),
    "聖パトリックの日": Fixed(3, 17),
    "エイプリルフール": Fixed(4, 1),
    "告解の火曜日": _easter(-47),
    "灰の水曜日": _easter(-46),
    "枝の主日": _easter(-7),
    "聖金曜日": _easter(-2),
    "復活祭": _easter(),
    "復活祭明けの月曜": _easter(1),
    "アンザックの日": Fixed(4, 25),
    "メーデー": Fixed(5, 1),
    "メモリアルデー": Nth(5, -1, 0),
    "ジューンティーンス": Fixed(6, 19),
    "カナダの日": Fixed(7, 1),
    "労働者の日": Nth(9, 1, 0),
    "コロンブスの日": Nth(10, 2, 0),
    "ガイ・フォークスの日": Fixed(11, 5),
    "戦没者追悼の日": Fixed(11, 11),
    "ブラックフライデー": Computed(_black_friday),
    "ボクシングデー": Fixed(12, 26),
}


@lru_cache(maxsize=64)
def public_holidays(year: int) -> frozenset[date]:
    """The Japanese public holidays of a year under the law of today, substitutes included."""
    own = {rule.in_year(year).first for rule in PUBLIC.values()}
    days = set(own)
    for day in sorted(own):
        if day.weekday() == SUNDAY:
            while day in days:
                day = plus(day, 1)
            days.add(day)
    between = {plus(day, 1) for day in own if plus(day, 2) in own}
    return frozenset(days | {day for day in between if day.weekday() != SUNDAY})


def is_off(day: date) -> bool:
    """Whether it is a Saturday, a Sunday or a public holiday."""
    return day.weekday() >= SATURDAY or day in public_holidays(day.year)


def find_named(name: str, today: date, year: int | None = None) -> Days | None:
    """The days of a name: in that year, or the next that are not over.

    Raises:
        ValueError: They lie outside the calendar.
    """
    if name == "祝日":
        return _next_holiday(today)
    if name == "連休":
        return _next_run(today)
    rule = NAMED[name]
    if year is not None:
        return rule.in_year(year)
    for candidate in (today.year - 1, today.year):
        if (days := rule.in_year(candidate)).last >= today:
            return days
    return rule.in_year(today.year + 1)


def _next_holiday(today: date) -> Days:
    later = [day for y in (today.year, today.year + 1) for day in public_holidays(y) if day > today]
    return Days(min(later), min(later))


@lru_cache(maxsize=64)
def _next_run(today: date) -> Days | None:
    """The next three or more days off in a row; of one that has begun, what is left."""
    length = 0
    for step in range(400):
        if is_off(plus(today, step)):
            length += 1
            continue
        if length >= 3:
            return Days(plus(today, step - length), plus(today, step - 1))
        length = 0
    return None
