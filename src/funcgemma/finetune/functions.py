"""The functions of a run: as its manifest keeps them, and back."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from funcgemma.functions.definition import FunctionDefinition
from funcgemma.functions.plugins import from_schemas
from funcgemma.functions.registry import FunctionRegistry


def schemas_of(registry: FunctionRegistry) -> tuple[Mapping[str, Any], ...]:
    """The functions of a registry as plain schemas, in their order."""
    return tuple(definition.schema for definition in registry)


def definitions_of(
    schemas: Sequence[Mapping[str, Any]], origin: str
) -> tuple[FunctionDefinition, ...]:
    """Functions of a manifest: with the code that is known here, but told as they were then."""
    known = from_schemas([dict(schema) for schema in schemas], origin)
    told = {str(schema["name"]): schema for schema in schemas}
    return tuple(
        replace(
            definition,
            description=str(told[definition.name].get("description", "")),
            parameters=told[definition.name].get("parameters", definition.parameters),
        )
        for definition in known
    )
