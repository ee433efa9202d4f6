"""Choosing one of several: 2, 2番, the second one, or a part of its name."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from funcgemma.functions.definition import FunctionDefinition
from funcgemma.functions.run import CallResult
from funcgemma.language.normalise import normalise
from funcgemma.records import Decision, FunctionCall, Mention
from funcgemma.resolver.embedded.kinds import kind_of
from funcgemma.session.decisions import kept_mentions, older
from funcgemma.session.state import Waiting

_NUMBER = re.compile(
    r"(?:number |no\.? ?|the |#)?(\d{1,3}|[一二三四五六七八九])(?:つ目|番目|番|個目|st|nd|rd|th)?"
    r"(?: one)?"
)
_ENDING = re.compile(
    r"(?:の?(?:やつ|ほう|方|もの))?(?:です|で|(?:を|で)?お願い(?:します)?|[\s,]+please)?[。.!\s]*$"
)
_ORDINALS = ("first", "second", "third", "fourth", "fifth")
_KANJI = "一二三四五六七八九"
LONGEST = 80
"""A longer utterance does not choose."""
MOST = 10
"""Choices that are shown; nobody counts further."""
_NAMED = ("place", "person", "verbatim")


def options_of(result: CallResult) -> tuple[Mapping[str, Any], ...]:
    """What a result offers to choose from; `()` where nothing is to be chosen."""
    if result.status not in ("ambiguous", "incomplete"):
        return ()
    found = result.value.get("candidates") or result.value.get("entries")
    if not isinstance(found, list):
        return ()
    return tuple(item for item in found[:MOST] if isinstance(item, Mapping))


def chosen(text: str, candidates: Sequence[Mapping[str, Any]]) -> int | None:
    """The index of the candidate that an utterance names; None if it names none or several."""
    said = _ENDING.sub("", normalise(text), count=1) if len(text) <= LONGEST else ""
    if not said:
        return None
    number = _number(said)
    if number is not None:
        return number - 1 if 1 <= number <= len(candidates) else None
    names = [normalise(str(c.get("title") or c.get("description") or "")) for c in candidates]
    equal = [i for i, name in enumerate(names) if name and name in said]
    close = equal or [i for i, name in enumerate(names) if len(said) > 1 and said in name]
    return close[0] if len(close) == 1 else None


def _number(said: str) -> int | None:
    for value, word in enumerate(_ORDINALS, start=1):
        said = re.sub(rf"\b{word}\b", str(value), said)
    match = _NUMBER.fullmatch(said)
    if not match:
        return None
    return int(match[1]) if match[1].isdecimal() else _KANJI.index(match[1]) + 1


def chosen_call(
    waiting: Waiting, text: str, definitions: Mapping[str, FunctionDefinition]
) -> Decision | None:
    """What is to be done once an utterance has chosen one of several; None if it has not."""
    index = chosen(text, waiting.candidates)
    if index is None:
        return None
    call = waiting.decision.calls[0]
    found = narrowed(call, definitions[call.name], waiting.candidates[index])
    if found is None:
        return None
    kept = kept_mentions(older(waiting.decision), found[0])
    # What names the entry comes first: it tells more than the words of the request did.
    mentions = (*found[1], *kept)
    sure = replace(waiting.decision, confidence=1.0, unsure=False)
    return replace(sure, calls=(found[0],), mentions=mentions)


def narrowed(
    call: FunctionCall, definition: FunctionDefinition, candidate: Mapping[str, Any]
) -> tuple[FunctionCall, tuple[Mention, ...]] | None:
    """The call, made so that it means the candidate; None where it cannot be said.

    A page is named by its title. An appointment is named by its description and its
    time; a change says its *new* time in the call, so the old one goes as a mention.
    """
    title = candidate.get("title")
    if title:
        name = _naming(definition)
        return (FunctionCall(call.name, {**call.arguments, name: str(title)}), ()) if name else None
    if "datetime" not in definition.properties or not (
        candidate.get("start") or candidate.get("description")
    ):
        return None
    return _entry(call, candidate)


def _entry(
    call: FunctionCall, entry: Mapping[str, Any]
) -> tuple[FunctionCall, tuple[Mention, ...]]:
    arguments = dict(call.arguments)
    start = str(entry.get("start") or "")
    if entry.get("description"):
        arguments["description"] = str(entry["description"])
    if arguments.get("action") == "update":
        kind = "datetime" if "T" in start else "date"
        old = (Mention(kind, start, 0, 0, start),) if start else ()
        return FunctionCall(call.name, arguments), old
    if entry.get("recurrence") and "datetime" not in arguments:
        arguments["recurrence"] = str(entry["recurrence"])  # no day was named: all of them
    if start:
        arguments["datetime"] = start
    return FunctionCall(call.name, arguments), ()


def _naming(definition: FunctionDefinition) -> str:
    """The argument that a title belongs into."""
    for name in definition.required:
        if kind_of(definition.properties[name]) in _NAMED:
            return name
    return ""
