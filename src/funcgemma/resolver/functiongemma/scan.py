"""Where things stand in what a model wrote: escaped strings, pairs of braces, ends of calls.

One pass over the text finds them all, so that reading stays linear in its length however odd it
is.
"""

import re
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass

from funcgemma.resolver.functiongemma.tokens import CONTROL, ESCAPE

_PARTNER = {"}": "{", "]": "["}
_OVER = re.compile(r"\}(?=\s*(?:(?:call|response):[\w.-]+\s*\{|<start_|<end_|\Z))")
_STRUCTURE = re.compile(r"[{}\[\]]|" + CONTROL.pattern)
_HARD = re.compile(r"<(?:bos|eos|pad|(?:start|end)_of_turn|(?:start|end)_function_\w+)>")


@dataclass(frozen=True, slots=True)
class Scan:
    """A text and its structure; all positions are indices into it.

    Attributes:
        text: What the model wrote.
        bare: The same with every escaped string blanked out, of the same length.
        strings: Where a string opens -> where its closing `<escape>` stands.
        closes: An opening brace or bracket -> its partner.
        ends: Closing braces that end a call if what stands before them is one: a control token,
            another call or the end of the text follows.
        tokens: The control tokens that are not inside a string.
    """

    text: str
    bare: str
    strings: Mapping[int, int]
    closes: Mapping[int, int]
    ends: tuple[int, ...]
    tokens: tuple[int, ...]

    def end_after(self, position: int) -> int | None:
        """The first of `ends` at or after a position, if no control token stands before it."""
        index = bisect_left(self.ends, position)
        if index == len(self.ends):
            return None
        end = self.ends[index]
        return end if end < self.token_after(position) else None

    def token_after(self, position: int) -> int:
        """Where the first control token at or after a position stands; else the text's length."""
        index = bisect_left(self.tokens, position)
        return self.tokens[index] if index < len(self.tokens) else len(self.text)


def scan(text: str) -> Scan:
    """Find the structure of a text."""
    strings = _strings(text)
    bare = _blanked(text, strings)
    return Scan(
        text,
        bare,
        strings,
        _pairs(bare),
        tuple(match.start() for match in _OVER.finditer(bare)),
        tuple(match.start() for match in _HARD.finditer(bare)),
    )


def _strings(text: str) -> dict[int, int]:
    """Pairs of `<escape>`; one that is open at another control token opens nothing."""
    strings: dict[int, int] = {}
    opened: int | None = None
    for match in CONTROL.finditer(text):
        if match[0] != ESCAPE:
            opened = None
        elif opened is None:
            opened = match.start()
        else:
            strings[opened] = match.start()
            opened = None
    return strings


def _blanked(text: str, strings: Mapping[int, int]) -> str:
    parts = []
    last = 0
    for start, close in strings.items():
        end = close + len(ESCAPE)
        parts += [text[last:start], "\0" * (end - start)]
        last = end
    return "".join([*parts, text[last:]])


def _pairs(bare: str) -> dict[int, int]:
    """Braces and brackets that belong together; a stray one belongs to none."""
    pairs: dict[int, int] = {}
    stack: list[int] = []
    opened = {"{": 0, "[": 0}
    for match in _STRUCTURE.finditer(bare):
        sign, at = match[0], match.start()
        if sign in opened:
            stack.append(at)
            opened[sign] += 1
        elif sign in _PARTNER:
            while opened[_PARTNER[sign]]:
                start = stack.pop()
                opened[bare[start]] -= 1
                if bare[start] == _PARTNER[sign]:
                    pairs[start] = at
                    break
        else:  # nothing reaches over a control token
            stack.clear()
            opened = {"{": 0, "[": 0}
    return pairs
