from datetime import date

import pytest

from funcgemma.functions.sources import weather_summary
from funcgemma.functions.sources.weather_words import CODES, condition, day_name, part_of_day


def test_the_codes_of_open_meteo_all_have_words():
    documented = [0, 1, 2, 3, 45, 48, 51, 53, 55, 56, 57, 61, 63, 65, 66, 67]
    documented += [71, 73, 75, 77, 80, 81, 82, 85, 86, 95, 96, 99]
    assert list(CODES) == documented
    assert condition(61.0, "ja") == "弱い雨" and condition(61, "en") == "light rain"
    assert condition(None, "ja") is None and condition(4, "en") is None


def test_days_and_their_parts():
    assert day_name(date(2026, 5, 14), "ja") == "5月14日(木)"
    assert day_name(date(2026, 5, 14), "en") == "Thu 14 May"
    assert [part_of_day(hour, "ja") for hour in (0, 6, 12, 18, 23)] == [
        "未明",
        "朝",
        "昼",
        "夜",
        "夜",
    ]


def test_the_present():
    row = {"weather_code": 1, "temperature": 18.2, "feels_like": 17, "humidity": 60}
    row |= {"wind_speed": 3.2, "precipitation": 0}
    units = {"temperature": "°C", "feels_like": "°C", "humidity": "%", "wind_speed": "m/s"}
    assert weather_summary.of_now(row, units, "ja") == (
        "現在は晴れ、気温18.2°C、体感17°C、湿度60%、風速3.2 m/sです。"
    )
    assert weather_summary.of_now({"temperature": 1.0}, {"temperature": "°C"}, "en") == (
        "Now: unknown weather, 1°C."
    )


def daily(time, code=3, high=22.4, low=-0.3, chance=60):
    return {
        "time": time,
        "weather_code": code,
        "temperature_max": high,
        "temperature_min": low,
        "precipitation_probability": chance,
    }


def test_one_day():
    assert weather_summary.of_days([daily("2026-05-14")], "ja") == (
        "5月14日(木)は曇り、最高22°C、最低0°C、降水確率60%です。"
    )
    unknown = daily("2026-05-14", None, 20, None, None)
    assert weather_summary.of_days([unknown], "en") == "Thu 14 May: unknown weather, high 20°C."


def test_several_days():
    rows = [daily("2026-05-16"), daily("2026-05-17", 0, 25, 15, None)]
    assert weather_summary.of_days(rows, "ja") == (
        "5月16日(土)曇り0〜22°C・降水確率60%、5月17日(日)快晴15〜25°Cです。"
    )
    assert weather_summary.of_days(rows, "en") == (
        "Sat 16 May: overcast, 0 to 22°C, 60% chance of precipitation; "
        "Sun 17 May: clear sky, 15 to 25°C."
    )


@pytest.mark.parametrize(
    ("language", "summary"),
    [
        ("ja", "夜は雨14〜15°C（降水確率80%）、翌日の未明は曇り12°Cです。"),
        (
            "en",
            "the evening: rain, 14 to 15°C, 80% chance of precipitation; "
            "the small hours of the next day: overcast, 12°C.",
        ),
    ],
)
def test_hours_by_parts_of_the_day(language, summary):
    rows = [
        ("2026-05-13T21:00", 3, 15.4, 20),
        ("2026-05-13T22:00", 63, 14.6, 80),
        ("2026-05-13T23:00", 63, 14.0, None),
        ("2026-05-14T00:00", 3, 12.0, None),
    ]
    names = ("time", "weather_code", "temperature", "precipitation_probability")
    rows = [dict(zip(names, row, strict=True)) for row in rows]
    assert weather_summary.of_hours(rows, language) == summary
