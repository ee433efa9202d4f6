"""Values and calls in the native format: what the model should write, and what it is shown."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from funcgemma.records import FunctionCall
from funcgemma.resolver.functiongemma import tokens
from funcgemma.resolver.functiongemma.shape import Shape
from funcgemma.resolver.functiongemma.tokens import STOPS, escaped
from funcgemma.resolver.functiongemma.wire import Wire, is_writable

__all__ = ["NO_CALL", "NO_FUNCTION", "STOPS", "render_call", "render_calls", "render_value"]

NO_FUNCTION = "no_function"
"""What the model writes where no function is asked for: the format has no token for it."""
NO_CALL = f"{NO_FUNCTION}{tokens.END_TURN}"
"""The training target of an utterance that asks for no function."""


def render_calls(calls: Iterable[FunctionCall], wire: Wire) -> str:
    """The training target: the calls, then the token at which generation stops.

    No calls give `NO_CALL`.
    """
    written = "".join(render_call(call, wire) for call in calls)
    return f"{written}{tokens.RESPONSE}" if written else NO_CALL


def render_call(call: FunctionCall, wire: Wire) -> str:
    """One call between its two tokens, arguments in the template's order.

    Of the alternatives that a gold value may have, the first is written.
    """
    shape = wire.shapes.get(call.name)
    arguments = _settled(call.arguments, shape) if shape else call.arguments
    renamed = wire.to_wire(FunctionCall(call.name, arguments)).arguments
    return f"{tokens.CALL}call:{call.name}{render_value(renamed, keys=False)}{tokens.END_CALL}"


def _settled(arguments: Mapping[str, Any], shape: Shape) -> dict[str, Any]:
    """The arguments with the first of their alternatives; without those that have none."""
    settled = {}
    for name, value in arguments.items():
        choices = _alternatives(value, shape.properties.get(name))
        if choices:
            settled[name] = choices[0]
    return settled


def _alternatives(value: Any, shape: Shape | None) -> Sequence[Any]:
    """A list where none is declared, or a list of lists where a plain list is."""
    if shape is None or not isinstance(value, list | tuple):
        return (value,)
    if not shape.takes("array"):
        return value
    nested = bool(value) and all(isinstance(inner, list | tuple) for inner in value)
    flat = shape.items is not None and not shape.items.takes("array")
    return value if nested and flat else (value,)


def render_value(value: Any, keys: bool = True) -> str:
    """A plain JSON value in the notation of the format.

    Args:
        value: Its mappings have string keys.
        keys: Whether these are escaped as the template does in declarations. Names in calls
            are not; one that could not be read back is escaped all the same.
    """
    if isinstance(value, str):
        return escaped(value)
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Mapping):
        pairs = (f"{_key(key, keys)}:{render_value(inner, keys)}" for key, inner in dictsort(value))
        return f"{{{','.join(pairs)}}}"
    if isinstance(value, list | tuple):
        return f"[{','.join(render_value(item, keys) for item in value)}]"
    return str(value)


def dictsort(mapping: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """The items in the order of the template's `dictsort`: by name without regard to case."""
    return sorted(mapping.items(), key=lambda item: item[0].lower())


def _key(key: str, escape: bool) -> str:
    return escaped(key) if escape or not is_writable(key) else key
