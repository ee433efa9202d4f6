"""Reading foreign JSON: what has another shape than promised is a bad reply, not a crash."""

from collections.abc import Mapping, Sequence
from typing import Any

from funcgemma.errors import Unavailable

_LARGEST = 1e15


def bad_reply(what: str) -> Unavailable:
    """The error for an answer of another shape than its documentation says."""
    return Unavailable(f"the answer has no usable {what}", "bad_reply", "try again later")


def mapping(value: Any, what: str) -> Mapping[str, Any]:
    """The value, which must be an object.

    Raises:
        Unavailable: It is something else.
    """
    if not isinstance(value, dict):
        raise bad_reply(what)
    return value


def objects(value: Any, what: str) -> Sequence[Mapping[str, Any]]:
    """The value, which must be a list of objects.

    Raises:
        Unavailable: It is something else.
    """
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise bad_reply(what)
    return value


def number(value: Any) -> float | int | None:
    """The value if it is a sensible number; sources write null where they know nothing."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return value if -_LARGEST < value < _LARGEST else None


def text(value: Any) -> str:
    """The value if it is a string, else an empty one."""
    return value if isinstance(value, str) else ""
