import json

import pytest

from funcgemma.functions.builtin.travel_guide import SCHEMA, handler, register
from funcgemma.functions.registry import FunctionRegistry

VOYAGE_JA, VOYAGE_EN = "/wikivoyage/ja/w/api.php", "/wikivoyage/en/w/api.php"
PEDIA_JA, PEDIA_EN = "/wikipedia/ja/w/api.php", "/wikipedia/en/w/api.php"

GUIDE = (
    "京都は日本の古都。\n== 着く ==\n新幹線で東京から2時間15分ほどで京都駅に着く。\n"
    "== 食べる ==\n湯豆腐やにしんそばが名物で、店は市内の各所にある。\n== 泊まる ==\n"
)
ARTICLE = (
    "京都（きょうと）は都市である。\n== 交通 ==\n京都駅に多くの路線が集まっていて、便利である。"
)
ENGLISH = "Kyoto is a city.\n== Sleep ==\nThere are inns of every price in all parts of the city.\n"


def page(title, extract, **more):
    entry = {
        "pageid": 1,
        "title": title,
        "fullurl": f"https://wiki.test/{title}",
        "extract": extract,
    }
    return {"query": {"pages": [entry | more]}}


def missing(query):
    if "srsearch" in query:
        return {"query": {"search": []}}
    return {"query": {"pages": [{"title": query["titles"], "missing": True}]}}


@pytest.fixture
def wikis(api):
    """Makes the four wikis answer; those that are not named have nothing."""

    def answer(**replies):
        for name, path in (
            ("voyage_ja", VOYAGE_JA),
            ("voyage_en", VOYAGE_EN),
            ("pedia_ja", PEDIA_JA),
            ("pedia_en", PEDIA_EN),
        ):
            api.reply(path, replies.get(name, missing))

    return answer


KYOTO = page("京都", ARTICLE, langlinks=[{"lang": "en", "title": "Kyoto"}])


def test_the_schema_is_the_contract_and_reading_is_its_only_risk():
    registry = FunctionRegistry()
    register(registry)
    definition = registry.get("travel_guide")
    assert definition.schema == SCHEMA and definition.risk_of({}) == "read"


def test_the_guide_is_enough(api, wikis, make_context):
    wikis(voyage_ja=page("京都", GUIDE))
    result = handler(destination="京都", info_type="food", ctx=make_context())
    assert result["status"] == "ok" and result["message"] == "「京都」のグルメです。"
    assert result["section"]["title"] == "食べる" and "湯豆腐" in result["section"]["text"]
    assert result["source"]["name"] == "ウィキボヤージュ"
    assert result["source"]["licence"] == "CC BY-SA 4.0"
    assert json.loads(json.dumps(result)) == result
    assert len(api.requests) == 1


def test_a_general_question_gets_the_lead(wikis, make_context):
    wikis(voyage_ja=page("京都", GUIDE))
    result = handler(destination="京都", ctx=make_context())
    assert result["message"] == "「京都」の概要です。"
    assert result["summary"] == "京都は日本の古都。" and "section" not in result


def test_the_encyclopaedia_steps_in(wikis, make_context):
    wikis(pedia_ja=KYOTO)
    result = handler(destination="京都", info_type="transport", ctx=make_context())
    assert result["section"]["title"] == "交通"
    assert result["source"]["name"] == "ウィキペディア"


def test_the_english_guide_is_the_last_resort_and_says_so(api, wikis, make_context):
    wikis(voyage_ja=page("京都", GUIDE), pedia_ja=KYOTO, voyage_en=page("Kyoto", ENGLISH))
    result = handler(destination="京都", info_type="lodging", ctx=make_context())
    assert result["language"] == "en" and result["section"]["title"] == "Sleep"
    assert result["message"] == (
        "日本語の情報がないため、英語版ウィキボヤージュの「Kyoto」の宿泊です。"
    )
    assert api.asked(VOYAGE_EN)[0]["titles"] == "Kyoto"


def test_without_such_a_section_the_lead_has_to_do(wikis, make_context):
    wikis(voyage_ja=page("京都", GUIDE), pedia_ja=KYOTO)
    result = handler(destination="京都", info_type="itinerary", ctx=make_context())
    assert result["message"] == ("モデルコースの項目は見つからなかったため、「京都」の概要です。")
    assert result["summary"] == "京都は日本の古都。"


def test_a_guide_that_is_down_does_not_stop_the_encyclopaedia(api, wikis, make_context):
    api.reply(VOYAGE_JA, status=500)
    wikis(pedia_ja=KYOTO)
    api.replies[VOYAGE_JA] = api.replies[VOYAGE_JA][:1]
    result = handler(destination="京都", ctx=make_context())
    assert result["status"] == "ok" and result["source"]["name"] == "ウィキペディア"


def test_several_places_of_that_name(wikis, make_context):
    extract = "府中市 (東京都) - 東京都の市。\n府中市 (広島県) - 広島県の市。"
    links = [{"title": "府中市 (東京都)"}, {"title": "府中市 (広島県)"}]
    disambiguation = {"pageprops": {"disambiguation": ""}, "links": links}
    wikis(pedia_ja=page("府中", extract, **disambiguation))
    result = handler(destination="府中", ctx=make_context())
    assert result["status"] == "ambiguous" and len(result["candidates"]) == 2


def test_an_unknown_place(wikis, make_context):
    wikis()
    result = handler(destination="どこにもない町", ctx=make_context())
    assert (result["status"], result["reason"]) == ("unavailable", "not_found")
    assert result["message"] == "「どこにもない町」は見つかりませんでした。"


def test_in_english(api, wikis, make_context):
    wikis(voyage_en=page("Kyoto", ENGLISH))
    result = handler(destination="Kyoto", info_type="lodging", ctx=make_context("en"))
    assert result["message"] == "Kyoto: places to stay."
    assert api.asked(VOYAGE_JA) == api.asked(PEDIA_JA) == []


def test_offline(make_context, closed_port):
    settings = {"wikivoyage_url": closed_port, "wikipedia_url": closed_port}
    assert handler(destination="京都", ctx=make_context(settings=settings))["reason"] == "offline"
    assert handler(destination="京都", ctx=make_context(http=None))["reason"] == "offline"


def test_nonsense_is_a_result_too(wikis, make_context):
    wikis(voyage_ja=b"oops", pedia_ja={"query": 1})
    assert handler(destination="京都", ctx=make_context())["reason"] == "bad_reply"
