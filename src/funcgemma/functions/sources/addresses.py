"""Where the sources live. Every address can be replaced by a setting of the same name."""

from collections.abc import Mapping
from typing import Any

DEFAULTS: Mapping[str, str] = {
    "geocoding_url": "https://geocoding-api.open-meteo.com",
    "forecast_url": "https://api.open-meteo.com",
    "air_quality_url": "https://air-quality-api.open-meteo.com",
    "wikipedia_url": "https://{language}.wikipedia.org",
    "wikivoyage_url": "https://{language}.wikivoyage.org",
}


def address(settings: Mapping[str, Any], name: str, language: str = "") -> str:
    """The base address of a source, without a slash at its end."""
    base = str(settings.get(name) or DEFAULTS[name])
    return base.replace("{language}", language).rstrip("/")
