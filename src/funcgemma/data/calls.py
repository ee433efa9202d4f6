"""The `>` lines of the corpus: `> weather_info forecast_type=daily !location #typo`.

A line is parsed on its own (`parse_call_line`); `resolve_calls` then joins the
lines of one utterance with its spans and checks them against the schemas.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from funcgemma.data.markup import Span, split_outside_quotes, unquote
from funcgemma.errors import DataError
from funcgemma.records import FunctionCall

CATEGORIES = (
    "greeting", "general_question", "creative", "opinion", "smalltalk", "statement", "coding",
    "venting", "meta", "thanks", "negation", "wordplay", "other",
)  # fmt: skip
ASSIGNMENT = re.compile(r"([A-Za-z_][\w-]*)=(.+)$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class CallLine:
    """One `>` line. `values` holds the alternatives of each argument."""

    name: str
    values: Mapping[str, tuple[str, ...]]
    missing: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    category: str = ""


@dataclass(frozen=True, slots=True)
class Resolved:
    """The gold of one utterance."""

    calls: tuple[FunctionCall, ...]
    category: str
    spans: Mapping[str, tuple[int, int]]
    missing: tuple[str, ...]


def parse_call_line(line: str) -> CallLine:
    """Read a `>` line without its `> `.

    Raises:
        DataError: A word on the line is none of argument=value, !argument, #tag.
    """
    name, *words = [word for word in split_outside_quotes(line.strip(), " ") if word]
    values: dict[str, tuple[str, ...]] = {}
    missing: list[str] = []
    tags: list[str] = []
    category = ""
    for word in words:
        if word.startswith("#"):
            tags.append(word[1:])
        elif word.startswith("!"):
            missing.append(word[1:])
        elif match := ASSIGNMENT.match(word):
            parts = split_outside_quotes(match[2], "|")
            values[match[1]] = tuple(v for part in parts for v in unquote(part).split("|"))
        elif name == "none" and not category and word in CATEGORIES:
            category = word
        else:
            known = (
                f"categories: {' '.join(CATEGORIES)}"
                if name == "none"
                else "argument=value, !argument or #tag"
            )
            raise DataError(f"cannot read '{word}' in '> {line}'", known)
    return CallLine(name, values, tuple(missing), tuple(tags), category)


def resolve_calls(
    lines: Sequence[CallLine],
    text: str,
    spans: Sequence[Span],
    schemas: Mapping[str, Mapping[str, Any]],
) -> Resolved:
    """Join `>` lines and spans into gold calls.

    Raises:
        DataError: An unknown function or argument, a value outside an enum, a required
            argument neither given nor marked missing, a span that no call can take, or two
            calls that are the same.
    """
    if lines[0].name == "none":
        if len(lines) > 1 or spans or lines[0].values:
            raise DataError("'> none' stands alone: no other call, argument or span beside it")
        return Resolved((), lines[0].category or "other", {}, ())
    for line in lines:
        if line.name not in schemas:
            raise DataError(f"unknown function '{line.name}'", f"known: {', '.join(schemas)}")
    _check_spans(lines, spans, schemas)
    calls: list[FunctionCall] = []
    places: dict[str, tuple[int, int]] = {}
    missing: list[str] = []
    for index, line in enumerate(lines):
        arguments = _arguments(index, line, text, spans, schemas[line.name])
        for span in _spans_of(index, line.name, spans, schemas):
            places.setdefault(f"{index}.{span.argument}", (span.start, span.end))
        call = FunctionCall(line.name, arguments)
        if call in calls and not line.missing:
            raise DataError(
                f"two calls of {line.name} are the same",
                "say whose a span is by its number: [東京](0.location)と[大阪](1.location)",
            )
        calls.append(call)
        missing += [f"{index}.{name}" for name in line.missing]
    category = "multi" if len(calls) > 1 else calls[0].name
    return Resolved(tuple(calls), category, places, tuple(missing))


def _properties(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    properties: Mapping[str, Any] = schema.get("properties", {})
    return properties


def _spans_of(
    index: int, name: str, spans: Sequence[Span], schemas: Mapping[str, Mapping[str, Any]]
) -> list[Span]:
    known = _properties(schemas[name])
    return [
        span
        for span in spans
        if span.call == index or (span.call is None and span.argument in known)
    ]


def _check_spans(
    lines: Sequence[CallLine], spans: Sequence[Span], schemas: Mapping[str, Mapping[str, Any]]
) -> None:
    for span in spans:
        if span.call is not None and span.call >= len(lines):
            raise DataError(f"span label {span.call}.{span.argument}: there is no such call")
        takers = lines if span.call is None else [lines[span.call]]
        if not any(span.argument in _properties(schemas[line.name]) for line in takers):
            names = ", ".join(line.name for line in takers)
            raise DataError(f"span label '{span.argument}' is no argument of {names}")


def _arguments(
    index: int, line: CallLine, text: str, spans: Sequence[Span], schema: Mapping[str, Any]
) -> dict[str, Any]:
    known = _properties(schema)
    given: dict[str, tuple[str, ...]] = {}
    for span in spans:
        if span.call == index or (span.call is None and span.argument in known):
            value = span.value if span.value is not None else text[span.start : span.end]
            given.setdefault(span.argument, tuple(value.split("|")) if span.value else (value,))
    given |= line.values
    for name in line.missing:
        if name in given:
            raise DataError(f"'{name}' is both given and marked missing")
    for name in schema.get("required", ()):
        if name not in given and name not in line.missing:
            raise DataError(
                f"{line.name} needs '{name}'", f"mark it, give {name}=…, or write !{name}"
            )
    return {name: _value(line.name, name, values, known) for name, values in given.items()}


def _value(function: str, name: str, values: tuple[str, ...], known: Mapping[str, Any]) -> Any:
    if name not in known:
        raise DataError(f"{function} has no argument '{name}'", f"known: {', '.join(known)}")
    typed = [_typed(value, known[name].get("type", "string"), name) for value in values]
    choices = known[name].get("enum")
    for value in typed:
        if choices and value not in choices:
            raise DataError(f"{name}={value} is none of {', '.join(map(str, choices))}")
    return typed[0] if len(typed) == 1 else typed


def _typed(value: str, kind: str, name: str) -> Any:
    try:
        if kind == "integer":
            return int(value)
        if kind == "number":
            return float(value)
    except ValueError:
        raise DataError(f"{name}={value} is not of type {kind}") from None
    if kind == "boolean":
        if value not in ("true", "false"):
            raise DataError(f"{name}={value} is not true or false")
        return value == "true"
    if kind == "array":
        return value.split(",")
    return value
