"""Names on the wire: what an argument is called in the format, and back.

The published template drops arguments called `description`, `type`, `properties`, `required` or
`nullable`, since it takes them for words of the schema. They travel under another name, as does a
nested name that the format could not write.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from funcgemma.functions.definition import FunctionDefinition
from funcgemma.records import FunctionCall
from funcgemma.resolver.functiongemma.shape import Shape, shape_of

DROPPED = ("description", "type", "properties", "required", "nullable")
_UNWRITABLE = re.compile(r"[^\w-]")


@dataclass(frozen=True, slots=True)
class Wire:
    """The functions of one prompt as the format knows them.

    Attributes:
        shapes: Function name -> the shape of its arguments, under their own names.
    """

    shapes: Mapping[str, Shape]

    @classmethod
    def of(cls, definitions: Iterable[FunctionDefinition]) -> "Wire":
        """The wire of these functions."""
        return cls({d.name: shape_of({"type": "object", **d.parameters}) for d in definitions})

    def to_wire(self, call: FunctionCall) -> FunctionCall:
        """A call with the names of the wire; of an unknown function, the call itself."""
        return FunctionCall(call.name, dict(renamed(call.arguments, self.shapes.get(call.name))))

    def from_wire(self, name: str, arguments: Mapping[str, Any]) -> FunctionCall:
        """A call with its own names; names that the wire does not know stay."""
        shape = self.shapes.get(name)
        return FunctionCall(
            name, renamed(arguments, shape, back=True) if shape else dict(arguments)
        )


def wire_names(names: Iterable[str]) -> dict[str, str]:
    """Own name -> name on the wire, for the properties of one object; no two are the same."""
    own = tuple(names)
    taken = {name for name in own if is_writable(name)}
    found: dict[str, str] = {}
    for name in own:
        alias = name
        if not is_writable(name):
            alias = f"{_UNWRITABLE.sub('_', name)}_"
            while alias in taken:
                alias += "_"
            taken.add(alias)
        found[name] = alias
    return found


def renamed(value: Any, shape: Shape | None, back: bool = False) -> Any:
    """A value with all its names on the wire, or `back` to their own."""
    if shape is None:
        return value
    if isinstance(value, list | tuple):
        return [renamed(item, shape.items, back) for item in value]
    if not isinstance(value, Mapping):
        return value
    names = wire_names(shape.properties)
    if back:
        names = {alias: name for name, alias in names.items()}
    result: dict[str, Any] = {}
    for key, inner in value.items():
        other = str(names.get(key, key))
        own = other if back else key
        result[other] = renamed(inner, shape.properties.get(own) or shape.others, back)
    return result


def is_writable(name: str) -> bool:
    """Whether a name can stand in the format as it is."""
    return bool(name) and name not in DROPPED and not _UNWRITABLE.search(name)
