"""Where a value that a model wrote stands in the conversation, whatever its width and case."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from funcgemma.records import Message

_MARKS = "\u3099\u309a"


@dataclass(frozen=True, slots=True)
class Place:
    """Characters of a message; `turn` counts from the newest, which is -1."""

    text: str
    start: int
    end: int
    turn: int


def locate(value: str, messages: Sequence[Message]) -> Place | None:
    """The newest place at which a value was said; None if it was not.

    Width, case and white space do not count: ｉｐｈｏｎｅ　１５ is iPhone15.
    """
    wanted = _folded(value)[0]
    if not wanted:
        return None
    for back, message in enumerate(reversed(messages), start=1):
        folded, starts, ends = _folded(message.content)
        at = folded.find(wanted)
        if at >= 0:
            start, end = starts[at], ends[at + len(wanted) - 1] + 1
            return Place(message.content[start:end], start, end, -back)
    return None


def _folded(text: str) -> tuple[str, list[int], list[int]]:
    """The text without differences that mean nothing; where each character begins and ends."""
    kept: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for index, char in enumerate(text):
        for piece in unicodedata.normalize("NFKC", char).casefold():
            if piece in _MARKS and kept:  # ｶﾞ is two characters, ガ is one
                kept[-1] = unicodedata.normalize("NFC", kept[-1] + piece)
                ends[-1] = index
            elif not piece.isspace():
                kept.append(piece)
                starts.append(index)
                ends.append(index)
    return "".join(kept), starts, ends
