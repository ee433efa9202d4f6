"""Wikipedia and Wikivoyage: where they are, and which of their headings answer what."""

from collections.abc import Mapping
from typing import Any

from funcgemma.functions.sources.addresses import address
from funcgemma.functions.sources.mediawiki import Site
from funcgemma.functions.sources.results import say

Headings = Mapping[str, Mapping[str, tuple[str, ...]]]

VOYAGE_HEADINGS: Headings = {
    "ja": {
        "sightseeing": ("観る", "見る", "観光する", "観光", "見どころ", "する", "遊ぶ"),
        "food": ("食べる", "食事", "グルメ", "飲む"),
        "lodging": ("泊まる", "宿泊"),
        "transport": ("着く", "到着", "行く", "行き方", "アクセス", "動く", "交通"),
        "itinerary": ("旅程", "モデルコース", "回り方"),
    },
    "en": {
        "sightseeing": ("See", "Do"),
        "food": ("Eat", "Drink"),
        "lodging": ("Sleep",),
        "transport": ("Get in", "Get around"),
        "itinerary": ("Itineraries", "Itinerary"),
    },
}
"""Language -> info_type of travel_guide -> headings, best first."""

TRAVEL_HEADINGS: Headings = {
    "ja": {
        "sightseeing": ("観光", "観光地", "見どころ", "名所", "名所・旧跡", "観光スポット"),
        "food": ("食文化", "郷土料理", "名物", "グルメ", "特産品"),
        "lodging": ("宿泊", "宿泊施設"),
        "transport": ("交通", "アクセス", "交通アクセス"),
        "itinerary": (),
    },
    "en": {
        "sightseeing": ("Sights", "Tourism", "Attractions", "Landmarks", "Places of interest"),
        "food": ("Cuisine", "Food"),
        "lodging": ("Accommodation", "Hotels", "Lodging"),
        "transport": ("Transport", "Transportation", "Access"),
        "itinerary": (),
    },
}

PERSON_HEADINGS: Headings = {
    "ja": {
        "profile": ("プロフィール", "人物", "人物像"),
        "career": ("経歴", "来歴", "略歴", "生涯", "選手経歴", "プロ経歴", "人物・来歴", "活動"),
        "works": (
            *("作品", "主な作品", "代表作", "著書", "著作", "ディスコグラフィ", "楽曲"),
            *("出演", "出演作品", "主な出演", "フィルモグラフィ"),
        ),
        "news": ("近況",),
        "relationships": ("私生活", "家族", "家族・親族", "親族", "結婚", "交友関係", "系譜"),
    },
    "en": {
        "profile": ("Profile", "Early life", "Personal life"),
        "career": ("Career", "Professional career", "Biography", "Life and career", "History"),
        "works": (
            *("Works", "Selected works", "Filmography", "Discography", "Bibliography"),
            *("Publications", "Songs"),
        ),
        "news": (),
        "relationships": ("Personal life", "Family", "Private life", "Relationships", "Marriage"),
    },
}


def wikipedia(settings: Mapping[str, Any], language: str) -> Site:
    """Wikipedia in a language."""
    names = ("ウィキペディア", "Wikipedia")
    return Site(say(language, names), address(settings, "wikipedia_url", language), language)


def wikivoyage(settings: Mapping[str, Any], language: str) -> Site:
    """Wikivoyage in a language."""
    names = ("ウィキボヤージュ", "Wikivoyage")
    return Site(say(language, names), address(settings, "wikivoyage_url", language), language)
