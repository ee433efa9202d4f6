"""The functions that may be called. A registry is not a model: see docs/architecture.md."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any

from funcgemma.errors import FunctionError
from funcgemma.functions.definition import FunctionDefinition


class FunctionRegistry:
    """Functions by name, in the order they were registered."""

    def __init__(self, definitions: tuple[FunctionDefinition, ...] = ()) -> None:
        self._definitions: dict[str, FunctionDefinition] = {}
        for definition in definitions:
            self.register(definition)

    def register(self, definition: FunctionDefinition) -> FunctionDefinition:
        """Add a function.

        Raises:
            FunctionError: The name is taken; the message names both origins.
        """
        known = self._definitions.get(definition.name)
        if known is not None:
            raise FunctionError(
                f"the function '{definition.name}' from {definition.origin or 'this program'} is "
                f"already registered by {known.origin or 'this program'}",
                "rename one of them",
            )
        self._definitions[definition.name] = definition
        return definition

    def get(self, name: str) -> FunctionDefinition:
        """The function of that name.

        Raises:
            FunctionError: There is none; the message lists what there is.
        """
        if name not in self._definitions:
            raise FunctionError(f"no function '{name}'", f"known: {', '.join(self.names)}")
        return self._definitions[name]

    @property
    def names(self) -> tuple[str, ...]:
        """All names, in order of registration."""
        return tuple(self._definitions)

    @property
    def schemas(self) -> dict[str, Mapping[str, Any]]:
        """Function name -> JSON schema of its parameters."""
        return {name: d.parameters for name, d in self._definitions.items()}

    def fingerprint(self) -> str:
        """SHA-256 over names and argument schemas; descriptions do not count."""
        stripped = {
            name: without_descriptions(d.parameters) for name, d in self._definitions.items()
        }
        text = json.dumps(stripped, sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()

    def __contains__(self, name: object) -> bool:
        return name in self._definitions

    def __iter__(self) -> Iterator[FunctionDefinition]:
        return iter(self._definitions.values())

    def __len__(self) -> int:
        return len(self._definitions)


def without_descriptions(schema: Any, named: bool = False) -> Any:
    """The schema without its descriptions; an *argument* called description stays."""
    if isinstance(schema, Mapping):
        return {
            key: without_descriptions(value, named=key == "properties" and not named)
            for key, value in schema.items()
            if named or key != "description"
        }
    return (
        [without_descriptions(item) for item in schema]
        if isinstance(schema, list | tuple)
        else schema
    )
