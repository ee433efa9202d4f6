import json

import pytest

from funcgemma.functions.builtin.weather_info import SCHEMA, handler, register
from funcgemma.functions.registry import FunctionRegistry

KYOTO = {
    "id": 1857910,
    "name": "京都市",
    "latitude": 35.02107,
    "longitude": 135.75385,
    "elevation": 40.0,
    "feature_code": "PPLA",
    "country_code": "JP",
    "timezone": "Asia/Tokyo",
    "population": 1463723,
    "country": "日本",
    "admin1": "京都府",
}


def weather(query):
    """An answer of Open-Meteo for the days and fields that were asked for."""
    reply = {"latitude": 35.0, "longitude": 135.75, "timezone": query["timezone"]}
    start, end = query["start_date"], query["end_date"]
    days = [f"{start[:8]}{d:02}" for d in range(int(start[8:]), int(end[8:]) + 1)]
    times = {"daily": days, "hourly": [f"{d}T{h:02}:00" for d in days for h in range(24)]}
    values = {"weather_code": 61, "relative_humidity_2m": 70, "wind_direction_10m": 180}
    wind = {"ms": "m/s", "kmh": "km/h"}[query["wind_speed_unit"]]
    for block in ("current", "hourly", "daily"):
        fields = query.get(block, "").split(",") if block in query else []
        units = {"°C": "temperature", wind: "wind", "%": "prob", "mm": "sum"}
        if fields:
            reply[f"{block}_units"] = {
                field: next((unit for unit, word in units.items() if word in field), "")
                for field in fields
            }
        if block in times and fields:
            rows = times[block]
            reply[block] = {"time": rows} | {f: [values.get(f, 20.5)] * len(rows) for f in fields}
        elif fields:
            reply[block] = {"time": "2026-05-13T10:15", "interval": 900}
            reply[block] |= {f: values.get(f, 18.2) for f in fields}
    return reply


@pytest.fixture
def sky(api):
    api.reply("/v1/search", {"results": [KYOTO], "generationtime_ms": 0.7})
    api.reply("/v1/forecast", weather)
    return api


def test_the_schema_is_the_contract_and_reading_is_its_only_risk():
    registry = FunctionRegistry()
    register(registry)
    definition = registry.get("weather_info")
    assert definition.schema == SCHEMA and definition.risk_of({}) == "read"


def test_one_day(sky, make_context):
    result = handler(location="京都", date="2026-05-14", ctx=make_context())
    assert result["status"] == "ok" and result["forecast_type"] == "daily"
    assert result["message"] == "京都市（京都府）の5月14日(木)の天気です。"
    assert result["summary"] == "5月14日(木)は弱い雨、最高20°C、最低20°C、降水確率20%です。"
    assert result["place"]["asked"] == "京都" and result["place"]["name"] == "京都市"
    (day,) = result["days"]
    assert day["time"] == "2026-05-14" and day["condition"] == "弱い雨"
    assert day["temperature_max"] == 20.5 and result["units"]["temperature_max"] == "°C"
    assert result["units"]["wind_speed"] == "m/s" and result["complete"]
    assert result["source"] == {
        "name": "Open-Meteo",
        "url": "https://open-meteo.com/",
        "licence": "CC BY 4.0",
    }
    assert json.loads(json.dumps(result)) == result


def test_without_a_date_today_is_meant(sky, make_context):
    result = handler(location="京都", ctx=make_context())
    assert [day["time"] for day in result["days"]] == ["2026-05-13"]


def test_the_present_comes_with_today(sky, make_context):
    result = handler(location="京都", forecast_type="current", ctx=make_context())
    assert result["message"] == "京都市（京都府）の現在の天気です。"
    assert result["current"]["temperature"] == 18.2
    assert result["today"]["precipitation_probability"] == 20.5
    assert result["summary"].startswith("現在は弱い雨、気温18.2°C")


def test_the_present_of_another_day_is_that_day(sky, make_context):
    context = make_context()
    result = handler(location="京都", forecast_type="current", date="2026-05-15", ctx=context)
    assert result["forecast_type"] == "daily" and result["days"][0]["time"] == "2026-05-15"


def test_hours_of_today_start_now_and_reach_into_the_night(sky, make_context):
    for date in (None, "2026-05-13"):
        result = handler(location="京都", forecast_type="hourly", date=date, ctx=make_context())
        hours = [hour["time"] for hour in result["hours"]]
        assert (hours[0], hours[-1], len(hours)) == ("2026-05-13T10:00", "2026-05-14T09:00", 24)


def test_hours_of_another_day_are_all_of_it(sky, make_context):
    context = make_context()
    result = handler(location="京都", forecast_type="hourly", date="2026-05-15", ctx=context)
    hours = [hour["time"] for hour in result["hours"]]
    assert (hours[0], hours[-1], len(hours)) == ("2026-05-15T00:00", "2026-05-15T23:00", 24)
    assert result["summary"].startswith("未明は弱い雨20°C（降水確率20%）、朝は")


def test_a_week_and_a_weekend(sky, make_context):
    week = handler(location="京都", forecast_type="weekly", ctx=make_context())
    assert len(week["days"]) == 7
    context = make_context()
    weekend = handler(location="京都", forecast_type="weekly", date="2026-05-16", ctx=context)
    assert [day["time"] for day in weekend["days"]] == ["2026-05-16", "2026-05-17"]
    assert weekend["message"] == "京都市（京都府）の5月16日(土)〜5月17日(日)の天気です。"


def test_in_english(sky, make_context):
    context = make_context("en")
    result = handler(location="Kyoto", date="2026-05-14", ctx=context)
    assert result["message"] == "The weather in 京都市, 京都府, Thu 14 May."
    assert result["days"][0]["condition"] == "light rain"
    assert result["units"]["wind_speed"] == "km/h"
    assert sky.asked("/v1/search")[0]["language"] == "en"


@pytest.mark.parametrize(
    ("date", "reason", "message"),
    [
        ("2026-05-12", "past", "過ぎた日の天気は調べられません。"),
        ("2026-05-29", "too_far", "天気予報は今日を含めて16日分しかありません。"),
        ("いつか", "bad_date", "日付が読み取れませんでした。"),
    ],
)
def test_days_without_a_forecast(sky, make_context, date, reason, message):
    result = handler(location="京都", date=date, ctx=make_context())
    assert result["status"] == "unavailable" and result["reason"] == reason
    assert result["message"] == message
    assert sky.asked("/v1/forecast") == []


def test_an_unknown_place(api, make_context):
    api.reply("/v1/search", {"generationtime_ms": 0.7})
    result = handler(location="どこか{x}", ctx=make_context())
    assert result["reason"] == "not_found"
    assert result["message"] == "「どこか{x}」は見つかりませんでした。"


def test_an_empty_forecast_is_no_data(api, make_context):
    api.reply("/v1/search", {"results": [KYOTO]})
    api.reply("/v1/forecast", {"daily": {"time": ["2026-05-28"], "weather_code": [None]}})
    result = handler(location="京都", date="2026-05-28", ctx=make_context())
    assert result["reason"] == "no_data"


def test_a_time_zone_that_is_unknown_here_falls_back_to_the_users(api, make_context):
    api.reply("/v1/search", {"results": [KYOTO | {"timezone": "Mars/Olympus"}]})
    api.reply("/v1/forecast", weather)
    result = handler(location="京都", ctx=make_context())
    assert result["days"][0]["time"] == "2026-05-13"


@pytest.mark.parametrize("kind", ["current", "hourly", "daily", "weekly"])
@pytest.mark.parametrize("reply", [b"oops", [], {}, {"daily": 1, "hourly": [], "current": "x"}])
def test_nonsense_is_a_result_too(api, make_context, kind, reply):
    api.reply("/v1/search", {"results": [KYOTO]})
    api.reply("/v1/forecast", reply)
    result = handler(location="京都", forecast_type=kind, ctx=make_context())
    assert result["status"] == "unavailable" and result["reason"] == "bad_reply"
    assert result["message"] == "「京都」の情報を取得できませんでした。"


def test_a_refused_request_is_a_result_too(api, make_context):
    api.reply("/v1/search", {"results": [KYOTO]})
    api.reply("/v1/forecast", {"error": True, "reason": "Daily limit"}, status=429)
    assert handler(location="京都", ctx=make_context())["reason"] == "rate_limited"


def test_a_wrong_address_is_no_unknown_place(api, make_context):
    result = handler(location="京都", ctx=make_context())
    assert result["reason"] == "server" and "settings" in result["detail"]


def test_offline(make_context, closed_port):
    context = make_context(settings={"geocoding_url": closed_port})
    result = handler(location="京都", ctx=context)
    assert result["status"] == "unavailable" and result["reason"] == "offline"
    switched_off = handler(location="Kyoto", ctx=make_context("en", http=None))
    assert switched_off["reason"] == "offline"
    assert switched_off["message"] == "There is no network, so “Kyoto” cannot be looked up."
