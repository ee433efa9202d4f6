"""Weather in words: WMO codes, days and times, Japanese and English."""

from datetime import date

CODES: dict[int, tuple[str, str]] = {
    0: ("快晴", "clear sky"),
    1: ("晴れ", "mainly clear"),
    2: ("晴れ時々曇り", "partly cloudy"),
    3: ("曇り", "overcast"),
    45: ("霧", "fog"),
    48: ("霧氷を伴う霧", "freezing fog"),
    51: ("弱い霧雨", "light drizzle"),
    53: ("霧雨", "drizzle"),
    55: ("強い霧雨", "heavy drizzle"),
    56: ("弱い着氷性の霧雨", "light freezing drizzle"),
    57: ("着氷性の霧雨", "freezing drizzle"),
    61: ("弱い雨", "light rain"),
    63: ("雨", "rain"),
    65: ("強い雨", "heavy rain"),
    66: ("弱い着氷性の雨", "light freezing rain"),
    67: ("着氷性の雨", "freezing rain"),
    71: ("弱い雪", "light snow"),
    73: ("雪", "snow"),
    75: ("強い雪", "heavy snow"),
    77: ("霧雪", "snow grains"),
    80: ("弱いにわか雨", "light showers"),
    81: ("にわか雨", "showers"),
    82: ("激しいにわか雨", "violent showers"),
    85: ("弱いにわか雪", "light snow showers"),
    86: ("強いにわか雪", "heavy snow showers"),
    95: ("雷雨", "thunderstorm"),
    96: ("ひょうを伴う雷雨", "thunderstorm with hail"),
    99: ("激しいひょうを伴う雷雨", "thunderstorm with heavy hail"),
}
"""WMO code (of table 4677, as Open-Meteo uses it) -> Japanese, English."""

PARTS: tuple[tuple[int, tuple[str, str]], ...] = (
    (0, ("未明", "the small hours")),
    (6, ("朝", "the morning")),
    (12, ("昼", "the afternoon")),
    (18, ("夜", "the evening")),
)
"""First hour of a part of the day -> its name."""

_WEEKDAYS = ("月火水木金土日", ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"))
_MONTHS = "January February March April May June July August September October November December"


def condition(code: float | None, language: str) -> str | None:
    """The words for a WMO code; None where it is missing or unknown."""
    words = CODES.get(int(code)) if code is not None else None
    return words[0 if language == "ja" else 1] if words else None


def day_name(day: date, language: str) -> str:
    """A day as people say it: 5月14日(木), Thu 14 May."""
    if language == "ja":
        return f"{day.month}月{day.day}日({_WEEKDAYS[0][day.weekday()]})"
    return f"{_WEEKDAYS[1][day.weekday()]} {day.day} {_MONTHS.split()[day.month - 1][:3]}"


def part_of_day(hour: int, language: str) -> str:
    """The part of the day an hour belongs to."""
    names = [name for first, name in PARTS if first <= hour]
    return names[-1][0 if language == "ja" else 1]
