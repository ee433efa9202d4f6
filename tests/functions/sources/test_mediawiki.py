import pytest

from funcgemma.errors import Unavailable
from funcgemma.functions.sources.mediawiki import Candidate, Page, Site, fetch, look_up

API = "/ja/w/api.php"


@pytest.fixture
def site(api):
    return Site("ウィキペディア", f"{api.url}/ja", "ja")


def wiki(pages, hits=()):
    """Answers of api.php: title -> page; titles that are not there are missing."""

    def answer(query):
        if "srsearch" in query:
            return {"query": {"search": [{"ns": 0, "title": title} for title in hits]}}
        title = query["titles"]
        page = {"ns": 0, "title": title, "missing": True}
        if title in pages:
            page = {"pageid": 1, "ns": 0, "title": title, "fullurl": f"https://w.test/{title}"}
            page |= pages[title]
        return {"batchcomplete": True, "query": {"pages": [page]}}

    return answer


def test_an_article(api, http, site):
    page = {
        "extract": "京都は都市。\n\n== 観光 ==\n寺や神社がたいへん多いことで知られている。",
        "langlinks": [{"lang": "en", "title": "Kyoto"}],
    }
    api.reply(API, wiki({"京都": page}))
    found = look_up(http, site, "京都")
    assert isinstance(found, Page)
    assert (found.title, found.lead, found.english) == ("京都", "京都は都市。", "Kyoto")
    assert found.sections[0].title == "観光" and not found.disambiguation
    assert found.source == {
        "name": "ウィキペディア",
        "language": "ja",
        "title": "京都",
        "url": "https://w.test/京都",
        "licence": "CC BY-SA 4.0",
    }
    query = api.asked(API)[0]
    assert query["action"] == "query" and query["formatversion"] == "2"
    assert query["redirects"] == query["explaintext"] == "1"


@pytest.mark.parametrize("name", ["", "  ", "[]", "#"])
def test_a_name_that_is_no_title_is_not_asked_for(api, http, site, name):
    assert fetch(http, site, name) is None
    assert api.requests == []


def test_odd_characters_do_not_reach_the_title(api, http, site):
    api.reply(API, wiki({}))
    assert fetch(http, site, "A|B{{C}}") is None
    assert fetch(http, site, "長" * 300) is None
    assert api.asked(API)[0]["titles"] == "A B C"
    assert len(api.asked(API)[1]["titles"].encode()) <= 255


def test_a_page_without_an_address_gets_one(api, http, site):
    api.reply(API, wiki({"東京 タワー": {"fullurl": None, "extract": "塔。"}}))
    assert fetch(http, site, "東京 タワー").url.endswith(
        "/ja/wiki/%E6%9D%B1%E4%BA%AC_%E3%82%BF%E3%83%AF%E3%83%BC"
    )


def test_a_disambiguation_page_gives_its_meanings(api, http, site):
    page = {
        "extract": "鈴木一郎は日本の人名。\n鈴木一郎 (作家) - 日本の作家。\n鈴木一郎 - 野球選手。",
        "pageprops": {"disambiguation": ""},
        "links": [{"ns": 0, "title": "鈴木一郎 (作家)"}, {"ns": 0, "title": "日本"}],
    }
    api.reply(API, wiki({"鈴木一郎": page}))
    (found,) = look_up(http, site, "鈴木一郎")
    assert (found.title, found.description) == ("鈴木一郎 (作家)", "日本の作家。")
    assert found.url.startswith(site.base)


def test_meanings_without_lines_are_the_links(api, http, site):
    page = {"extract": "", "pageprops": {"disambiguation": ""}}
    page["links"] = [{"title": f"府中市 {number}"} for number in range(20)]
    api.reply(API, wiki({"府中": page}))
    assert len(look_up(http, site, "府中")) == 10


def test_a_missing_article_is_searched_for(api, http, site):
    api.reply(API, wiki({"森保一": {"extract": "監督。"}}, hits=("森保一", "日本代表")))
    found = look_up(http, site, "森保")
    assert isinstance(found, Page) and found.title == "森保一"


def test_several_finds_are_candidates(api, http, site):
    api.reply(API, wiki({}, hits=("嵐山町", "嵐山 (京都)", "渡月橋")))
    titles = [candidate.title for candidate in look_up(http, site, "嵐山")]
    assert titles == ["嵐山町", "嵐山 (京都)"]


def test_nothing_at_all(api, http, site):
    api.reply(API, wiki({}, hits=("別のもの",)))
    assert look_up(http, site, "ほげほげ") == ()


def test_a_find_that_is_gone_is_a_candidate(api, http, site):
    api.reply(API, wiki({}, hits=("森保一",)))
    (found,) = look_up(http, site, "森保")
    assert isinstance(found, Candidate)


@pytest.mark.parametrize(
    "reply",
    [
        [],
        {},
        {"query": []},
        {"query": {"pages": {"1": {}}}},
        {"query": {"pages": []}},
        {"query": {"pages": ["x"]}},
    ],
)
def test_another_shape_is_a_bad_reply(api, http, site, reply):
    api.reply(API, reply)
    with pytest.raises(Unavailable) as caught:
        look_up(http, site, "京都")
    assert caught.value.reason == "bad_reply"


def test_odd_fields_are_as_good_as_absent(api, http, site):
    api.reply(API, wiki({"京都": {"extract": 1, "pageprops": [], "langlinks": [{"title": 2}]}}))
    page = fetch(http, site, "京都")
    assert (page.lead, page.english, page.disambiguation) == ("", "", False)


@pytest.mark.parametrize(
    ("code", "reason"), [("ratelimited", "rate_limited"), ("internal", "server")]
)
def test_an_error_of_the_api(api, http, site, code, reason):
    api.reply(API, {"error": {"code": code, "info": "no"}})
    with pytest.raises(Unavailable) as caught:
        look_up(http, site, "京都")
    assert caught.value.reason == reason
