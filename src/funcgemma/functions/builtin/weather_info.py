"""Weather now and ahead, from Open-Meteo."""

from typing import Any

from funcgemma.functions.context import Context
from funcgemma.functions.definition import FunctionDefinition
from funcgemma.functions.registry import FunctionRegistry
from funcgemma.functions.sources.results import Result, attempt
from funcgemma.functions.sources.weather_report import report

SCHEMA: dict[str, Any] = {
    "name": "weather_info",
    "description": "天気情報: 天気・気温・降水・風・花粉などの現況や予報を尋ねられたときに使う。",
    "parameters": {
        "type": "object",
        "properties": {
            "location": {
                "type": "string",
                "description": "地名。発話中の表記のまま",
                "x-kind": "place",
            },
            "forecast_type": {
                "type": "string",
                "enum": ["current", "hourly", "daily", "weekly"],
                "default": "daily",
                "description": (
                    "current=今現在, hourly=時間帯 (今夜, 朝, 15時ごろ), "
                    "daily=ある一日 (または日の指定なし), weekly=一週間や週末など複数日"
                ),
            },
            "date": {
                "type": "string",
                "format": "date",
                "description": (
                    "日の指定があるときの ISO 8601 日付。"
                    "週末は土曜日、今週/来週など期間のときは初日"
                ),
                "x-kind": "date",
            },
        },
        "required": ["location"],
    },
}


def handler(
    location: str, forecast_type: str = "daily", date: str | None = None, *, ctx: Context
) -> Result:
    """The weather at a place, now or on days to come.

    Args:
        location: The place as said.
        forecast_type: current, hourly, daily or weekly.
        date: ISO date; a weekly question's first day.
        ctx: The call's view of the world.
    """
    return attempt(ctx, location, lambda http: report(http, ctx, location, forecast_type, date))


def register(registry: FunctionRegistry) -> None:
    """Make the function known."""
    registry.register(FunctionDefinition(**SCHEMA, handler=handler, risk="read", origin=__name__))
