"""Weekdays written as single characters: 月水金, 月・木, 月〜金."""

import re
from itertools import pairwise

from funcgemma.language.values.times.model import Token

_LETTERS = "月火水木金土日"
_LIST = re.compile(
    rf"[{_LETTERS}](?:\s?[・/と、,]?\s?[{_LETTERS}](?![本曜])){{1,6}}(?P<named>曜日?)?(?:祝日?)?"
)
_LAST = re.compile(
    rf"[{_LETTERS}](?:\s?[・/と、,]?\s?[{_LETTERS}]){{0,6}}(?P<named>曜日?)(?:祝日?)?"
)
_RANGE = re.compile(
    rf"[{_LETTERS}]\s*(?:〜|-|から)\s*[{_LETTERS}](?:曜日?)?(?=[のはにでま、。,\s0-9]|$)"
)
_KANJI = re.compile("[一-龯々ァ-ヺー]")
_MAY_FOLLOW = frozenset("祝毎午朝昼夜夕限一二三四五六七八九十休")
# 月日, 水木 and others are words or names by themselves.
_NAMES = ("月日", "水木しげる", "水木一郎", "土木", "火水", "日月", "木金", "水土")


def read_letters(text: str, pos: int, previous: Token | None) -> list[Token]:
    """Read a list or range of weekday letters as one token each; [] where they are not."""
    beside = previous is not None and text[previous.end : pos] in ("", "の")
    recurring = beside and previous is not None and "every" in previous.slots
    if not beside and pos and _KANJI.match(text[pos - 1]):
        return []
    if match := _RANGE.match(text, pos):
        spots = [pos, next(i for i in range(match.end() - 1, pos, -1) if text[i] in _LETTERS)]
        return _tokens(text, spots, match)
    match = _LAST.match(text, pos) or _LIST.match(text, pos)
    if match is None or text.startswith(_NAMES, pos):
        return []
    spots = [i for i in range(pos, match.end()) if text[i] in _LETTERS]
    if match["named"]:
        spots = [i for i in spots if i <= match.start("named")]
    separated = any(text[i] in "と、," for i in range(pos, match.end()))
    if separated and not (match["named"] or recurring):
        return []
    if not _ascending(text, spots) or (_closed(text, match.end()) and not match["named"]):
        return []
    return _tokens(text, spots, match)


def _ascending(text: str, spots: list[int]) -> bool:
    """Whether the days stand in the order of a week that begins on Monday or Sunday."""
    numbers = [_LETTERS.index(text[i]) for i in spots]
    rotated = [-1 if number == 6 else number for number in numbers]
    return len(spots) > 1 and any(
        all(a < b for a, b in pairwise(order)) for order in (numbers, rotated)
    )


def _closed(text: str, end: int) -> bool:
    """Whether the next character makes it part of a longer word."""
    after = text[end : end + 1]
    return bool(after) and after not in _MAY_FOLLOW and bool(_KANJI.match(after))


def _tokens(text: str, spots: list[int], match: re.Match[str]) -> list[Token]:
    """One token a letter; the last one takes what belongs to it (曜日, 祝)."""
    ends = [*(spot + 1 for spot in spots[:-1]), match.end()]
    return [
        Token(spot, end, {"weekdays": (_LETTERS.index(text[spot]),), "letter": True})
        for spot, end in zip(spots, ends, strict=True)
    ]
