"""Sights, food, lodging and access of a place, from Wikivoyage and Wikipedia."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from funcgemma.errors import Unavailable
from funcgemma.functions.context import Context
from funcgemma.functions.definition import FunctionDefinition
from funcgemma.functions.http import HttpClient
from funcgemma.functions.registry import FunctionRegistry
from funcgemma.functions.sources import sections
from funcgemma.functions.sources.mediawiki import Candidate, Page, Site, fetch, look_up
from funcgemma.functions.sources.results import Result, ambiguous, attempt, say, unavailable
from funcgemma.functions.sources.wikis import (
    TRAVEL_HEADINGS,
    VOYAGE_HEADINGS,
    Headings,
    wikipedia,
    wikivoyage,
)

SCHEMA: dict[str, Any] = {
    "name": "travel_guide",
    "description": (
        "地名・旅行案内: 観光地、グルメ、宿、交通、モデルコースなど、"
        "旅先についての情報を求められたときに使う。"
    ),
    "parameters": {
        "type": "object",
        "properties": {
            "destination": {
                "type": "string",
                "description": (
                    "旅先の地名・施設名。発話中の表記のまま "
                    "(例: 京都, 屋久島, パリ, 東京ディズニーランド)"
                ),
                "x-kind": "place",
            },
            "info_type": {
                "type": "string",
                "enum": ["general", "sightseeing", "food", "lodging", "transport", "itinerary"],
                "default": "general",
                "description": "求める情報の種類",
            },
        },
        "required": ["destination"],
    },
}


LONGEST_SUMMARY, LONGEST_SECTION = 600, 1500

KINDS = {
    "general": ("概要", "a summary"),
    "sightseeing": ("見どころ", "sights"),
    "food": ("グルメ", "food"),
    "lodging": ("宿泊", "places to stay"),
    "transport": ("交通", "transport"),
    "itinerary": ("モデルコース", "itineraries"),
}
MESSAGES = {
    "found": ("「{title}」の{kind}です。", "{title}: {kind}."),
    "english": (
        "日本語の情報がないため、英語版ウィキボヤージュの「{title}」の{kind}です。",
        "{title}: {kind}.",
    ),
    "no_section": (
        "{kind}の項目は見つからなかったため、「{title}」の概要です。",
        "Nothing on {kind} was found; this is a summary of {title}.",
    ),
}


def handler(destination: str, info_type: str = "general", *, ctx: Context) -> Result:
    """What Wikivoyage or Wikipedia says about a destination.

    Args:
        destination: The place as said.
        info_type: Which part is wanted.
        ctx: The call's view of the world.
    """
    return attempt(ctx, destination, lambda http: _answer(http, ctx, destination, info_type))


def register(registry: FunctionRegistry) -> None:
    """Make the function known."""
    registry.register(FunctionDefinition(**SCHEMA, handler=handler, risk="read", origin=__name__))


def _answer(http: HttpClient, ctx: Context, name: str, info_type: str) -> Result:
    language = "ja" if ctx.language == "ja" else "en"
    seen: list[Page] = []
    meanings: tuple[Candidate, ...] = ()
    for found, headings in _pages(http, ctx, name, language):
        if not isinstance(found, Page):
            meanings = meanings or found
            continue
        section = sections.find(found.sections, headings[found.site.language].get(info_type, ()))
        if section or (info_type == "general" and found.lead):
            return _describe(found, language, name, info_type, section)
        seen.append(found)
    best = next((page for page in seen if page.lead), None)
    if best:
        return _describe(best, language, name, info_type, None)
    if meanings:
        return ambiguous(language, name, [asdict(candidate) for candidate in meanings])
    return unavailable(language, name, "not_found", f"neither wiki ({language}) has '{name}'")


def _pages(
    http: HttpClient, ctx: Context, name: str, language: str
) -> Iterator[tuple[Page | tuple[Candidate, ...], Headings]]:
    """The pages to read, best first; each is fetched only when the ones before it fall short."""
    guide = _guide(http, wikivoyage(ctx.settings, language), name)
    if guide:
        yield guide, VOYAGE_HEADINGS
    article = look_up(http, wikipedia(ctx.settings, language), name)
    yield article, TRAVEL_HEADINGS
    if language == "ja":
        titles = [page.english for page in (guide, article) if isinstance(page, Page)]
        foreign = _guide(http, wikivoyage(ctx.settings, "en"), next(filter(None, titles), name))
        if foreign:
            yield foreign, VOYAGE_HEADINGS


def _guide(http: HttpClient, site: Site, name: str) -> Page | None:
    """A page of Wikivoyage, which is a help but not needed: Wikipedia may still answer."""
    try:
        page = fetch(http, site, name)
    except Unavailable as error:
        if error.reason == "offline":
            raise
        return None
    return None if page is None or page.disambiguation else page


def _describe(
    page: Page, language: str, name: str, info_type: str, section: sections.Section | None
) -> Result:
    found = "found" if page.site.language == language else "english"
    words = MESSAGES[found if section or info_type == "general" else "no_section"]
    kind = say(language, KINDS.get(info_type, KINDS["general"]))
    result: Result = {
        "status": "ok",
        "message": say(language, words, title=page.title, kind=kind),
        "asked": name,
        "title": page.title,
        "info_type": info_type,
        "language": page.site.language,
        "summary": sections.clip(page.lead, LONGEST_SUMMARY),
    }
    if section:
        text = sections.clip(section.text, LONGEST_SECTION)
        result["section"] = {"title": section.title, "text": text}
    return {**result, "source": page.source}
