r"""The inline markup of the corpus: `[明日](date=2026-05-14)の[京都](location)の天気は？`.

One utterance in, plain text and labelled spans out. A literal `[` is written
`\[`, a line break `\n`, a backslash `\\`. The format is described in
docs/corpus.md.
"""

import re
from dataclasses import dataclass

from funcgemma.errors import DataError

LABEL = re.compile(r"(?:(\d+)\.)?([A-Za-z_][\w-]*)(?:=(.*))?$", re.DOTALL)
ESCAPES = {"[": "[", "]": "]", "n": "\n", "\\": "\\"}


@dataclass(frozen=True, slots=True)
class Span:
    """A labelled stretch of an utterance.

    Attributes:
        start: Index of the first character in the plain text.
        end: Index after the last character.
        argument: The argument's name.
        call: Index of the call it belongs to; None = every call that has the argument.
        value: The value, where it differs from the surface.
    """

    start: int
    end: int
    argument: str
    call: int | None = None
    value: str | None = None


def parse_markup(marked: str) -> tuple[str, tuple[Span, ...]]:
    """Split a marked-up utterance into its plain text and its spans.

    Raises:
        DataError: A bracket is not closed, or a label cannot be read.
    """
    plain: list[str] = []
    spans: list[Span] = []
    length = i = 0
    while i < len(marked):
        if marked[i] == "\\" and i + 1 < len(marked) and marked[i + 1] in ESCAPES:
            plain.append(ESCAPES[marked[i + 1]])
            length, i = length + 1, i + 2
        elif marked[i] == "[":
            surface, labels, i = _read_span(marked, i)
            end = length + len(surface)
            spans += [
                _read_label(label, length, end) for label in split_outside_quotes(labels, ",")
            ]
            plain.append(surface)
            length = end
        else:
            plain.append(marked[i])
            length, i = length + 1, i + 1
    return "".join(plain), tuple(spans)


def _read_span(marked: str, start: int) -> tuple[str, str, int]:
    """Read `[surface](labels)` at `start`; the index after it comes last."""
    surface: list[str] = []
    i = start + 1
    while i < len(marked) and marked[i] != "]":
        if marked[i] == "\\" and i + 1 < len(marked) and marked[i + 1] in ESCAPES:
            surface.append(ESCAPES[marked[i + 1]])
            i += 2
        else:
            surface.append(marked[i])
            i += 1
    if marked[i : i + 2] != "](":
        shown = marked[start : start + 12]
        raise DataError(
            f"'{shown}…' is not a span", r"write [words](argument), or \[ for a bracket"
        )
    close = _closing(marked, i + 2)
    if not surface:
        raise DataError("an empty span []", "mark at least one character")
    return "".join(surface), marked[i + 2 : close], close + 1


def _closing(marked: str, start: int) -> int:
    quoted = False
    for i in range(start, len(marked)):
        if marked[i] == '"' and marked[i - 1] != "\\":
            quoted = not quoted
        elif marked[i] == ")" and not quoted:
            return i
    raise DataError(f"no ')' after '({marked[start : start + 12]}…'", "close the label")


def _read_label(label: str, start: int, end: int) -> Span:
    match = LABEL.match(label.strip())
    if not match:
        raise DataError(f"'{label}' is not a label", "write argument, 0.argument or argument=value")
    call, argument, value = match.groups()
    return Span(
        start,
        end,
        argument,
        None if call is None else int(call),
        None if value is None else unquote(value),
    )


def split_outside_quotes(text: str, separator: str) -> list[str]:
    """Split at a one-character separator that stands outside double quotes."""
    parts, current, quoted = [], "", False
    for i, char in enumerate(text):
        if char == '"' and (i == 0 or text[i - 1] != "\\"):
            quoted = not quoted
        if char == separator and not quoted:
            parts.append(current)
            current = ""
        else:
            current += char
    parts.append(current)
    if quoted:
        raise DataError(
            f"no closing double quote in '{text}'", 'close it, or write \\" for a quote'
        )
    return parts


def unquote(text: str) -> str:
    r"""Take the double quotes off a value and resolve `\"`, `\\` and `\n` inside them."""
    if len(text) < 2 or text[0] != '"' or text[-1] != '"':
        return text
    return re.sub(r"\\(.)", lambda m: "\n" if m[1] == "n" else m[1], text[1:-1])
