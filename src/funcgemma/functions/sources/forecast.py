"""Forecasts of Open-Meteo: the fields that are asked for, and rows of values.

Which days are wanted is decided elsewhere.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from funcgemma.functions.http import HttpClient
from funcgemma.functions.sources.open_meteo import Place
from funcgemma.functions.sources.shapes import ask, bad_reply, mapping, number, text

HORIZON_DAYS = 16
"""Days a forecast covers, today included."""

Row = dict[str, Any]

CURRENT = {
    "weather_code": "weather_code",
    "temperature": "temperature_2m",
    "feels_like": "apparent_temperature",
    "humidity": "relative_humidity_2m",
    "precipitation": "precipitation",
    "wind_speed": "wind_speed_10m",
    "wind_direction": "wind_direction_10m",
}
HOURLY = {
    "weather_code": "weather_code",
    "temperature": "temperature_2m",
    "precipitation_probability": "precipitation_probability",
    "precipitation": "precipitation",
    "wind_speed": "wind_speed_10m",
}
DAILY = {
    "weather_code": "weather_code",
    "temperature_max": "temperature_2m_max",
    "temperature_min": "temperature_2m_min",
    "precipitation_probability": "precipitation_probability_max",
    "precipitation": "precipitation_sum",
    "wind_speed": "wind_speed_10m_max",
}


@dataclass(frozen=True, slots=True)
class Forecast:
    """Rows of values under our names; `units` maps those names to their units."""

    current: Row
    hourly: tuple[Row, ...]
    daily: tuple[Row, ...]
    units: Mapping[str, str]


def forecast(
    http: HttpClient,
    base: str,
    place: Place,
    blocks: Sequence[str],
    days: tuple[date, date],
    wind_unit: str = "ms",
) -> Forecast:
    """The forecast of some days, both ends included, in the place's own time.

    Args:
        http: The HTTP layer.
        base: The service's address.
        place: Where.
        blocks: Which of current, hourly and daily are wanted.
        days: First and last day.
        wind_unit: `ms` or `kmh`.

    Raises:
        Unavailable: The service cannot be asked or answers nonsense.
    """
    fields = {"current": CURRENT, "hourly": HOURLY, "daily": DAILY}
    params = {
        "latitude": place.latitude,
        "longitude": place.longitude,
        "timezone": place.timezone or "auto",
        **{block: ",".join(fields[block].values()) for block in blocks},
        "start_date": days[0].isoformat(),
        "end_date": days[1].isoformat(),
        "wind_speed_unit": wind_unit,
    }
    reply = ask(http, f"{base}/v1/forecast", params, "forecast")
    units: dict[str, str] = {}
    for block in blocks:
        given = mapping(reply.get(f"{block}_units", {}), "units")
        units |= {ours: text(given.get(theirs)) for ours, theirs in fields[block].items()}
    return Forecast(
        _current(reply) if "current" in blocks else {},
        _rows(reply, "hourly", HOURLY) if "hourly" in blocks else (),
        _rows(reply, "daily", DAILY) if "daily" in blocks else (),
        {name: unit for name, unit in units.items() if name != "weather_code"},
    )


def _current(reply: Mapping[str, Any]) -> Row:
    block = mapping(reply.get("current"), "current weather")
    return {"time": text(block.get("time"))} | {
        ours: number(block.get(theirs)) for ours, theirs in CURRENT.items()
    }


def _times(values: Any, name: str) -> list[str]:
    try:
        for value in values:
            datetime.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise bad_reply(f"{name} times") from error
    return list(values)


def _rows(reply: Mapping[str, Any], name: str, fields: Mapping[str, str]) -> tuple[Row, ...]:
    """Columns of equal length as rows; a column that is missing is null throughout."""
    block = mapping(reply.get(name), f"{name} block")
    times = _times(block.get("time"), name)
    columns: dict[str, list[Any]] = {}
    for ours, theirs in fields.items():
        column = block.get(theirs, [None] * len(times))
        if not isinstance(column, list) or len(column) != len(times):
            raise bad_reply(f"{name} {theirs}")
        columns[ours] = [number(value) for value in column]
    return tuple(
        {"time": time, **{ours: column[i] for ours, column in columns.items()}}
        for i, time in enumerate(times)
    )
