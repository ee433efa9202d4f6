"""What a function is: a name, a description, a JSON schema, and the code that runs it.

The same schema serves the embedded resolver (which kind of value each argument
takes: `x-kind`, `enum`, `type`), the validation of calls, and the prompt of a
language model.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from funcgemma.errors import FunctionError

Risk = Literal["read", "write", "irreversible"]
Handler = Callable[..., Mapping[str, Any]]

NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,63}")
ARGUMENT = re.compile(r"[\w-]{1,64}")
RESERVED = ("no_function", "none")
RISKS = ("read", "write", "irreversible")
KINDS = ("place", "person", "verbatim", "phrase", "date", "datetime", "rrule", "language")
TYPES = ("string", "integer", "number", "boolean", "array", "object")


@dataclass(frozen=True, slots=True)
class FunctionDefinition:
    """One callable function.

    Attributes:
        name: A Python-style identifier, unique in its registry.
        description: What it does and when it is meant, in the users' language.
        parameters: JSON schema of `type: object`; a property may carry `x-kind`.
        handler: Takes the arguments by keyword (and `ctx` if it has such a parameter),
            returns a mapping of plain JSON values.
        risk: What a call can do: a word, or a function of the call's arguments. A
            definition that says nothing counts as a write.
        examples: Utterances in the corpus markup with their arguments, for training.
        origin: Where it was defined, for messages.
    """

    name: str
    description: str
    parameters: Mapping[str, Any]
    handler: Handler
    risk: Risk | Callable[[Mapping[str, Any]], Risk] = "write"
    examples: tuple[str, ...] = field(default=(), compare=False)
    origin: str = field(default="", compare=False)

    def __post_init__(self) -> None:
        check_schema(self.name, self.parameters)
        if not callable(self.risk) and self.risk not in RISKS:
            raise FunctionError(f"{self.name}: unknown risk {self.risk!r}", ", ".join(RISKS))

    @property
    def properties(self) -> Mapping[str, Mapping[str, Any]]:
        """Argument name -> its schema."""
        properties: Mapping[str, Mapping[str, Any]] = self.parameters.get("properties", {})
        return properties

    @property
    def required(self) -> tuple[str, ...]:
        """The names of the arguments without which a call cannot run."""
        return tuple(self.parameters.get("required", ()))

    @property
    def schema(self) -> dict[str, Any]:
        """Name, description and parameters as one plain object."""
        return {
            "name": self.name,
            "description": self.description,
            "parameters": dict(self.parameters),
        }

    def risk_of(self, arguments: Mapping[str, Any]) -> Risk:
        """What a call with these arguments can do."""
        return self.risk(arguments) if callable(self.risk) else self.risk

    def worst_risk(self, arguments: Mapping[str, Any]) -> Risk:
        """The same; where a user's own rule fails, the greatest one."""
        try:
            return self.risk_of(arguments)
        except Exception:
            return "irreversible"


def check_schema(name: str, parameters: Mapping[str, Any]) -> None:
    """Refuse a name or schema that the rest of the program could not use.

    Raises:
        FunctionError: Says which part is wrong and what is allowed.
    """
    if not isinstance(name, str) or not NAME.fullmatch(name) or name in RESERVED:
        raise FunctionError(f"{name!r} is not a function name", "use letters, digits and _")
    if not isinstance(parameters, Mapping) or parameters.get("type", "object") != "object":
        raise FunctionError(
            f"{name}: parameters must be a JSON schema of type object",
            'write {"type": "object", "properties": {...}}',
        )
    properties = parameters.get("properties", {})
    if not isinstance(properties, Mapping):
        raise FunctionError(f"{name}: 'properties' must map argument names to schemas")
    for argument, schema in properties.items():
        if not isinstance(argument, str) or not ARGUMENT.fullmatch(argument):
            raise FunctionError(
                f"{name}: {argument!r} is not an argument name", "use letters, digits, _ and -"
            )
        _check_property(f"{name}.{argument}", schema)
    required = parameters.get("required", [])
    if not isinstance(required, list | tuple):
        raise FunctionError(f"{name}: 'required' must be a list of argument names")
    unknown = [r for r in required if r not in properties]
    if unknown:
        raise FunctionError(f"{name}: required names {unknown} are not among the properties")


def _check_property(place: str, schema: Any) -> None:
    if not isinstance(schema, Mapping):
        raise FunctionError(f"{place}: its schema must be an object")
    kind = schema.get("type", "string")
    if isinstance(kind, str) and kind not in TYPES:
        raise FunctionError(f"{place}: unknown type '{kind}'", f"known: {', '.join(TYPES)}")
    choices = schema.get("enum")
    if choices is not None and (not isinstance(choices, list | tuple) or not choices):
        raise FunctionError(f"{place}: 'enum' must be a list with at least one value")
    if choices and "default" in schema and schema["default"] not in choices:
        raise FunctionError(f"{place}: the default is not among the enum values")
    if "x-kind" in schema and schema["x-kind"] not in KINDS:
        raise FunctionError(
            f"{place}: unknown x-kind '{schema['x-kind']}'", f"known: {', '.join(KINDS)}"
        )
