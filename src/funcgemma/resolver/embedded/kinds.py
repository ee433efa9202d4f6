"""What kind of value an argument takes, and which part of the resolver looks for it."""

from collections.abc import Mapping
from typing import Any

from funcgemma.functions.definition import FunctionDefinition
from funcgemma.resolver.embedded.times import TIME_KINDS


def kind_of(schema: Mapping[str, Any]) -> str:
    """The x-kind of an argument, or what its type and format say."""
    kind = schema.get("x-kind") or {"date": "date", "date-time": "datetime"}.get(
        schema.get("format", "")
    )
    return str(kind or ("verbatim" if schema.get("type", "string") == "string" else schema["type"]))


def is_choice(schema: Mapping[str, Any]) -> bool:
    """Whether an argument is chosen from a closed set rather than read from the text."""
    return bool(schema.get("enum")) or schema.get("type") == "boolean"


def timed_arguments(definition: FunctionDefinition) -> dict[str, str]:
    """Kind -> argument, for kinds of time that the function takes once."""
    kinds = [(kind_of(schema), name) for name, schema in definition.properties.items()]
    timed = [(kind, name) for kind, name in kinds if kind in TIME_KINDS]
    return {kind: name for kind, name in timed if sum(other == kind for other, _ in timed) == 1}


def tagged_arguments(definition: FunctionDefinition) -> tuple[str, ...]:
    """The arguments that the tagger looks for."""
    timed = set(timed_arguments(definition).values())
    return tuple(
        name
        for name, schema in definition.properties.items()
        if name not in timed and not is_choice(schema) and schema.get("type") != "object"
    )


def first_alternative(value: Any) -> Any:
    """The first alternative of a gold value; a plain value as it is."""
    return value[0] if isinstance(value, list) and value else value
