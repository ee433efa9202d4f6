from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from funcgemma.functions.sources.shops import Search, link, shops_for

WORDS = "C++入門 100%/&#?改訂版"


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("intent", ["purchase", "price", "review"])
def test_words_survive_any_shop(language, intent):
    for shop in shops_for(language):
        page = link(shop, Search(WORDS, intent))
        if page is None:
            continue
        assert page["url"].isascii() and " " not in page["url"]
        parts = urlsplit(page["url"])
        values = [value for values in parse_qs(parts.query).values() for value in values]
        assert parts.scheme == "https" and parts.fragment == ""
        assert WORDS in values or f"/{WORDS}/" in unquote(parts.path)


def urls(language, search):
    pages = [link(shop, search) for shop in shops_for(language)]
    return {page["shop"]: page["url"] for page in pages if page}


def test_prices_sort_and_budgets_limit():
    found = urls("ja", Search("椅子", "price", None, 30_000, "JPY"))
    chair = "%E6%A4%85%E5%AD%90"
    assert found == {
        "Amazon.co.jp": f"https://www.amazon.co.jp/s?k={chair}&high-price=30000&s=price-asc-rank",
        "楽天市場": f"https://search.rakuten.co.jp/search/mall/{chair}/?max=30000&s=11",
        "Yahoo!ショッピング": f"https://shopping.yahoo.co.jp/search?p={chair}&pt=30000&X=2",
        "価格.com": f"https://search.kakaku.com/{chair}/",
        "メルカリ": f"https://jp.mercari.com/search?keyword={chair}&price_max=30000"
        "&status=on_sale&sort=price&order=asc",
    }


def test_a_budget_in_another_currency_is_no_limit():
    found = urls("ja", Search("chair", least=20, most=50, currency="USD"))
    assert found["Amazon.co.jp"] == "https://www.amazon.co.jp/s?k=chair"
    english = urls("en", Search("chair", least=20, most=50, currency="USD"))
    assert english["eBay"] == "https://www.ebay.com/sch/i.html?_nkw=chair&_udlo=20&_udhi=50"


def test_reviews_are_where_there_are_reviews():
    assert list(urls("ja", Search("x", "review"))) == ["Amazon.co.jp", "楽天市場", "価格.com"]
    assert "eBay" not in urls("en", Search("x", "review"))


def test_lone_surrogates_do_no_harm():
    assert len(urls("ja", Search("a\ud800"))) == 5
