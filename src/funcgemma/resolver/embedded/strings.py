"""Cut a tagged span down to its value, by the x-kind of the argument."""

import re

QUOTES = {"「": "」", "『": "』", "“": "”", '"': '"', "'": "'", "（": "）"}
_HALVES = {"「": "」", "『": "』", "“": "”"}
HONORIFICS = (
    "さん", "様", "さま", "氏", "ちゃん", "選手", "監督", "先生", "殿",
)  # fmt: skip
KIN = re.compile(
    r"お?(?:母|父|兄|姉|祖母|祖父|婆|爺|叔母|叔父|伯母|伯父|義母|義父|かあ|とう|にい|ねえ|ばあ|じい|ば|じ|"
    r"奥|娘|息子|嫁|婿|孫|医者|客|巡り|大家|店長)"
)
"""Before さん and ちゃん these are no names: the honorific belongs to the word."""

AROUND = ("周辺", "付近", "近辺", "あたり", "辺り", "旅行", "観光", "方面")
PARTICLES = "、。,.・ 　？?！!…"
_OPENERS = re.compile(r"[「『“]")

Position = tuple[int, int]


def quotations(text: str) -> list[Position]:
    """(start, end) of the inside of every outermost quotation."""
    found: list[Position] = []
    stack: list[tuple[str, int]] = []
    for i, char in enumerate(text):
        if stack and char == stack[-1][0]:
            _, start = stack.pop()
            if not stack and i > start:
                found.append((start, i))
        elif char in "「『“" or (char == '"' and not stack):
            stack.append((QUOTES[char], i + 1))
    return found


def trim(text: str, start: int, end: int, kind: str) -> Position:
    """The stretch without what never belongs to a value of that kind."""
    start, end = _strip_edges(text, start, end)
    if kind == "person":
        end = _strip_suffix(text, start, end, HONORIFICS)
    elif kind == "place":
        end = _strip_suffix(text, start, end, AROUND)
    return start, end


def _strip_edges(text: str, start: int, end: int) -> Position:
    while start < end and (text[start] in PARTICLES or text[start].isspace()):
        start += 1
    while end > start and (text[end - 1] in "、。,・ 　" or text[end - 1].isspace()):
        end -= 1
    closer = QUOTES.get(text[start]) if end - start > 2 else None
    if closer == text[end - 1] and closer not in text[start + 1 : end - 1]:
        return start + 1, end - 1
    return _without_half_quotes(text, start, end)


def _without_half_quotes(text: str, start: int, end: int) -> Position:
    """An opening mark whose other half is outside belongs to no value, and the other way round."""
    for opener, closer in _HALVES.items():
        inside = text[start:end]
        if len(inside) > 1 and inside[0] == opener and closer not in inside:
            start += 1
        elif len(inside) > 1 and inside[-1] == closer and opener not in inside:
            end -= 1
    return start, end


def _strip_suffix(text: str, start: int, end: int, suffixes: tuple[str, ...]) -> int:
    for suffix in suffixes:
        last = end - len(suffix)
        if text.endswith(suffix, start, end) and last - start >= 2:
            return end if KIN.fullmatch(text, start, last) else last
    return end


def whole_quotation(text: str, start: int, end: int) -> Position:
    """The quotation a stretch lies in, if it fills most of it; else the stretch itself."""
    for inside in quotations(text):
        overlap = min(end, inside[1]) - max(start, inside[0])
        if overlap > 0 and overlap * 2 >= min(end - start, inside[1] - inside[0]):
            return inside
    return start, end
