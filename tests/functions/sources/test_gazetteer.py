import pytest

from funcgemma.errors import Unavailable
from funcgemma.functions.sources.gazetteer import find_place

SEARCH = "/v1/search"


def entry(name, country_code="JP", population=None, **more):
    values = {
        "id": 1,
        "name": name,
        "latitude": 35.0,
        "longitude": 135.0,
        "country_code": country_code,
    }
    values |= {"feature_code": "PPL", "timezone": "Asia/Tokyo"} | more
    return values if population is None else values | {"population": population}


@pytest.fixture
def gazetteer(api):
    """Makes the server know places: name asked for -> entries."""

    def know(places):
        api.reply(
            SEARCH,
            lambda query: (
                {"results": places[query["name"]], "generationtime_ms": 0.5}
                if query["name"] in places
                else {"generationtime_ms": 0.5}
            ),
        )

    return know


def test_asks_in_the_users_language(api, http, gazetteer):
    gazetteer({"Kyoto": [entry("Kyoto", population=1_463_723)]})
    place = find_place(http, api.url, "Kyoto", "en")
    assert (place.name, place.country_code, place.population) == ("Kyoto", "JP", 1_463_723)
    query = api.asked(SEARCH)[0]
    assert query["name"] == "Kyoto" and query["language"] == "en" and query["format"] == "json"


def test_the_city_comes_before_its_prefecture_and_a_hamlet_abroad(api, http, gazetteer):
    gazetteer(
        {
            "京都": [
                entry("京都", "CN"),
                entry("京都府", population=2_600_000, feature_code="ADM1"),
            ],
            "京都市": [entry("京都市", population=1_463_723, feature_code="PPLA")],
        }
    )
    assert find_place(http, api.url, "京都", "ja").name == "京都市"


def test_a_prefecture_comes_before_a_small_town_of_its_name(api, http, gazetteer):
    gazetteer(
        {
            "岩手": [entry("岩手町", population=14_000)],
            "岩手県": [entry("岩手県", population=1_200_000, feature_code="ADM1")],
        }
    )
    assert find_place(http, api.url, "岩手", "ja").name == "岩手県"


def test_a_capital_abroad_comes_before_villages_of_its_name(api, http, gazetteer):
    gazetteer(
        {
            "北京": [entry("北京", "CN"), entry("北京", "CN")],
            "北京市": [entry("北京市", "CN", population=18_960_744, feature_code="PPLC")],
        }
    )
    assert find_place(http, api.url, "北京", "ja").population == 18_960_744


def test_home_comes_first_for_japanese_names_only(api, http, gazetteer):
    villages = [entry("中野", "CN", population=300_000), entry("中野", "JP", population=40_000)]
    gazetteer({"中野": villages, "パリ": [entry("パリ", "JP"), entry("パリ", "FR", 2_138_551)]})
    assert find_place(http, api.url, "中野", "ja").country_code == "JP"
    assert find_place(http, api.url, "パリ", "ja").country_code == "FR"


def test_shorter_names_are_tried_when_nothing_fits(api, http, gazetteer):
    gazetteer({"札幌市": [entry("札幌市", population=1_900_000)]})
    assert find_place(http, api.url, "札幌市中央区", "ja").name == "札幌市"
    assert [query["name"] for query in api.asked(SEARCH)] == ["札幌市中央区", "札幌市"]


def test_the_area_that_was_said_decides(api, http, gazetteer):
    found = [
        entry("Paris", "FR", 2_138_551, country="France", admin1="Île-de-France"),
        entry("Paris", "US", 24_476, country="United States", admin1="Texas"),
    ]
    gazetteer({"Paris": found})
    assert find_place(http, api.url, "Paris, Texas", "en").country_code == "US"
    assert find_place(http, api.url, "Paris", "en").country_code == "FR"
    assert find_place(http, api.url, "Paris, TX", "en").country_code == "FR"


def test_a_single_character_is_not_asked_for(api, http, gazetteer):
    gazetteer({"津市": [entry("津市", population=270_000)]})
    assert find_place(http, api.url, "津", "ja").name == "津市"
    assert [query["name"] for query in api.asked(SEARCH)] == ["津市"]


@pytest.mark.parametrize("said", ["ほげほげ", "", "　", "?"])
def test_an_unknown_place_is_not_found(api, http, gazetteer, said):
    gazetteer({})
    with pytest.raises(Unavailable) as caught:
        find_place(http, api.url, said, "ja")
    assert caught.value.reason == "not_found"


@pytest.mark.parametrize("reply", [[], "x", {"results": {}}, {"results": ["x"]}, {"results": None}])
def test_another_shape_is_a_bad_reply(api, http, reply):
    api.reply(SEARCH, reply)
    with pytest.raises(Unavailable) as caught:
        find_place(http, api.url, "京都", "ja")
    assert caught.value.reason == "bad_reply"


def test_entries_without_coordinates_are_passed_over(api, http, gazetteer):
    broken = [{"name": "Nara"}, {"latitude": 1, "longitude": 2}, entry("Nara", latitude="x")]
    gazetteer({"Nara": [*broken, entry("Nara", population="many")]})
    assert find_place(http, api.url, "Nara", "en").population == 0
