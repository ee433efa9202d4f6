import pytest

from funcgemma.errors import Unavailable
from funcgemma.functions.sources.open_meteo import Place, pollen

KYOTO = Place("京都市", 35.02107, 135.75385, timezone="Asia/Tokyo")


def test_pollen_where_there_are_data(api, http):
    current = {"time": "2026-05-13T10:00", "birch_pollen": 12.5, "grass_pollen": 0.0}
    api.reply("/v1/air-quality", {"current": current | {"olive_pollen": None}})
    found = pollen(http, api.url, Place("Berlin", 52.5, 13.4))
    assert found == {"birch": 12.5, "grass": 0.0}
    assert api.asked("/v1/air-quality")[0]["timezone"] == "auto"


def test_there_are_no_pollen_data_for_japan(api, http):
    api.reply("/v1/air-quality", {"current": {"time": "2026-05-13T10:00", "birch_pollen": None}})
    with pytest.raises(Unavailable) as caught:
        pollen(http, api.url, KYOTO)
    assert caught.value.reason == "no_data"
