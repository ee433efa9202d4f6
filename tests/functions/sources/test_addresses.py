from funcgemma.functions.sources.addresses import address
from funcgemma.functions.sources.wikis import wikipedia, wikivoyage


def test_defaults():
    assert address({}, "forecast_url") == "https://api.open-meteo.com"
    assert wikipedia({}, "ja").base == "https://ja.wikipedia.org"
    assert wikivoyage({}, "en").base == "https://en.wikivoyage.org"


def test_settings_replace_them():
    settings = {"wikipedia_url": "http://localhost:1/{language}/", "forecast_url": None}
    assert wikipedia(settings, "en").base == "http://localhost:1/en"
    assert address(settings, "forecast_url") == "https://api.open-meteo.com"
