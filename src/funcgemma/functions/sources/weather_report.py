"""The weather of a place, put together from the gazetteer and the forecast."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta, tzinfo
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from funcgemma.errors import Unavailable
from funcgemma.functions.context import Context
from funcgemma.functions.http import HttpClient
from funcgemma.functions.sources import weather_summary
from funcgemma.functions.sources.addresses import address
from funcgemma.functions.sources.forecast import Forecast, Row, forecast
from funcgemma.functions.sources.gazetteer import find_place
from funcgemma.functions.sources.open_meteo import SOURCE, Place
from funcgemma.functions.sources.results import Result, say
from funcgemma.functions.sources.weather_days import Days, days_of
from funcgemma.functions.sources.weather_words import condition, day_name

NEXT_HOURS = 24
"""How far 今夜 or これから may reach."""


def report(http: HttpClient, ctx: Context, said: str, kind: str, day: str | None) -> Result:
    """The weather at a place.

    Args:
        http: The HTTP layer.
        ctx: Clock, language, settings.
        said: The place as said.
        kind: current, hourly, daily or weekly.
        day: ISO date, if one was named.

    Raises:
        Unavailable: The place is unknown, or there is no forecast for these days.
    """
    language = "ja" if ctx.language == "ja" else "en"
    place = find_place(http, address(ctx.settings, "geocoding_url"), said, language)
    local = ctx.now().astimezone(_zone(place, ctx))
    if kind == "current" and day and day[:10] != local.date().isoformat():
        kind = "daily"  # nobody asks for the present of another day
    days = days_of(kind, None if kind == "current" else day, ctx.now(), local, ctx.mentions)
    base = address(ctx.settings, "forecast_url")
    unit = "ms" if language == "ja" else "kmh"
    ask = partial(forecast, http, base, place, wind_unit=unit)
    if kind == "current":
        shown = _current(ask(("current", "daily"), (days.first, days.last)), language)
    elif kind == "hourly":
        shown = _hourly(ask, days, local, language)
    else:
        shown = _daily(ask(("daily",), (days.first, days.last)), days, language)
    return {
        "status": "ok",
        "message": _message(place, kind, days, language),
        "place": _place(place, said),
        "forecast_type": kind,
        **shown,
        "source": dict(SOURCE),
    }


def _current(found: Forecast, language: str) -> Result:
    _check([found.current], "temperature")
    summary = weather_summary.of_now(found.current, found.units, language)
    today = {"today": _worded(found.daily, language)[0]} if found.daily else {}
    current = _worded([found.current], language)[0]
    return {"summary": summary, "current": current, **today, "units": dict(found.units)}


def _hourly(ask: Callable[..., Forecast], days: Days, local: datetime, language: str) -> Result:
    """A named day whole; today from this hour on, into the night."""
    whole = days.first != local.date()
    last = days.first if whole else days.first + timedelta(days=1)
    found = ask(("hourly",), (days.first, last))
    start = days.first.isoformat() if whole else local.strftime("%Y-%m-%dT%H:00")
    rows = [row for row in found.hourly if row["time"] >= start][:NEXT_HOURS]
    _check(rows, "temperature")
    summary = weather_summary.of_hours(rows, language)
    return {"summary": summary, "hours": _worded(rows, language), "units": dict(found.units)}


def _daily(found: Forecast, days: Days, language: str) -> Result:
    rows = [r for r in found.daily if days.first.isoformat() <= r["time"] <= days.last.isoformat()]
    _check(rows, "temperature_max")
    summary = weather_summary.of_days(rows, language)
    shown: Result = {"summary": summary, "days": _worded(rows, language)}
    return {**shown, "complete": days.complete, "units": dict(found.units)}


def _worded(rows: Sequence[Row], language: str) -> list[Row]:
    return [{**row, "condition": condition(row["weather_code"], language)} for row in rows]


def _check(rows: Sequence[Row], name: str) -> None:
    """The last days of the horizon may be listed and yet empty."""
    if all(row[name] is None for row in rows):
        raise Unavailable("the forecast is empty for these days", "no_data", "ask for earlier days")


def _message(place: Place, kind: str, days: Days, language: str) -> str:
    area = place.admin1 or place.country
    name = place.name
    if area not in ("", name):
        name += f"（{area}）" if language == "ja" else f", {area}"
    first, last = day_name(days.first, language), day_name(days.last, language)
    to = say(language, ("〜", " to "))
    span = first if first == last else f"{first}{to}{last}"
    words = {
        "current": ("{place}の現在の天気です。", "The weather in {place} now."),
        "hourly": (
            "{place}の{span}の時間ごとの天気です。",
            "The weather in {place} on {span}, hour by hour.",
        ),
    }
    otherwise = ("{place}の{span}の天気です。", "The weather in {place}, {span}.")
    return say(language, words.get(kind, otherwise), place=name, span=span)


def _place(place: Place, said: str) -> dict[str, Any]:
    return {
        "asked": said,
        "name": place.name,
        "admin1": place.admin1,
        "country": place.country,
        "country_code": place.country_code,
        "latitude": place.latitude,
        "longitude": place.longitude,
        "timezone": place.timezone,
    }


def _zone(place: Place, ctx: Context) -> tzinfo | None:
    try:
        return ZoneInfo(place.timezone) if place.timezone else ctx.now().tzinfo
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ctx.now().tzinfo
