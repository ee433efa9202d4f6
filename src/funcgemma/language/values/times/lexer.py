"""Find the tokens of a text: look for a beginning, then read what it begins."""

import re
from collections.abc import Callable
from typing import NamedTuple

from funcgemma.language.values.times.english import BEGINNINGS, TELLING, read_digits, read_word
from funcgemma.language.values.times.japanese.amounts import read_amount, read_span
from funcgemma.language.values.times.japanese.clocks import read_digital, read_oclock, read_spoken
from funcgemma.language.values.times.japanese.dates import (
    SPOKEN_DAYS,
    after_comment,
    read_bare_day,
    read_date,
    read_era,
    read_nth,
    read_spoken_day,
)
from funcgemma.language.values.times.japanese.edges import with_edge
from funcgemma.language.values.times.japanese.weekdays import read_letters
from funcgemma.language.values.times.japanese.words import ENTRIES
from funcgemma.language.values.times.lexicon import build, fits
from funcgemma.language.values.times.model import Token
from funcgemma.language.values.times.numbers import HOUR_READINGS, KANJI, MINUTE_READINGS

_WORDS = build(ENTRIES)
_SPOKEN_HEADS = frozenset(
    reading[:2] if len(reading) > 1 else reading + "じ"
    for reading in (*HOUR_READINGS, *MINUTE_READINGS)
)
_KANA_HEADS = {head for head in _WORDS if len(head) > 1} | _SPOKEN_HEADS
_KANA_HEADS |= {"あと", "だい", *(word[:2] for word in SPOKEN_DAYS)}
_LETTERS = "月火水木金土日"
_SINGLE = "".join({head for head in _WORDS if len(head) == 1 and head not in KANJI} | set(_LETTERS))


def _trigger() -> re.Pattern[str]:
    seconds: dict[str, set[str]] = {}
    for head in _KANA_HEADS:
        seconds.setdefault(head[0], set()).add(head[1])
    pairs = "|".join(f"{first}(?=[{''.join(sorted(seconds[first]))}])" for first in sorted(seconds))
    singles = "".join(sorted(set(_SINGLE) | set("第令平昭半")))
    return re.compile(rf"[0-9]+|[{KANJI}]+|[{singles}]|[a-z]+|{pairs}")


TRIGGER = _trigger()
_LATIN = re.compile("[a-z]+|[0-9]")
_TELLING = TELLING | set("0123456789")

_AFTER_NUMBER = re.compile(rf"(?:[0-9]+(?:\.[05](?![0-9.]))?|[{KANJI}]+)\s*(.?)", re.DOTALL)


class Word(NamedTuple):
    """A run of characters at which something may begin."""

    text: str
    start: int
    end: int
    previous: Token | None


def tokens_of(text: str) -> list[Token]:
    """All tokens of a normalised text, left to right, none overlapping."""
    if text.isascii() and _TELLING.isdisjoint(_LATIN.findall(text)):
        return []
    tokens: list[Token] = []
    search, pos = TRIGGER.search, 0
    while match := search(text, pos):
        start, end = match.span()
        found = _read(Word(text, start, end, tokens[-1] if tokens else None))
        if found:
            tokens += found
            end = found[-1].end
        pos = end
    return tokens


def _read(word: Word) -> list[Token]:
    char = word.text[word.start]
    if "a" <= char <= "z":
        return _read_latin(word)
    token = _read_word(word) or _read_numeral(word, char)
    if token is not None:
        return [with_edge(word.text, after_comment(word.text, token))]
    if char in _LETTERS:
        return read_letters(word.text, word.start, word.previous)
    return []


def _read_latin(word: Word) -> list[Token]:
    name = word.text[word.start : word.end]
    if name not in BEGINNINGS:
        return []
    before = word.text[word.start - 1 : word.start]
    if before.isascii() and before.isalnum():
        return []
    token = read_word(word.text, word.start, name)
    return [token] if token else []


def _read_word(word: Word) -> Token | None:
    text, start = word.text, word.start
    head = _WORDS.get(text[start]) or _WORDS.get(text[start : start + 2])
    match = head.pattern.match(text, start) if head else None
    if head is None or match is None or match.lastindex is None:
        return None
    entry = head.entries[match.lastindex - 1]
    flags = entry.flags
    beside = word.previous is not None and word.previous.end == start
    if flags and not beside and not fits(text, start, flags):
        return None
    return Token(start, match.end(), entry.slots, weak="w" in flags)


def _read_numeral(word: Word, char: str) -> Token | None:
    text, start = word.text, word.start
    if day := read_spoken_day(text, start, word.previous):
        return day
    if "0" <= char <= "9" or char in KANJI:
        return _read_number(word)
    if char in "令平昭":
        return read_era(text, start)
    if char == "第" or text.startswith("だい", start):
        return read_nth(text, start)
    if char == "半":
        return read_amount(text, start)
    if char == "あ" and text.startswith("あと", start):
        return Token(start, start + 2, {"ahead": True}, weak=True)
    if text[start : start + 2] in _SPOKEN_HEADS:
        return _strong(read_amount(text, start)) or read_spoken(text, start, word.previous)
    return None


def _strong(token: Token | None) -> Token | None:
    return token if token is not None and not token.weak else None


# あと17日の天気 goes on with another day; あと3日で counts.
_LISTED = re.compile("[のにはも、]|から|$")
Reader = Callable[[str, int], Token | None]
_BY_UNIT: dict[str, tuple[Reader, ...]] = {
    "時": (read_oclock, read_amount),
    "じ": (read_oclock, read_amount),
    ":": (read_digital,),
    "/": (read_date,),
    "-": (read_date, read_oclock),
    "〜": (read_oclock, read_date),
    ".": (read_date,),
    **dict.fromkeys("年月日にが、・", (read_date, read_amount)),
    **dict.fromkeys("分週ふぷヶケヵカ箇し", (read_amount,)),
    "か": (read_amount, read_oclock, read_date),
}


def _read_number(word: Word) -> Token | None:
    text, start = word.text, word.start
    if word.previous and "ahead" in word.previous.slots and word.previous.end == start:
        span = _strong(read_amount(text, start)) or read_span(text, start)
        if span and not (span.weak and span.slots["span"].days and _LISTED.match(text, span.end)):
            return span
    match = _AFTER_NUMBER.match(text, start)
    unit = match[1] if match else ""
    for reader in _BY_UNIT.get(unit, ()):
        if token := reader(text, start):
            return token
    if text[start] in KANJI:
        return None
    return read_digits(text, start, word.previous) or read_bare_day(text, start, word.previous)
