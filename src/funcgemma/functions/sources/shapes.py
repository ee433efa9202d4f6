"""Asking services for JSON: what has another shape than promised is a bad reply, not a crash."""

from collections.abc import Mapping, Sequence
from typing import Any

from funcgemma.errors import Unavailable
from funcgemma.functions.http import HttpClient

_LARGEST = 1e15


def bad_reply(what: str) -> Unavailable:
    """The error for an answer of another shape than its documentation says."""
    return Unavailable(f"the answer has no usable {what}", "bad_reply", "try again later")


def ask(
    http: HttpClient, url: str, params: Mapping[str, Any], what: str, max_age: float = 600.0
) -> Mapping[str, Any]:
    """The object a service answers with; `what` names it in messages.

    Raises:
        Unavailable: As `HttpClient.get_json`, or the answer is no object.
    """
    try:
        return mapping(http.get_json(url, params, max_age=max_age), what)
    except Unavailable as error:
        if error.reason != "not_found":
            raise
        # These services answer 200 for what they do not know: 404 is another server's.
        hint = "check the address in the settings"
        raise Unavailable(f"there is no such service at {url}", "server", hint) from error


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
