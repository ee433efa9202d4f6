"""A result as text: its message, then what the user asked for, whatever function it came from."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from funcgemma.functions.run import CallResult
from funcgemma.session.clarify import spoken_time
from funcgemma.session.words import label, sentence

BODIES = ("translation", "summary")
"""Keys of results that hold one text to read."""
FORMAL = frozenset(("status", "message", "reason", "detail"))


def reply_text(result: CallResult, language: str) -> str:
    """What the user is told about one call."""
    name, value = result.call.name, result.value
    if result.problem is not None:
        key = "invalid" if result.status == "invalid" else "failed"
        return sentence(language, key, name=name, problem=result.problem)
    message = value.get("message")
    if isinstance(message, str) and message:
        return "\n".join((message, *_details(value, language)))
    if result.status == "unavailable":
        return sentence(language, "unavailable", name=name)
    shown = [f"{label(language, k)}: {_plain(v)}" for k, v in value.items() if k not in FORMAL]
    return "\n".join((sentence(language, "done", name=name), *shown))


def _details(value: Mapping[str, Any], language: str) -> list[str]:
    lines = _body(value)
    facts = value.get("facts")
    if isinstance(facts, Mapping):
        lines = [f"{label(language, name)}: {_plain(fact)}" for name, fact in facts.items()]
    for link in _items(value.get("links")):
        lines.append(f"{link.get('shop') or link.get('name', '')}: {link.get('url', '')}")
    for entry in _items(value.get("entries")):
        lines.append(f"- {entry_line(entry, language)}")
    lines += candidate_lines(_items(value.get("candidates")), language)
    return [*lines, *_source(value.get("source"), language)]


def _body(value: Mapping[str, Any]) -> list[str]:
    section = value.get("section")
    if isinstance(section, Mapping) and isinstance(section.get("text"), str):
        return [section["text"]]
    return [value[key] for key in BODIES if isinstance(value.get(key), str) and value[key]][:1]


def candidate_lines(candidates: Sequence[Mapping[str, Any]], language: str) -> list[str]:
    """What may be chosen from, numbered from 1."""
    return [f"{i}. {entry_line(c, language)}" for i, c in enumerate(candidates, start=1)]


def entry_line(entry: Mapping[str, Any], language: str) -> str:
    """An appointment, or one meaning of a name, on one line."""
    when = spoken_time(str(entry.get("start") or ""), language)
    title = entry.get("title")
    described = str(entry.get("description") or "")
    if title:
        return f"{title}{f' ({described})' if described else ''}"
    return " ".join(part for part in (when, described) if part) or _plain(entry)


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
