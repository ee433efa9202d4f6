"""A function as the model is told of it: byte for byte what the published chat template prints.

Schemas are made plain first (see `shape`), since the template prints references, unions and
missing types in ways no model was trained on. Three more things it does are not repeated: an
unknown type is printed as STRING instead of nothing, an object without properties has none
(the template prints the words of its schema as properties), and every text is neutralised.
"""

import re
from collections.abc import Mapping
from typing import Any

from funcgemma.functions.definition import FunctionDefinition
from funcgemma.resolver.functiongemma import tokens
from funcgemma.resolver.functiongemma.shape import Shape
from funcgemma.resolver.functiongemma.tokens import escaped
from funcgemma.resolver.functiongemma.wire import Wire, wire_names
from funcgemma.resolver.functiongemma.write import dictsort, render_value

_SENTENCE = re.compile(r"(?<=[。！？])|(?<=[.!?])(?<!e\.g\.)(?<!i\.e\.)\s|\n")
_EXAMPLES = re.compile(r"\s*[(（](?:例|e\.g\.|ex\.|for example)[^()（）]*[)）]", re.IGNORECASE)
_PLAIN_KINDS = ("place", "person", "verbatim", "phrase")


def declaration(definition: FunctionDefinition, wire: Wire, *, compact: bool = False) -> str:
    """The declaration of a function.

    Args:
        definition: The function.
        wire: Names its arguments.
        compact: For short contexts: first sentences only, without examples; arguments whose
            name, kind or enum values say enough have no description.
    """
    parts = [f"description:{escaped(_short(definition.description, compact))}"]
    if definition.parameters:
        parts.append(f"parameters:{{{_object(wire.shapes[definition.name], compact)}}}")
    body = f"declaration:{definition.name}{{{','.join(parts)}}}"
    return f"{tokens.DECLARATION}{body}{tokens.END_DECLARATION}"


def _object(shape: Shape, compact: bool) -> str:
    """The properties, required names and type of an object."""
    parts = [f"properties:{{{_properties(shape, compact)}}}"] if shape.properties else []
    if shape.required:
        parts.append(f"required:{_required(shape)}")
    return ",".join([*parts, f"type:{escaped('OBJECT')}"])


def _properties(shape: Shape, compact: bool) -> str:
    names = wire_names(shape.properties)
    named = {names[name]: inner for name, inner in shape.properties.items()}
    return ",".join(f"{name}:{{{_property(inner, compact)}}}" for name, inner in dictsort(named))


def _required(shape: Shape) -> str:
    names = wire_names(shape.properties)
    return render_value([names[name] for name in shape.required])


def _property(shape: Shape, compact: bool) -> str:
    """One property: its description, what depends on its type, and its type."""
    kind = shape.types[0] if shape.types else "string"
    silent = compact and _is_plain(shape)
    parts = [f"description:{escaped('' if silent else _short(shape.description, compact))}"]
    if kind == "string" and shape.enum:
        parts.append(f"enum:{render_value(shape.enum)}")
    elif kind == "object":
        parts.append(f"properties:{{{_properties(shape, compact)}}}")
        if shape.required:
            parts.append(f"required:{_required(shape)}")
    elif kind == "array" and shape.items and shape.items.schema:
        parts.append(f"items:{{{_items(shape.items, compact)}}}")
    return ",".join([*parts, f"type:{escaped(kind.upper())}"])


def _items(shape: Shape, compact: bool) -> str:
    """What a list holds: the words of its schema in their own order."""
    parts = []
    for key, value in shape.schema.items():
        if key == "properties":
            parts.append(f"properties:{{{_properties(shape, compact)}}}")
        elif key == "required":
            parts.append(f"required:{_required(shape)}")
        elif key == "type":
            parts.append(f"type:{escaped(str(value).upper())}")
        elif key == "description":
            parts.append(f"description:{escaped(_short(shape.description, compact))}")
        elif key == "items" and shape.items:
            parts.append(f"items:{render_value(_written(shape.items))}")
        elif value is not None:
            parts.append(f"{key}:{render_value(value)}")
    return ",".join(parts)


def _written(shape: Shape) -> Mapping[str, Any]:
    """A plain schema with names of the wire: what the template prints of a list in a list."""
    schema = dict(shape.schema)
    if shape.items:
        schema["items"] = _written(shape.items)
    if shape.properties:
        names = wire_names(shape.properties)
        schema["properties"] = {names[n]: _written(inner) for n, inner in shape.properties.items()}
        schema["required"] = [names[name] for name in shape.required]
    return schema


def _short(text: str, compact: bool) -> str:
    """The text, or its first sentence without examples."""
    if not compact:
        return text
    return _SENTENCE.split(_EXAMPLES.sub("", text.strip()), maxsplit=1)[0].strip()


def _is_plain(shape: Shape) -> bool:
    """Whether an argument needs no description: its values or its kind say what it takes."""
    return bool(shape.enum) or shape.kind in _PLAIN_KINDS or shape.types == ("boolean",)
