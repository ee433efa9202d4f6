"""`typos`: one slip of the thumb: a neighbouring kana or key, a letter left out or swapped."""

import re
from collections.abc import Iterator
from dataclasses import replace
from random import Random

from funcgemma.data.augment.edits import Edit, edited, free
from funcgemma.data.augment.kit import Kit
from funcgemma.records import Case

ROWS = ("あいうえお", "かきくけこ", "さしすせそ", "たちつてと", "なにぬねの", "はひふへほ",
        "まみむめも", "らりるれろ", "がぎぐげご", "ざじずぜぞ", "だでど", "ばびぶべぼ")  # fmt: skip
"""The kana of one key of a telephone; a flick goes astray within it."""

PAIRS = (
    "っつ",
    "ゃや",
    "ゅゆ",
    "ょよ",
    "かが",
    "きぎ",
    "くぐ",
    "けげ",
    "こご",
    "しじ",
    "てで",
    "とど",
)
KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
GUARDED = re.compile(r"な[いくか]|ませ?ん|ねえ|ず|いま|n't|\bno[tn]?\b|\bnever\b|\bnow\b", re.I)
"""Words that other parts of the gold rest on: negations, and now."""

LEAST = 6


def typos(case: Case, rng: Random, kit: Kit) -> Case | None:
    """One slip outside values, times and negations; short texts have no room for one."""
    slips = list(_slips(case)) if len(case.text) >= LEAST else []
    if not slips:
        return None
    row = edited(case, [rng.choice(slips)])
    return row and replace(row, tags=tuple(dict.fromkeys((*row.tags, "typo"))))


def _slips(case: Case) -> Iterator[Edit]:
    """All slips there could be; the last letter is right, since in Japanese it makes the mood."""
    untouched = free(case)
    for match in GUARDED.finditer(case.text):
        untouched[slice(*match.span())] = [False] * len(match[0])
    for i, char in enumerate(case.text.rstrip("。.！!？?〜～ ")[:-1]):
        if untouched[i]:
            yield from (Edit(i, i + 1, new) for new in _kana(char))
            yield from _keys(case.text, i, untouched)


def _kana(char: str) -> Iterator[str]:
    for row in ROWS:
        place = row.find(char)
        if place >= 0:
            yield from (row[p] for p in (place - 1, place + 1) if 0 <= p < len(row))
    for pair in PAIRS:
        if char in pair:
            yield pair[1 - pair.index(char)]


def _keys(text: str, i: int, untouched: list[bool]) -> Iterator[Edit]:
    """Slips inside an English word of four letters or more; its first letter is right."""
    char = text[i]
    word = re.compile(r"[A-Za-z]{3,}").match(text, i) if char.isascii() and char.isalpha() else None
    if not word or i == 0 or not text[i - 1].isascii() or not text[i - 1].isalpha():
        return
    yield Edit(i, i + 1, "")
    if untouched[i + 1] and text[i + 1] != char:
        yield Edit(i, i + 2, text[i + 1] + char)
    for row in KEYS:
        place = row.find(char)
        if place >= 0:
            yield from (Edit(i, i + 1, row[p]) for p in (place - 1, place + 1) if 0 <= p < len(row))
