"""`@function`: a Python callable becomes a function without ceasing to be one.

    @function(examples=["[3](minutes)分タイマー", "[10](minutes)分はかって"])
    def timer(minutes: int) -> dict:
        '''タイマーを始める。'''
        return {"status": "started", "minutes": minutes}

The schema comes from the type hints through pydantic: enums, Literal, defaults,
Optional, `Annotated[str, Field(description=…)]` and `Annotated[str, Kind("place")]`.
"""

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar, get_type_hints, overload

from funcgemma.errors import FunctionError
from funcgemma.functions.definition import FunctionDefinition, Risk

ATTRIBUTE = "__funcgemma__"
F = TypeVar("F", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Kind:
    """`Annotated[str, Kind("place")]`: what a string argument is (its x-kind)."""

    name: str


@overload
def function(target: F, /) -> F: ...


@overload
def function(
    *,
    examples: Sequence[str] = (),
    name: str | None = None,
    description: str | None = None,
    risk: Risk | Callable[[Mapping[str, Any]], Risk] = "write",
) -> Callable[[F], F]: ...


def function(
    target: F | None = None,
    /,
    *,
    examples: Sequence[str] = (),
    name: str | None = None,
    description: str | None = None,
    risk: Risk | Callable[[Mapping[str, Any]], Risk] = "write",
) -> F | Callable[[F], F]:
    """Mark a callable as a function that may be called; it is returned unchanged.

    Args:
        target: The callable, where the decorator stands without brackets.
        examples: Utterances in the corpus markup (docs/corpus.md), for training.
        name: Instead of the callable's own name.
        description: Instead of the first paragraph of its docstring.
        risk: What a call can do: read, write, irreversible, or a function of the arguments.

    Raises:
        FunctionError: A parameter has no type hint, or one that has no JSON schema.
    """

    def mark(target: F) -> F:
        definition = FunctionDefinition(
            name=name or target.__name__,
            description=description or _first_paragraph(target),
            parameters=schema_from_hints(target),
            handler=target,
            risk=risk,
            examples=tuple(examples),
            origin=f"{target.__module__}.{target.__qualname__}",
        )
        setattr(target, ATTRIBUTE, definition)
        return target

    return mark if target is None else mark(target)


def definition_of(value: Any) -> FunctionDefinition | None:
    """The definition that `@function` left on a callable; None without one."""
    definition = getattr(value, ATTRIBUTE, None) if callable(value) else None
    return definition if isinstance(definition, FunctionDefinition) else None


def _first_paragraph(target: Callable[..., Any]) -> str:
    return (inspect.getdoc(target) or target.__name__).split("\n\n")[0].replace("\n", " ")


def schema_from_hints(target: Callable[..., Any]) -> dict[str, Any]:
    """The JSON schema of a callable's parameters (`ctx` and *args/**kwargs are left out)."""
    from pydantic import PydanticSchemaGenerationError, TypeAdapter
    from pydantic.errors import PydanticInvalidForJsonSchema

    hints = get_type_hints(target, include_extras=True)
    properties: dict[str, Any] = {}
    required: list[str] = []
    for parameter in inspect.signature(target).parameters.values():
        if parameter.name == "ctx" or parameter.kind in (
            parameter.VAR_KEYWORD,
            parameter.VAR_POSITIONAL,
        ):
            continue
        hint = hints.get(parameter.name)
        place = f"{target.__qualname__}({parameter.name})"
        if hint is None:
            raise FunctionError(f"{place}: no type hint", "write for example minutes: int")
        try:
            schema = TypeAdapter(hint).json_schema()
        except (PydanticSchemaGenerationError, PydanticInvalidForJsonSchema) as error:
            raise FunctionError(
                f"{place}: {hint!r} has no JSON schema", "use str, int, an enum …"
            ) from error
        properties[parameter.name] = _plain(schema) | _kind(hint)
        if parameter.default is parameter.empty:
            required.append(parameter.name)
        elif parameter.default is not None:
            properties[parameter.name]["default"] = _json_default(hint, parameter.default, place)
    return {"type": "object", "properties": properties, "required": required}


def _json_default(hint: Any, default: Any, place: str) -> Any:
    """A default as the JSON value it stands for (an enum's value, a date's ISO form)."""
    from pydantic import TypeAdapter
    from pydantic_core import PydanticSerializationError

    try:
        return TypeAdapter(hint).dump_python(default, mode="json", warnings="error")
    except PydanticSerializationError as error:
        raise FunctionError(f"{place}: its default is no {hint!r}", "give a fitting one") from error


def _plain(schema: dict[str, Any]) -> dict[str, Any]:
    """Without references, titles, and the `null` of an Optional."""
    definitions = schema.pop("$defs", {})
    plain: dict[str, Any] = _inlined(schema, definitions, ())
    kinds = [kind for kind in plain.get("anyOf", ()) if kind.get("type") != "null"]
    if len(kinds) == 1:
        plain.pop("anyOf")
        plain = {**kinds[0], **plain}
    return plain


def _inlined(schema: Any, definitions: Mapping[str, Any], inside: tuple[str, ...]) -> Any:
    """A schema in which every reference is replaced by what it points to."""
    if isinstance(schema, list):
        return [_inlined(item, definitions, inside) for item in schema]
    if not isinstance(schema, dict):
        return schema
    if "$ref" in schema:
        name = schema["$ref"].rsplit("/", 1)[-1]
        if name in inside:
            raise FunctionError(f"{name}: a type that holds itself has no plain schema")
        rest = {key: value for key, value in schema.items() if key != "$ref"}
        return _inlined({**definitions[name], **rest}, definitions, (*inside, name))
    return {
        key: _inlined(value, definitions, inside)
        for key, value in schema.items()
        if key != "title" or not isinstance(value, str)
    }


def _kind(hint: Any) -> dict[str, str]:
    """The x-kind of a hint, also inside an Optional."""
    found = [m.name for m in getattr(hint, "__metadata__", ()) if isinstance(m, Kind)]
    for inner in getattr(hint, "__args__", ()):
        found += [m.name for m in getattr(inner, "__metadata__", ()) if isinstance(m, Kind)]
    return {"x-kind": found[0]} if found else {}
