"""Make functions known: the built-in seven, installed plugins, and files given by the user."""

import contextlib
import importlib.util
import json
import sys
from collections.abc import Iterator, Mapping
from importlib.metadata import entry_points
from pathlib import Path
from types import ModuleType
from typing import Any

from funcgemma.errors import FunctionError
from funcgemma.functions.builtin import builtin_registry
from funcgemma.functions.decorator import definition_of
from funcgemma.functions.definition import FunctionDefinition
from funcgemma.functions.registry import FunctionRegistry, without_descriptions

GROUP = "funcgemma.functions"
"""Entry-point group; each entry is a module or a `register(registry)` function."""


def known_functions(path: Path | None = None) -> FunctionRegistry:
    """The functions that may be called.

    Args:
        path: A `.py` file adds its functions to the built-in ones and the installed plugins;
            a `.json` file lists all functions there are, as {name, description, parameters}.

    Raises:
        FunctionError: A file or plugin is wrong, or a name is taken.
    """
    if path is not None:
        _check_path(path)
        if path.suffix == ".json":
            return read_json(path)
    registry = builtin_registry()
    for entry in entry_points(group=GROUP):
        with _named(f"plugin {entry.name}"):
            _register(registry, entry.load(), f"plugin {entry.name}")
    if path is not None:
        with _named(str(path)):
            _register(registry, load_module(path), str(path))
    return registry


@contextlib.contextmanager
def _named(origin: str) -> Iterator[None]:
    """Other people's code may fail in any way; say whose it is."""
    try:
        yield
    except FunctionError:
        raise
    except (Exception, SystemExit) as error:
        message = f"{origin}: {type(error).__name__}: {error}"
        raise FunctionError(message, "mend it or leave it out") from error


def _check_path(path: Path) -> None:
    """Say what was given instead of a file of functions."""
    wanted = "--functions takes a .py or a .json file"
    if path.is_dir():
        raise FunctionError(f"{path}: is a folder", wanted)
    if path.suffix not in (".py", ".json"):
        what = "a file of cases" if path.suffix == ".jsonl" else "no file of functions"
        raise FunctionError(f"{path}: is {what}", wanted)
    if not path.exists():
        raise FunctionError(f"{path}: no such file", "check the path given to --functions")


def _register(registry: FunctionRegistry, source: Any, origin: str) -> None:
    if callable(source) and not isinstance(source, ModuleType):
        source(registry)
        return
    if hasattr(source, "register"):
        source.register(registry)
        return
    found = [definition_of(value) for value in vars(source).values()]
    definitions = [definition for definition in found if definition is not None]
    if not definitions:
        raise FunctionError(
            f"{origin}: defines no function",
            "write register(registry), or put @function above a callable",
        )
    for definition in {id(d): d for d in definitions}.values():  # an alias is no second function
        registry.register(definition)


def load_module(path: Path) -> ModuleType:
    """Import a Python file by its path.

    Raises:
        FunctionError: It does not exist or fails while it runs.
    """
    if not path.is_file():
        raise FunctionError(f"{path}: no such file", "check the path given to --functions")
    spec = importlib.util.spec_from_file_location(f"funcgemma_user_{path.stem}", path)
    if spec is None or spec.loader is None:
        raise FunctionError(f"{path}: is no Python file", "give a .py or a .json file")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # type hints are resolved through sys.modules
    try:
        spec.loader.exec_module(module)
    except FunctionError:
        raise
    except Exception as error:
        raise FunctionError(f"{path}: {type(error).__name__}: {error}", "mend the file") from error
    return module


def read_json(path: Path) -> FunctionRegistry:
    """Functions from a JSON list, or a single one; those of the built-in names keep their code.

    Raises:
        FunctionError: It is no list of functions, a schema is wrong, or a name comes twice.
    """
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise FunctionError(f"{path}: {error.strerror}", "check the path") from error
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise FunctionError(f"{path}: {error}", "give a JSON list of functions") from error
    if isinstance(data, dict):  # one function, as `functions show` prints it
        data = [data]
    if not isinstance(data, list) or not data:
        raise FunctionError(f"{path}: is no list of functions", "[{name, description, parameters}]")
    return from_schemas(data, str(path))


def from_schemas(schemas: list[Any], origin: str) -> FunctionRegistry:
    """A registry from plain schemas; a built-in function of the same schema keeps its code.

    Raises:
        FunctionError: One of them is no schema.
    """
    builtin = {d.name: d for d in builtin_registry()}
    registry = FunctionRegistry()
    for number, item in enumerate(schemas, start=1):
        if not isinstance(item, Mapping) or "name" not in item:
            raise FunctionError(
                f"{origin}: entry {number} has no name", "{name, description, parameters}"
            )
        parameters = item.get("parameters", {"type": "object", "properties": {}})
        known = builtin.get(item["name"])
        if known is not None and _same(known.parameters, parameters):
            registry.register(known)
            continue
        registry.register(
            FunctionDefinition(
                name=item["name"],
                description=str(item.get("description", "")),
                parameters=parameters,
                handler=_no_code,
                origin=origin,
            )
        )
    return registry


def _same(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two schemas differ in nothing but their descriptions."""
    return bool(without_descriptions(one) == without_descriptions(other))


def _no_code(**arguments: Any) -> Mapping[str, Any]:
    """What runs for a function of which only the schema is known."""
    return {
        "status": "unavailable",
        "reason": "no_code",
        "message": "Only the schema of this function is known here.",
        "arguments": arguments,
    }
