"""The model's arguments as gold: words found in the dialogue, values computed from them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from funcgemma.data.llm.flaws import Flaw
from funcgemma.data.llm.schema import items_of, kind_of
from funcgemma.data.llm.times import TIME_KINDS, find_named, value_of
from funcgemma.data.llm.words import Said, Span, find_number, locate, overlaps, trimmed
from funcgemma.functions.definition import FunctionDefinition
from funcgemma.language.languages import code_of
from funcgemma.language.values.language_names import find_languages
from funcgemma.records import FunctionCall

LATER = (*TIME_KINDS, "language", "integer", "number")
"""Kinds that are looked up after the words of other arguments are known: 「会議は明日」を英語に
names no day."""


@dataclass(frozen=True, slots=True)
class Grounded:
    """A call whose every value has its ground.

    Attributes:
        call: With the values of the case format.
        spans: Argument -> where its words stand in the newest utterance.
    """

    call: FunctionCall
    spans: Mapping[str, Span] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Value:
    value: Any
    span: Span | None = None


def ground_call(
    definition: FunctionDefinition, given: Mapping[str, Any], said: Said
) -> Grounded | Flaw:
    """Find the words of each argument and compute its value.

    Args:
        definition: The function.
        given: Arguments as the model wrote them, of the form that was asked for.
        said: The dialogue.
    """
    schemas = definition.properties
    order = sorted(given, key=lambda name: kind_of(schemas[name]) in LATER)
    values: dict[str, Any] = {}
    spans: dict[str, Span] = {}
    for name in order:
        if _unsaid(given[name], schemas[name], name in definition.required):
            continue
        taken = [s for n, s in spans.items() if kind_of(schemas[n]) not in TIME_KINDS]
        found = _ground(given[name], schemas[name], said, taken)
        if isinstance(found, Flaw):
            return found
        values[name] = found.value
        if found.span is not None:
            spans[name] = found.span
    arranged = {name: values[name] for name in schemas if name in values}
    return Grounded(FunctionCall(definition.name, arranged), spans)


def _unsaid(value: Any, schema: Mapping[str, Any], required: bool) -> bool:
    """Whether an optional argument is given in name only: a language equal to its default."""
    return not required and kind_of(schema) == "language" and value == schema.get("default")


def _ground(value: Any, schema: Mapping[str, Any], said: Said, taken: list[Span]) -> _Value | Flaw:
    kind = kind_of(schema)
    if kind == "array" and isinstance(value, list):
        return _members(value, [items_of(schema)] * len(value), said, taken)
    if kind == "object" and isinstance(value, dict):
        return _fields(value, schema, said, taken)
    if isinstance(value, bool) or value is None or kind == "choice":
        return _Value(value)
    if isinstance(value, int | float):
        return _number(value, said)
    if not isinstance(value, str):
        return _Value(value)
    if kind in TIME_KINDS:
        named = find_named(value, said, taken)
        if isinstance(named, Flaw):
            return named
        moment = value_of(named, kind, said, taken)
        return moment if isinstance(moment, Flaw) else _Value(moment, named.span)
    return _language(value, said, taken) if kind == "language" else _words(value, kind, said, taken)


def _words(value: str, kind: str, said: Said, taken: list[Span]) -> _Value | Flaw:
    wanted = trimmed(value, kind)
    if not wanted:
        return Flaw("ungrounded", value)
    span = locate(wanted, said.text, taken)
    if span is not None:
        return _Value(said.text[slice(*span)], span)
    for text in said.before:
        if place := locate(wanted, text):
            return _Value(text[slice(*place)])
    return Flaw("ungrounded", value)


def _language(value: str, said: Said, taken: list[Span]) -> _Value | Flaw:
    """The code of a language that is named by the words, or by other words for the same one."""
    code = code_of(value) or next((name.code for name in find_languages(value)), None)
    if code is None:
        return Flaw("language_unknown", value)
    for turn, text in enumerate((said.text, *said.before)):
        for name in find_languages(text):
            span = (name.start, name.end)
            if name.code == code and (turn or not overlaps(span, taken)):
                return _Value(code, None if turn else span)
    return Flaw("ungrounded", value)


def _number(value: float, said: Said) -> _Value | Flaw:
    span = find_number(value, said.text)
    if span is not None or any(find_number(value, text) for text in said.before):
        return _Value(value, span)
    return Flaw("ungrounded", str(value))


def _members(
    values: list[Any], schemas: list[Mapping[str, Any]], said: Said, taken: list[Span]
) -> _Value | Flaw:
    found = [_ground(v, s, said, taken) for v, s in zip(values, schemas, strict=True)]
    flaw = next((f for f in found if isinstance(f, Flaw)), None)
    return flaw or _Value([f.value for f in found if isinstance(f, _Value)])


def _fields(
    value: dict[str, Any], schema: Mapping[str, Any], said: Said, taken: list[Span]
) -> _Value | Flaw:
    known = schema.get("properties", {})
    inner = _members(list(value.values()), [known.get(n, {}) for n in value], said, taken)
    if isinstance(inner, Flaw):
        return inner
    return _Value(dict(zip(value, inner.value, strict=True)))
