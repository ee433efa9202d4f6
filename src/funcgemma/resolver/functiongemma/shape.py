"""What an argument may hold: a JSON schema with its references and unions resolved.

One reading of a schema serves the declaration, the writer, the parser and the grammar, so that
these four cannot disagree on it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

Schema = Mapping[str, Any]

_UNIONS = ("anyOf", "oneOf", "allOf")
_NOISE = (*_UNIONS, "title", "additionalProperties", "const", "definitions", "nullable")


@dataclass(frozen=True, slots=True)
class Shape:
    """One value of the format.

    Attributes:
        types: The JSON types it may have, without null; the first is declared; () = any.
        nullable: Whether null is allowed.
        enum: The allowed values; () = all.
        properties: Those of an object, by their own names.
        required: Names among them.
        items: What a list holds; None = anything.
        rest: What a typed object holds under names it does not declare; None = nothing.
        kind: The x-kind or the format: place, date, …; "" without one.
        schema: The plain schema, for the declaration.
    """

    types: tuple[str, ...] = ()
    nullable: bool = False
    enum: tuple[Any, ...] = ()
    properties: Mapping[str, "Shape"] = field(default_factory=dict)
    required: tuple[str, ...] = ()
    items: "Shape | None" = None
    rest: "Shape | None" = None
    kind: str = ""
    schema: Schema = field(default_factory=dict)

    @property
    def description(self) -> str:
        """Its description; "" without one."""
        return str(self.schema.get("description") or "")

    @property
    def others(self) -> "Shape | None":
        """What it holds under names it does not declare; None = nothing."""
        return self.rest if self.types else ANY

    def takes(self, kind: str) -> bool:
        """Whether a value of this JSON type fits."""
        if kind == "null":
            return self.nullable
        return not self.types or kind in self.types or (kind == "integer" and self.takes("number"))


def json_type(value: Any) -> str:
    """The JSON type of a plain value."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, str):
        return "string"
    if isinstance(value, int | float):
        return "integer" if isinstance(value, int) else "number"
    return "object" if isinstance(value, Mapping) else "array"


def shape_of(schema: Any, definitions: Mapping[str, Any] | None = None) -> Shape:
    """The shape that a JSON schema describes.

    Args:
        schema: It may refer to `$defs` of its own or of an outer schema. A reference that leads
            back to itself ends in "anything".
        definitions: Those of the outer schemas, by name.
    """
    plain, known = _plain(schema, definitions or {})
    if not plain:
        return ANY
    types, nullable = _types(plain)
    enum = _listed(plain.get("enum"))
    properties = _mapping(plain.get("properties"))
    return Shape(
        types=types,
        nullable=nullable or None in enum,
        enum=tuple(value for value in enum if value is not None),
        properties={str(name): shape_of(inner, known) for name, inner in properties.items()},
        required=tuple(name for name in _listed(plain.get("required")) if name in properties),
        items=shape_of(plain["items"], known) if "items" in plain else None,
        rest=_rest(plain, known),
        kind=str(plain.get("x-kind") or plain.get("format") or ""),
        schema={
            **{k: v for k, v in plain.items() if k not in _NOISE and not k.startswith(("x-", "$"))},
            **({"type": types[0]} if types else {}),
        },
    )


ANY = Shape(nullable=True)


def _plain(schema: Any, known: Mapping[str, Any]) -> tuple[dict[str, Any], Mapping[str, Any]]:
    """A schema without references and unions, and the definitions that it may refer to."""
    if not isinstance(schema, Mapping):
        return {}, known
    plain = dict(schema)
    known = {**known, **_mapping(plain.get("definitions")), **_mapping(plain.get("$defs"))}
    while "$ref" in plain:
        name = str(plain.pop("$ref")).rsplit("/", 1)[-1]
        target = _mapping(known.get(name))
        plain = {**target, **plain}
        known = {key: value for key, value in known.items() if key != name}
    for union in _UNIONS:
        found = [_plain(branch, known) for branch in _listed(plain.pop(union, ()))]
        if found:
            joined = _joined([branch for branch, _ in found], every=union == "allOf")
            plain = {**joined, **plain}
            known = _left([left for _, left in found], known)
    if "const" in plain:
        plain["enum"] = [plain["const"]]
    return plain, known


def _left(found: list[Mapping[str, Any]], known: Mapping[str, Any]) -> dict[str, Any]:
    """The definitions of all branches, without those that one of them has used up."""
    used = {name for name in known if not all(name in left for left in found)}
    return {k: v for left in found for k, v in left.items() if k not in used}


def _joined(branches: list[dict[str, Any]], every: bool) -> dict[str, Any]:
    """The branches of a union as one schema; what only some of them require is not required."""
    joined: dict[str, Any] = {}
    for branch in branches:
        joined.update({key: value for key, value in branch.items() if key not in joined})
    types = _unique(kind for branch in branches for kind in _declared(branch))
    if types and (every or all(_declared(branch) for branch in branches)):
        joined["type"] = list(types)
    else:
        joined.pop("type", None)
    if not every and "enum" in joined:
        joined.pop("enum")
        if all("enum" in branch or _declared(branch) == ("null",) for branch in branches):
            joined["enum"] = [value for branch in branches for value in _listed(branch.get("enum"))]
    properties = {k: v for b in branches for k, v in _mapping(b.get("properties")).items()}
    if properties:
        joined["properties"] = properties
        lists = [set(_listed(b.get("required"))) for b in branches if b.get("properties")]
        wanted = set.union(*lists) if every else set.intersection(*lists)
        joined["required"] = [name for name in properties if name in wanted]
    return joined


def _types(plain: Schema) -> tuple[tuple[str, ...], bool]:
    """The types without null, and whether null is one of them."""
    declared = _declared(plain)
    types = tuple(kind for kind in declared if kind != "null")
    return types, "null" in declared or bool(plain.get("nullable")) or not declared


def _declared(plain: Schema) -> tuple[str, ...]:
    """The types that a schema names or, where it names none, that its other keywords imply."""
    declared = plain.get("type")
    if isinstance(declared, str):
        return (declared,)
    if isinstance(declared, list | tuple):
        return _unique(str(kind) for kind in declared)
    if plain.get("properties"):
        return ("object",)
    if "items" in plain:
        return ("array",)
    values = [plain["const"]] if "const" in plain else _listed(plain.get("enum"))
    return _unique(json_type(value) for value in values)


def _rest(plain: Schema, known: Mapping[str, Any]) -> Shape | None:
    rest = plain.get("additionalProperties", not plain.get("properties"))
    return None if rest is False else shape_of(rest, known)


def _unique(kinds: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(kinds))


def _listed(value: Any) -> tuple[Any, ...]:
    return tuple(value) if isinstance(value, list | tuple) else ()


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
