from datetime import date

import pytest

from funcgemma.errors import Unavailable
from funcgemma.functions.sources.forecast import forecast
from funcgemma.functions.sources.open_meteo import Place

KYOTO = Place("京都市", 35.02107, 135.75385, timezone="Asia/Tokyo")
DAYS = (date(2026, 5, 14), date(2026, 5, 15))
DAILY = {
    "daily_units": {"time": "iso8601", "temperature_2m_max": "°C", "precipitation_sum": "mm"},
    "daily": {
        "time": ["2026-05-14", "2026-05-15"],
        "weather_code": [3, None],
        "temperature_2m_max": [22.4, 20],
    },
}


def test_asks_for_named_fields_and_days(api, http):
    api.reply("/v1/forecast", DAILY)
    found = forecast(http, api.url, KYOTO, ("daily",), DAYS, "kmh")
    query = api.asked("/v1/forecast")[0]
    assert query["daily"].split(",")[:2] == ["weather_code", "temperature_2m_max"]
    assert (query["start_date"], query["end_date"]) == ("2026-05-14", "2026-05-15")
    assert query["timezone"] == "Asia/Tokyo" and query["wind_speed_unit"] == "kmh"
    assert "hourly" not in query
    assert [row["temperature_max"] for row in found.daily] == [22.4, 20]
    assert found.daily[1]["weather_code"] is None and found.daily[0]["wind_speed"] is None
    assert found.units["temperature_max"] == "°C" and found.units["precipitation"] == "mm"


@pytest.mark.parametrize(
    "daily",
    [
        None,
        [],
        {},
        {"time": "2026-05-14"},
        {"time": ["tomorrow"]},
        {"time": [20260514]},
        {"time": ["2026-05-14"], "weather_code": [1, 2]},
        {"time": ["2026-05-14"], "weather_code": 1},
    ],
)
def test_another_shape_is_a_bad_reply(api, http, daily):
    api.reply("/v1/forecast", {"daily": daily})
    with pytest.raises(Unavailable) as caught:
        forecast(http, api.url, KYOTO, ("daily",), DAYS)
    assert caught.value.reason == "bad_reply"


def test_values_that_are_no_numbers_are_unknown(api, http):
    block = {"time": ["2026-05-14"], "weather_code": ["x"], "temperature_2m_max": [True]}
    api.reply("/v1/forecast", {"daily": block | {"precipitation_sum": [1e300]}})
    (row,) = forecast(http, api.url, KYOTO, ("daily",), DAYS).daily
    assert row["weather_code"] is row["temperature_max"] is row["precipitation"] is None
