"""Where the words of an argument stand in what was said."""

import re
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from funcgemma.language.values.times.numbers import ENGLISH_NUMBERS, KANJI, to_int

Span = tuple[int, int]
PAIRS = ("「」", "『』", "“”", '""', "''", "‘’")
ENDINGS = {
    "person": ("さん", "様", "さま", "氏", "ちゃん", "選手", "監督"),
    "place": ("周辺", "付近", "近辺", "あたり", "辺り", "旅行", "観光", "方面"),
}
"""What no value of a kind ends in."""

_NUMBER = re.compile(rf"[0-9][0-9,]*(?:\.[0-9]+)?|[{KANJI}]{{1,9}}|[A-Za-z]+")
_TIMES = {"万": 10_000, "億": 100_000_000}


@dataclass(frozen=True, slots=True)
class Said:
    """A dialogue as arguments are looked up in it.

    Attributes:
        text: The newest utterance.
        before: What was said before it, the latest first.
        now: The clock.
    """

    text: str
    before: tuple[str, ...]
    now: datetime


def locate(words: str, text: str, taken: Collection[Span] = ()) -> Span | None:
    """The first place where words stand whole and free; upper and lower case are one."""
    inside = r"[A-Za-z0-9]"
    left = rf"(?<!{inside})" if re.match(inside, words) else ""
    right = rf"(?!{inside})" if re.match(inside, words[-1:]) else ""
    for match in re.finditer(left + re.escape(words) + right, text, re.IGNORECASE):
        if not overlaps(match.span(), taken):
            return match.span()
    return None


def overlaps(span: Span, others: Collection[Span]) -> bool:
    """Whether a stretch shares a character with one of the others."""
    return any(start < span[1] and span[0] < end for start, end in others)


def trimmed(words: str, kind: str) -> str:
    """Words without quotes around them and without what a value of the kind never ends in."""
    words = words.strip()
    if len(words) > 2 and words[0] + words[-1] in PAIRS:
        words = words[1:-1]
    for ending in ENDINGS.get(kind, ()):
        if words.endswith(ending) and len(words) - len(ending) >= 2:
            return words.removesuffix(ending)
    return words


def find_number(value: float, text: str) -> Span | None:
    """Where a number stands, in digits of any width, in 漢数字 or as an English word."""
    return next((span for found, span in _numbers(text) if found == value), None)


def _numbers(text: str) -> Iterator[tuple[float, Span]]:
    narrow = "".join(_narrow(char) for char in text)
    for match in _NUMBER.finditer(narrow):
        number = _read(match[0])
        if number is None:
            continue
        yield number, match.span()
        unit = _TIMES.get(narrow[match.end() : match.end() + 1])
        if unit:
            yield number * unit, (match.start(), match.end() + 1)


def _read(word: str) -> float | None:
    if word[0] in "0123456789":
        return float(word.replace(",", ""))
    return ENGLISH_NUMBERS.get(word.lower()) if word.isascii() else float(to_int(word))


def _narrow(char: str) -> str:
    """A character in half width, as long as it stays one character."""
    plain = unicodedata.normalize("NFKC", char)
    return plain if len(plain) == 1 else char
