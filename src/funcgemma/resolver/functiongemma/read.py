"""Read the arguments of one call as its schema says.

Every position is an index into the scanned text. A reader reports what is wrong and goes on, so
that one bad value does not hide the others.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any, Final

from funcgemma.resolver.functiongemma.problems import (
    Place,
    Problem,
    ProblemKind,
    listed,
    quoted,
    wanted,
)
from funcgemma.resolver.functiongemma.scan import Scan
from funcgemma.resolver.functiongemma.shape import ANY, Shape, json_type
from funcgemma.resolver.functiongemma.tokens import ESCAPE, restore
from funcgemma.resolver.functiongemma.wire import wire_names
from funcgemma.resolver.functiongemma.words import MISSING, bare_value, is_same

DEPTH: Final = 32
"""Deeper nesting is no argument that anybody declared."""

_KEY = re.compile(r"(?:([\w-]+)|\0+)\s*:\s*")
_ANY_KEY = re.compile(r",\s*(?:[\w-]+|\0+)\s*:")
_UNDECLARED = re.compile(r",[A-Za-z_][\w-]*:(?!//)(?=\S)")
_IN_LIST = re.compile(r",[ \u3000\n]|[{}\[\]]")
_COMMA = re.compile(r",")
_SPACE = re.compile(r"\s*")
_NESTED = {"{": "object", "[": "array"}


@dataclass(slots=True)
class Reader:
    """Reads one call.

    Attributes:
        scan: The text.
        function: Its name, for the messages.
        call: Its index, for the problems.
        problems: What was wrong so far.
        bare: Whether a string without `<escape>` was read: braces may then belong to it.
        broken: Whether the call does not follow the format, so that nothing of it is certain.
        arguments: What was read, by own names.
    """

    scan: Scan
    function: str
    call: int
    problems: list[Problem] = field(default_factory=list)
    bare: bool = False
    broken: bool = False
    arguments: dict[str, Any] = field(default_factory=dict)

    def call_arguments(self, shape: Shape, start: int, end: int) -> None:
        """Read all arguments; `shape` is that of the function, the rest as in `members`."""
        closed = replace(shape, rest=None)  # a function never takes what it does not declare
        self.arguments = self.members(closed, start, end, Place())

    def members(self, shape: Shape, start: int, end: int, place: Place) -> dict[str, Any]:
        """What stands between two braces, by own names.

        Args:
            shape: What is declared.
            start: After the opening brace.
            end: The closing brace.
            place: The object.
        """
        own = {alias: name for name, alias in wire_names(shape.properties).items()}
        stops = _ANY_KEY if shape.others else _anchors([*own, *shape.properties])
        found: dict[str, Any] = {}
        position = self._skip(start, end)
        while position < end and not self.broken:
            key = _KEY.match(self.scan.bare, position, end)
            if key is None or not (key[1] or position in self.scan.strings):
                self._break(place, position, end)
                break
            written = key[1] or restore(self._string(position))
            name = own.get(written, written)
            inner = shape.properties.get(name, shape.others)
            here = place.member(name, written)
            value, position = self.value(inner or ANY, key.end(), end, stops, here)
            self._keep(found, name, value, here, inner)
            position = self._next(position, end, here)
        return found

    def value(
        self, shape: Shape, start: int, end: int, stops: re.Pattern[str], place: Place
    ) -> tuple[Any, int]:
        """One value and the position after it; `MISSING` if there is no usable one.

        Args:
            shape: What is declared.
            start: Its first character.
            end: Where the object or list ends that it stands in.
            stops: What ends a string that is not escaped.
            place: Its argument.
        """
        if start in self.scan.strings:
            text = restore(self._string(start))
            return self._fit(text, shape, place), self.scan.strings[start] + len(ESCAPE)
        kind = _NESTED.get(self.scan.bare[start : start + 1], "")
        close = self.scan.closes.get(start, end)
        if not kind or close >= end or not shape.takes(kind) or place.depth > DEPTH:
            return self._bare(shape, start, end, stops, place)
        if kind == "object":
            value: Any = self.members(shape, start + 1, close, place)
        else:
            value = self._items(shape.items or ANY, start + 1, close, place)
        return self._fit(value, shape, place), close + 1

    def _items(self, shape: Shape, start: int, end: int, place: Place) -> list[Any]:
        found = []
        before, self.bare = self.bare, False
        position = self._skip(start, end)
        inside = Place((*place.own, ""), (*place.wire, ""))
        while position < end and not self.broken:
            value, position = self.value(shape, position, end, _COMMA, inside)
            if value is not MISSING:
                found.append(value)
            position = self._next(position, end, place)
        if self.bare and shape.takes("string") and _IN_LIST.search(self.scan.bare, start, end):
            self._report("ambiguous", place, "cannot be split: write every string in <escape>")
        self.bare = self.bare or before
        return found

    def _bare(
        self, shape: Shape, start: int, end: int, stops: re.Pattern[str], place: Place
    ) -> tuple[Any, int]:
        """A value without `<escape>`."""
        stop = (stops if shape.takes("string") else _COMMA).search(self.scan.bare, start, end)
        last = stop.start() if stop else end
        text = self.scan.text[start:last].strip()
        if "\0" in self.scan.bare[start:last] or ESCAPE in text:
            self._break(place, start, last)
            return MISSING, last
        value = bare_value(text, shape)
        if isinstance(value, str):
            self.bare = True
            value = restore(value)
            if stops is not _ANY_KEY and _UNDECLARED.search(text):
                problem = f"may end before a comma in {quoted(text)}: write it in <escape>"
                self._report("ambiguous", place, problem)
                return MISSING, last
        return self._fit(text if value is MISSING else value, shape, place), last

    def _fit(self, value: Any, shape: Shape, place: Place) -> Any:
        """The value if its schema allows it, else `MISSING` and a problem."""
        if not shape.takes(json_type(value)):
            problem = f"must be {wanted(shape.types)}, not {quoted(value)}"
            self._report("wrong_type", place, problem)
            return MISSING
        if value is None or not shape.enum:
            return value
        if not any(is_same(value, choice) for choice in shape.enum):
            problem = f"must be one of {listed(shape.enum)}, not {quoted(value)}"
            self._report("not_in_enum", place, problem)
            return MISSING
        return value

    def _keep(
        self, found: dict[str, Any], name: str, value: Any, place: Place, shape: Shape | None
    ) -> None:
        if shape is None:
            self._report("unknown_argument", place, "is not an argument that it has")
        elif name in found:
            self._report("duplicate_argument", place, "is given twice")
        elif value is not MISSING:
            found[name] = value

    def _next(self, position: int, end: int, place: Place) -> int:
        """The first character of the next member, after the comma."""
        position = self._skip(position, end)
        if position >= end:
            return end
        if self.scan.bare[position] != ",":
            self._break(place, position, end)
        return self._skip(position + 1, end)

    def _break(self, place: Place, start: int, end: int) -> None:
        self.broken = True
        self._report("malformed", place, f"cannot be read from {quoted(self.scan.text[start:end])}")

    def _report(self, kind: ProblemKind, place: Place, what: str) -> None:
        said = ".".join(name for name in (self.function, *place.wire) if name)
        own = ".".join(name for name in place.own if name)
        self.problems.append(Problem(kind, self.call, f"{said} {what}.", own))

    def _string(self, start: int) -> str:
        return self.scan.text[start + len(ESCAPE) : self.scan.strings[start]]

    def _skip(self, position: int, end: int) -> int:
        """The first position that is no white space."""
        match = _SPACE.match(self.scan.bare, position, end)
        return match.end() if match else position


def _anchors(names: Iterable[str]) -> re.Pattern[str]:
    """What ends a string that is not escaped: a comma and the next declared argument."""
    words = "|".join(re.escape(name) for name in dict.fromkeys(names))
    return re.compile(rf",\s*(?:{words})\s*:") if words else _COMMA
