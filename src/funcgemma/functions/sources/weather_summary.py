"""One sentence on the weather, from the rows of a forecast."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import groupby

from funcgemma.functions.sources.forecast import Row
from funcgemma.functions.sources.weather_words import condition, day_name, part_of_day


def of_now(row: Row, units: Mapping[str, str], language: str) -> str:
    """The present weather, as in 現在は晴れ、気温18.2°C、湿度60%です (one sentence)."""
    japanese = language == "ja"
    labels = {
        "temperature": ("気温{}", "{}"),
        "feels_like": ("体感{}", "feels like {}"),
        "humidity": ("湿度{}", "humidity {}"),
        "wind_speed": ("風速{}", "wind {}"),
    }
    facts = [_sky(row, language)]
    for name, label in labels.items():
        if row.get(name) is not None:
            facts.append(label[not japanese].format(f"{row[name]:g}{_unit(units, name)}"))
    return _sentence("現在は" if japanese else "Now: ", facts, japanese)


def of_days(rows: Sequence[Row], language: str) -> str:
    """One day or several, as in 5月14日(木)は曇り、最高22°C、降水確率60%です (one sentence)."""
    japanese = language == "ja"
    if len(rows) == 1:
        name = day_name(date.fromisoformat(rows[0]["time"][:10]), language)
        facts = [_sky(rows[0], language), *_day_facts(rows[0], japanese)]
        return _sentence(f"{name}は" if japanese else f"{name}: ", facts, japanese)
    days = [_short_day(row, language) for row in rows]
    return "、".join(days) + "です。" if japanese else "; ".join(days) + "."


def of_hours(rows: Sequence[Row], language: str) -> str:
    """A day by its parts, as in 朝は晴れ12〜16°C、昼は曇り17〜20°Cです (one sentence)."""
    japanese = language == "ja"
    start = datetime.fromisoformat(rows[0]["time"]).date()

    def part(row: Row) -> tuple[date, str]:
        time = datetime.fromisoformat(row["time"])
        return time.date(), part_of_day(time.hour, language)

    parts = []
    for (day, name), group in groupby(rows, key=part):
        if day - start >= timedelta(days=1):
            name = f"翌日の{name}" if japanese else f"{name} of the next day"
        parts.append(_hours(name, list(group), language))
    return "、".join(parts) + "です。" if japanese else "; ".join(parts) + "."


def _hours(name: str, rows: list[Row], language: str) -> str:
    japanese = language == "ja"
    counts = Counter(row["weather_code"] for row in rows if row["weather_code"] is not None)
    # The commonest weather of these hours; of two equally common the rougher one.
    code = max(counts, key=lambda c: (counts[c], c)) if counts else None
    sky = condition(code, language) or ("天気不明" if japanese else "unknown")
    heat = _span([row["temperature"] for row in rows], language)
    rain = [row["precipitation_probability"] for row in rows]
    known = [value for value in rain if value is not None]
    chance = f"{round(max(known))}%" if known else ""
    if japanese:
        return f"{name}は{sky}{heat}" + (f"（降水確率{chance}）" if chance else "")
    return ", ".join(
        filter(None, (f"{name}: {sky}", heat, chance and f"{chance} chance of precipitation"))
    )


def _short_day(row: Row, language: str) -> str:
    name = day_name(date.fromisoformat(row["time"][:10]), language)
    heat = _span([row["temperature_min"], row["temperature_max"]], language)
    sky, chance = _sky(row, language), row["precipitation_probability"]
    if language == "ja":
        return f"{name}{sky}{heat}" + ("" if chance is None else f"・降水確率{round(chance)}%")
    facts = (
        f"{name}: {sky}",
        heat,
        "" if chance is None else f"{round(chance)}% chance of precipitation",
    )
    return ", ".join(filter(None, facts))


def _day_facts(row: Row, japanese: bool) -> list[str]:
    labels = {
        "temperature_max": ("最高{}°C", "high {}°C"),
        "temperature_min": ("最低{}°C", "low {}°C"),
        "precipitation_probability": ("降水確率{}%", "{}% chance of precipitation"),
    }
    return [
        label[not japanese].format(round(row[name]))
        for name, label in labels.items()
        if row.get(name) is not None
    ]


def _span(values: Sequence[float | None], language: str) -> str:
    known = [round(value) for value in values if value is not None]
    if not known:
        return ""
    low, high = min(known), max(known)
    to = "〜" if language == "ja" else " to "
    return f"{low}°C" if low == high else f"{low}{to}{high}°C"


def _sky(row: Row, language: str) -> str:
    unknown = "天気不明" if language == "ja" else "unknown weather"
    return condition(row.get("weather_code"), language) or unknown


def _unit(units: Mapping[str, str], name: str) -> str:
    unit = units.get(name, "")
    return unit if unit in ("", "%", "°C") else f" {unit}"


def _sentence(start: str, facts: list[str], japanese: bool) -> str:
    return f"{start}{'、'.join(facts)}です。" if japanese else f"{start}{', '.join(facts)}."
