"""What can be wrong with a call that a model wrote."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

ProblemKind = Literal[
    "unfinished",
    "malformed",
    "ambiguous",
    "unknown_function",
    "unknown_argument",
    "duplicate_argument",
    "wrong_type",
    "not_in_enum",
]
"""`unfinished`: the text ends inside the call. `malformed`: it does not follow the format.
`ambiguous`: without its control tokens it can be read in more than one way."""

_ARTICLES = {"integer": "an integer", "array": "a list", "object": "an object"}


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong.

    Attributes:
        kind: A machine-readable word.
        call: The call's index among the calls as written, also those that cannot be used.
        message: A sentence that can be sent to the model for a repair, in the names of the wire.
        argument: The argument's own name if it is about one (`guest.age` inside an object).
    """

    kind: ProblemKind
    call: int
    message: str
    argument: str = ""

    def __str__(self) -> str:
        return self.message


@dataclass(frozen=True, slots=True)
class Place:
    """An argument, or a member of one, by its own names and by those of the wire."""

    own: tuple[str, ...] = ()
    wire: tuple[str, ...] = ()

    def member(self, own: str, wire: str) -> "Place":
        """A member of this place."""
        return Place((*self.own, own), (*self.wire, wire))

    @property
    def depth(self) -> int:
        """How many names lead here."""
        return len(self.own)

    @property
    def said(self) -> str:
        """As the model knows it."""
        return ".".join(self.wire)


def listed(values: Sequence[Any]) -> str:
    """Values for a message."""
    return ", ".join(str(value) for value in values) or "none"


def quoted(value: Any) -> str:
    """What the model wrote, for a message; long texts are shortened."""
    text = str(value)
    return f'"{text if len(text) <= 60 else text[:57] + "..."}"'


def wanted(types: Sequence[str]) -> str:
    """JSON types for a message."""
    return " or ".join(_ARTICLES.get(kind, f"a {kind}") for kind in types)
