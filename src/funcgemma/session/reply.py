"""A result as text: its message, then what the user asked for, whatever function it came from."""

import json
from collections.abc import Mapping
from typing import Any

from funcgemma.functions.run import CallResult
from funcgemma.session.choice import options_of
from funcgemma.session.words import label, sentence

BODIES = ("translation", "summary")
"""Keys of results that hold one text to read."""
BULLET = "・"
FORMAL = frozenset(("status", "message", "reason", "detail"))


def reply_text(result: CallResult, language: str) -> str:
    """What the user is told about one call."""
    name, value = result.call.name, result.value
    if result.problem is not None:
        key = "invalid" if result.status == "invalid" else "failed"
        return sentence(language, key, name=name, problem=result.problem)
    message = value.get("message")
    if isinstance(message, str) and message:
        hint = [sentence(language, "undo_hint")] if _can_be_undone(result) else []
        return "\n".join((*_message(message, result), *_details(value, language), *hint))
    if result.status == "unavailable":
        return sentence(language, "unavailable", name=name)
    shown = [f"{label(language, k)}: {_plain(v)}" for k, v in value.items() if k not in FORMAL]
    return "\n".join((sentence(language, "done", name=name), *shown))


def _can_be_undone(result: CallResult) -> bool:
    """Whether something that was kept is another or gone now."""
    return result.call.name == "schedule_reminder" and result.status in ("updated", "deleted")


def _details(value: Mapping[str, Any], language: str) -> list[str]:
    lines = _body(value)
    facts = value.get("facts")
    if isinstance(facts, Mapping):
        lines = [f"{label(language, name)}: {_plain(fact)}" for name, fact in facts.items()]
    for link in _items(value.get("links")):
        lines.append(f"{link.get('shop') or link.get('name', '')}: {link.get('url', '')}")
    return [*lines, *_source(value.get("source"), language)]


def _body(value: Mapping[str, Any]) -> list[str]:
    section = value.get("section")
    if isinstance(section, Mapping) and isinstance(section.get("text"), str):
        return [section["text"]]
    return [value[key] for key in BODIES if isinstance(value.get(key), str) and value[key]][:1]


def _message(message: str, result: CallResult) -> list[str]:
    """The message; where something is to be chosen the choices are numbered."""
    lines = message.split("\n")
    options = options_of(result)
    if not options:
        return lines
    # A handler may have listed the choices itself, in better words.
    listed = [line.removeprefix(BULLET) for line in lines if line.startswith(BULLET)]
    shown = listed[: len(options)] or [_option(option) for option in options]
    plain = [line for line in lines if not line.startswith(BULLET)]
    return [*plain, *(f"{i}. {text}" for i, text in enumerate(shown, start=1))]


def _option(option: Mapping[str, Any]) -> str:
    """One meaning of a name on one line."""
    title, described = option.get("title"), option.get("description")
    if not title:
        return str(described or _plain(dict(option)))
    return f"{title} ({described})" if described else str(title)


def _source(source: Any, language: str) -> list[str]:
    """Texts of others are shown with where they are from, as their licences ask."""
    if not isinstance(source, Mapping) or not source.get("name"):
        return []
    licence = f" ({source['licence']})" if source.get("licence") else ""
    origin = f"{source['name']}{licence} {source.get('url', '')}".rstrip()
    return [f"{label(language, 'source')}: {origin}"]


def _items(value: Any) -> list[Mapping[str, Any]]:
    return [item for item in value if isinstance(item, Mapping)] if isinstance(value, list) else []


def _plain(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
