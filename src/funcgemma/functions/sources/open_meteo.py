"""Open-Meteo: places by name, and pollen. Free, without a key.

Only the shape of the requests and answers is here; which place is meant is
decided by the gazetteer.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from funcgemma.errors import Unavailable
from funcgemma.functions.http import HttpClient
from funcgemma.functions.sources.shapes import ask, mapping, number, objects, text

SOURCE = {"name": "Open-Meteo", "url": "https://open-meteo.com/", "licence": "CC BY 4.0"}
POLLEN = ("alder", "birch", "grass", "mugwort", "olive", "ragweed")


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the gazetteer; names are in the language that was asked for."""

    name: str
    latitude: float
    longitude: float
    country_code: str = ""
    country: str = ""
    admin1: str = ""
    timezone: str = ""
    population: int = 0
    feature_code: str = ""


def geocode(http: HttpClient, base: str, name: str, language: str) -> tuple[Place, ...]:
    """The places of that name, in the gazetteer's order.

    Raises:
        Unavailable: The service cannot be asked or answers nonsense.
    """
    if len(name) < 2:
        return ()  # the service answers a single character with nothing at all
    params = {"name": name, "count": 20, "language": language, "format": "json"}
    month = 30 * 86400.0
    reply = ask(http, f"{base}/v1/search", params, "list of places", max_age=month)
    found = objects(reply.get("results", []), "list of places")
    return tuple(place for item in found if (place := _place(item)))


def pollen(http: HttpClient, base: str, place: Place) -> dict[str, float]:
    """Pollen in grains per cubic metre now, by plant. There are data for Europe only.

    Raises:
        Unavailable: With reason no_data where there are none, as in Japan.
    """
    params = {
        "latitude": place.latitude,
        "longitude": place.longitude,
        "current": ",".join(f"{plant}_pollen" for plant in POLLEN),
        "timezone": place.timezone or "auto",
    }
    reply = ask(http, f"{base}/v1/air-quality", params, "pollen values")
    current = mapping(reply.get("current", {}), "pollen values")
    values = {plant: number(current.get(f"{plant}_pollen")) for plant in POLLEN}
    known = {plant: value for plant, value in values.items() if value is not None}
    if not known:
        raise Unavailable(f"there are no pollen data for {place.name}", "no_data")
    return known


def _place(item: Mapping[str, Any]) -> Place | None:
    latitude, longitude = number(item.get("latitude")), number(item.get("longitude"))
    if latitude is None or longitude is None or not text(item.get("name")):
        return None
    words = ("country_code", "country", "admin1", "timezone", "feature_code")
    return Place(
        name=item["name"],
        latitude=latitude,
        longitude=longitude,
        population=int(number(item.get("population")) or 0),
        **{word: text(item.get(word)) for word in words},
    )
