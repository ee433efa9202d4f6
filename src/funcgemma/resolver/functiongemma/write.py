"""Values and calls in the native format: what the model should write, and what it is shown."""

from collections.abc import Iterable, Mapping
from typing import Any

from funcgemma.records import FunctionCall
from funcgemma.resolver.functiongemma import tokens
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
    """One call between its two tokens, arguments in the template's order."""
    arguments = render_value(wire.to_wire(call).arguments, keys=False)
    return f"{tokens.CALL}call:{call.name}{arguments}{tokens.END_CALL}"


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
