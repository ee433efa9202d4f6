"""The right answer as people give it: a function, and ARGUMENT=VALUE, checked by its schema."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from difflib import get_close_matches
from typing import Any

from funcgemma.data.scoring import canonical
from funcgemma.errors import DataError, FunctionError
from funcgemma.functions.definition import FunctionDefinition
from funcgemma.functions.run import check_arguments
from funcgemma.records import Dialogue, FunctionCall
from funcgemma.resolver.embedded.kinds import is_choice, kind_of
from funcgemma.session.answers import read_answer

SAID = ("place", "person", "verbatim")
"""Kinds of values that are words of the utterance."""

SPOKEN = ("date", "datetime", "rrule", "language")
"""Kinds that may also be given as people say them: 明日, 毎週月曜, 英語."""

_LANGUAGE = re.compile(r"[a-z]{2,3}")
_MINUTE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d")
_HINTS = {
    "date": "write 2026-05-14, or 明日",
    "datetime": "write 2026-05-14, 2026-05-14T15:00, start/end, or 明日の15時",
    "rrule": "write FREQ=WEEKLY;BYDAY=MO, or 毎週月曜",
    "language": "write a code such as en, or 英語",
}


def find_function(name: str, definitions: Mapping[str, FunctionDefinition]) -> FunctionDefinition:
    """The function of a name.

    Raises:
        FunctionError: There is none; the hint has the closest.
    """
    if name in definitions:
        return definitions[name]
    close = get_close_matches(name, definitions, n=1)
    hint = f"did you mean {close[0]}?" if close else f"known: {', '.join(definitions)}"
    raise FunctionError(f"no function '{name}'", hint)


def read_assignments(
    definition: FunctionDefinition, words: Iterable[str], dialogue: Dialogue
) -> FunctionCall:
    """A call from ARGUMENT=VALUE words.

    Raises:
        DataError: A word, an argument or a value does not fit; says what would.
    """
    arguments: dict[str, Any] = {}
    for word in words:
        name, equals, value = word.partition("=")
        if not equals or not name:
            raise DataError(f"'{word}' is no ARGUMENT=VALUE", _arguments_of(definition))
        if name in arguments:
            raise DataError(f"'{name}' is given twice", "give each argument once")
        arguments[name] = read_value(definition, name, value, dialogue)
    return finished(definition, arguments)


def read_value(definition: FunctionDefinition, name: str, text: str, dialogue: Dialogue) -> Any:
    """The value of one argument.

    Raises:
        DataError: There is no such argument, or it cannot be that.
    """
    if name not in definition.properties:
        raise DataError(f"{definition.name} has no argument '{name}'", _arguments_of(definition))
    schema = definition.properties[name]
    if not text.strip():
        raise DataError(f"{name}: no value", "leave an argument out that was not said")
    value: Any = text.split(",") if schema.get("type") == "array" else text
    kind = kind_of(schema)
    if kind in SPOKEN and not _is_written(kind, text):
        said = read_answer(text, schema, dialogue.now)
        if said is None:
            raise DataError(f"{name}={text} is no {kind}", _HINTS[kind])
        value = said.value
    if kind in SAID and not is_choice(schema) and not _was_said(text, dialogue):
        hint = "give it as it stands there, or leave it out"
        raise DataError(f"{name}={text} does not stand in the utterance", hint)
    return _checked(definition, {name: value})[name]


def finished(definition: FunctionDefinition, arguments: Mapping[str, Any]) -> FunctionCall:
    """The call with its arguments in the schema's order; what was not said is left out.

    Raises:
        DataError: They do not fit the schema.
    """
    checked = _checked(definition, arguments)
    ordered = {name: checked[name] for name in definition.properties if name in checked}
    return FunctionCall(definition.name, ordered)


def _checked(definition: FunctionDefinition, arguments: Mapping[str, Any]) -> Mapping[str, Any]:
    """The arguments after the check of their schema; none of them is required here."""
    lax = replace(definition, parameters={**definition.parameters, "required": []})
    checked = check_arguments(lax, arguments)
    if checked.problem:
        choices = [definition.properties[name].get("enum") for name in arguments]
        hint = f"known: {', '.join(map(str, choices[0]))}" if choices and choices[0] else ""
        raise DataError(checked.problem, hint or _arguments_of(definition))
    return checked.arguments


def _arguments_of(definition: FunctionDefinition) -> str:
    names = ", ".join(definition.properties)
    return f"arguments of {definition.name}: {names}" if names else "it takes no arguments"


def _is_written(kind: str, text: str) -> bool:
    """Whether a value stands as it is kept (docs/corpus.md), not as it is said."""
    if kind == "language":
        return bool(_LANGUAGE.fullmatch(text))
    if kind == "rrule":
        return _is_rule(text)
    if kind == "datetime":
        parts = text.split("/")
        return len(parts) <= 2 and all(_is_day(p) or _is_minute(p) for p in parts)
    return _is_day(text)


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _is_minute(text: str) -> bool:
    try:
        return bool(_MINUTE.fullmatch(text) and datetime.fromisoformat(text))
    except ValueError:
        return False


def _is_rule(text: str) -> bool:
    from dateutil.rrule import rrulestr

    try:
        rrulestr(text, dtstart=datetime(2026, 1, 1))
    except (ValueError, TypeError):
        return False
    return text.startswith("FREQ=")


def _was_said(text: str, dialogue: Dialogue) -> bool:
    said = canonical("\n".join(message.content for message in dialogue.messages))
    return canonical(text) in said
