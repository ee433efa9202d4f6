"""Search pages of the big shops."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import quote, urlencode


@dataclass(frozen=True, slots=True)
class Shop:
    """How a shop's search is addressed.

    Attributes:
        name: As shown to users.
        search: Address; `{words}` in it stands for the words.
        words: Name of the parameter that takes the words, where the address does not.
        cheapest: Parameters that sort by price, lowest first.
        review: Address that shows reviews; empty where there are none.
        rated: Parameters that bring the best reviewed first.
        prices: Names of the parameters for the lowest and highest price.
        currency: The currency those are in.
    """

    name: str
    search: str
    words: str = ""
    cheapest: Mapping[str, str] = field(default_factory=dict)
    review: str = ""
    rated: Mapping[str, str] = field(default_factory=dict)
    prices: tuple[str, str] | None = None
    currency: str = "JPY"


JAPANESE = (
    Shop(
        "Amazon.co.jp",
        "https://www.amazon.co.jp/s",
        "k",
        cheapest={"s": "price-asc-rank"},
        review="https://www.amazon.co.jp/s",
        rated={"s": "review-rank"},
        prices=("low-price", "high-price"),
    ),
    Shop(
        "楽天市場",
        "https://search.rakuten.co.jp/search/mall/{words}/",
        cheapest={"s": "11"},
        review="https://review.rakuten.co.jp/search/{words}/-/",
        prices=("min", "max"),
    ),
    Shop(
        "Yahoo!ショッピング",
        "https://shopping.yahoo.co.jp/search",
        "p",
        cheapest={"X": "2"},
        prices=("pf", "pt"),
    ),
    Shop(
        "価格.com",
        "https://search.kakaku.com/{words}/",
        review="https://search.kakaku.com/{words}/",
    ),
    Shop(
        "メルカリ",
        "https://jp.mercari.com/search",
        "keyword",
        cheapest={"status": "on_sale", "sort": "price", "order": "asc"},
        prices=("price_min", "price_max"),
    ),
)
ENGLISH = (
    Shop(
        "Amazon.com",
        "https://www.amazon.com/s",
        "k",
        cheapest={"s": "price-asc-rank"},
        review="https://www.amazon.com/s",
        rated={"s": "review-rank"},
        prices=("low-price", "high-price"),
        currency="USD",
    ),
    Shop(
        "eBay",
        "https://www.ebay.com/sch/i.html",
        "_nkw",
        cheapest={"_sop": "15"},
        prices=("_udlo", "_udhi"),
        currency="USD",
    ),
    Shop(
        "Walmart",
        "https://www.walmart.com/search",
        "q",
        cheapest={"sort": "price_low"},
        review="https://www.walmart.com/search",
        rated={"sort": "rating_high"},
        prices=("min_price", "max_price"),
        currency="USD",
    ),
    Shop(
        "Best Buy",
        "https://www.bestbuy.com/site/searchpage.jsp",
        "st",
        review="https://www.bestbuy.com/site/searchpage.jsp",
        currency="USD",
    ),
)


@dataclass(frozen=True, slots=True)
class Search:
    """What to search for; amounts are in `currency`."""

    words: str
    intent: str = "recommendation"
    least: int | None = None
    most: int | None = None
    currency: str = ""


def shops_for(language: str) -> tuple[Shop, ...]:
    """The shops of a language's largest market."""
    return JAPANESE if language == "ja" else ENGLISH


def link(shop: Shop, search: Search) -> dict[str, str] | None:
    """The page of a shop that shows what is wanted; None where it has no such page."""
    reviewing = search.intent == "review"
    address = shop.review if reviewing else shop.search
    if not address:
        return None
    params = {shop.words: search.words} if "{words}" not in address else {}
    if shop.prices and shop.currency == search.currency and not reviewing:
        amounts = zip(shop.prices, (search.least, search.most), strict=True)
        params |= {name: str(amount) for name, amount in amounts if amount is not None}
    if search.intent == "price":
        params |= shop.cheapest
    if reviewing:
        params |= shop.rated
    url = address.replace("{words}", quote(search.words, safe="", errors="replace"))
    if params:
        url += "?" + urlencode(params, quote_via=quote, errors="replace")
    return {"shop": shop.name, "url": url, "query": search.words}
