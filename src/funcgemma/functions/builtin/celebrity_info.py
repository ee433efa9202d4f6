"""Who a well-known person or group is, from Wikipedia."""

from dataclasses import asdict
from typing import Any

from funcgemma.functions.context import Context
from funcgemma.functions.definition import FunctionDefinition
from funcgemma.functions.http import HttpClient
from funcgemma.functions.registry import FunctionRegistry
from funcgemma.functions.sources import biography, sections
from funcgemma.functions.sources.mediawiki import Page, look_up
from funcgemma.functions.sources.results import Result, ambiguous, attempt, say, unavailable
from funcgemma.functions.sources.wikis import PERSON_HEADINGS, wikipedia

SCHEMA: dict[str, Any] = {
    "name": "celebrity_info",
    "description": (
        "有名人・著名人情報: "
        "実在の著名人 (歴史上の人物・グループを含む) について尋ねられたときに使う。"
    ),
    "parameters": {
        "type": "object",
        "properties": {
            "person_name": {
                "type": "string",
                "description": "人物・グループ名。敬称を除く (例: 大谷翔平, 坂本龍馬, YOASOBI)",
                "x-kind": "person",
            },
            "info_type": {
                "type": "string",
                "enum": ["general", "profile", "career", "works", "news", "relationships"],
                "default": "general",
                "description": "求める情報の種類",
            },
        },
        "required": ["person_name"],
    },
}


LONGEST_SUMMARY, LONGEST_SECTION = 600, 1200

MESSAGES = {
    "section": ("「{title}」の「{section}」です。", "“{title}”: {section}."),
    "summary": ("「{title}」の概要です。", "A summary of “{title}”."),
    "facts": ("「{title}」のプロフィールです。", "The profile of “{title}”."),
    "news": (
        "最新のニュースは調べられないため、「{title}」の概要です。",
        "The latest news is not available here; this is a summary of “{title}”.",
    ),
    "no_section": (
        "その項目は記事にないため、「{title}」の概要です。",
        "The article says nothing particular on that; this is a summary of “{title}”.",
    ),
}


def handler(person_name: str, info_type: str = "general", *, ctx: Context) -> Result:
    """What Wikipedia says about a person or group.

    Args:
        person_name: The name, without a title of respect.
        info_type: Which part is wanted.
        ctx: The call's view of the world.
    """
    return attempt(ctx, person_name, lambda http: _answer(http, ctx, person_name, info_type))


def register(registry: FunctionRegistry) -> None:
    """Make the function known."""
    registry.register(FunctionDefinition(**SCHEMA, handler=handler, risk="read", origin=__name__))


def _answer(http: HttpClient, ctx: Context, name: str, info_type: str) -> Result:
    language = "ja" if ctx.language == "ja" else "en"
    found = look_up(http, wikipedia(ctx.settings, language), name)
    if isinstance(found, Page):
        return _describe(found, ctx, name, info_type)
    if found:
        return ambiguous(language, name, [asdict(candidate) for candidate in found])
    return unavailable(language, name, "not_found", f"Wikipedia ({language}) has no '{name}'")


def _describe(page: Page, ctx: Context, name: str, info_type: str) -> Result:
    language = page.site.language
    section = sections.find(page.sections, PERSON_HEADINGS[language].get(info_type, ()))
    facts: dict[str, Any] = {}
    if info_type == "profile":
        facts = biography.profile(page.lead, language, ctx.now().date())
    kind = _kind(info_type, section is not None, bool(facts))
    title = section.title if section else ""
    result: Result = {
        "status": "ok",
        "message": say(language, MESSAGES[kind], title=page.title, section=title),
        "asked": name,
        "title": page.title,
        "info_type": info_type,
        "summary": sections.clip(page.lead, LONGEST_SUMMARY),
    }
    if facts:
        result["facts"] = facts
    if section:
        text = sections.clip(section.text, LONGEST_SECTION)
        result["section"] = {"title": section.title, "text": text}
    return {**result, "source": page.source}


def _kind(info_type: str, has_section: bool, has_facts: bool) -> str:
    if info_type == "general":
        return "summary"
    if has_facts:
        return "facts"
    if has_section:
        return "section"
    return "news" if info_type == "news" else "no_section"
