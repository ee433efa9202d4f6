"""What somebody wants to buy, read from the phrase that names it, by rules."""

import re
from dataclasses import dataclass
from unicodedata import normalize

from funcgemma.functions.sources.money import Money, find_money

ABOUT = 0.2
"""くらい, "around" and a bare price mean this much more or less."""

_AT_MOST_BEFORE = re.compile(
    r"(?:(?:under|below|less than|no more than|up to|within|cheaper than|max(?:imum)?(?: of)?"
    r"|(?:a )?budget(?: of| is|:)?)|予算は?)\s*$",
    re.IGNORECASE,
)
_AT_LEAST_BEFORE = re.compile(
    r"(?:over|above|more than|at least|starting at|from)\s*$", re.IGNORECASE
)
_ABOUT_BEFORE = re.compile(r"(?:around|about|approximately|roughly|between)\s*$", re.IGNORECASE)
_AFTER = re.compile(
    r"\s*(?:(?P<most>以下|以内|未満|まで|を切る|を?超えない|で(?:買える|収まる|おさまる)"
    r"|or less|or under|max)"
    r"|(?P<least>以上|を?超える|超|から|or more|and up)"
    r"|(?P<decade>台)"
    r"|(?P<about>くらい|ぐらい|位|前後|程度|ほど|あたり|or so))?"
    r"(?:まで|以内|以下)?(?:で(?:買える|収まる|おさまる)?|の)?[、,]?\s*",
    re.IGNORECASE,
)
_CONDITIONS = {
    "used": re.compile(
        r"中古品?の?|(?:second|2nd)[- ]?hand\s*|(?<!\w)(?:pre-?owned|used)\s+", re.IGNORECASE
    ),
    "refurbished": re.compile(
        r"(?:整備済み?品?|リファービッシュ品?)の?|refurbished\s*", re.IGNORECASE
    ),
    "new": re.compile(r"新品の?|未使用品?の?|brand[- ]new\s*", re.IGNORECASE),
}
_ARTICLE = re.compile(r"^(?:for\s+)?(?:an?|some)\s+", re.IGNORECASE)
_AND = re.compile(
    r"\s+(?:vs\.?|versus|or|and|対)\s+|\s*(?:\bvs\.?|、|・(?=[^ァ-ヶ])|/)\s*"
    # と and か between words, but not those of もっと and 静か
    r"|(?<!っ)と(?=[^ぁ-ん])|(?<=[^ぁ-ん]{2})か(?=[^ぁ-ん]{2})",
    re.IGNORECASE,
)
_KANA = re.compile(r"[ぁ-んァ-ヶ]")
_TAIL = re.compile(
    r"(?:の|を|と)?(?:違い|比較|どちら|どっち|どれ)(?:が(?:いい|良い))?$|\s+comparison$"
)


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be bought.

    Attributes:
        keywords: What to type into a shop's search.
        budget_min: Least amount, if one was said.
        budget_max: Largest amount, if one was said.
        currency: ISO 4217 code of both, if any.
        condition: new, used, refurbished or an empty string.
        items: The things to compare, two or more, or none.
    """

    keywords: str
    budget_min: int | None = None
    budget_max: int | None = None
    currency: str = ""
    condition: str = ""
    items: tuple[str, ...] = ()


def read_wish(phrase: str, *, comparing: bool = False) -> Wish:
    """Read a phrase such as 3万円以下の中古カメラ or "AirPods vs Galaxy Buds".

    Args:
        phrase: The product or service with the words that limit it.
        comparing: Whether the phrase names things to compare.
    """
    rest = normalize("NFKC", phrase).strip()
    least = most = None
    money = find_money(rest)
    if money:
        (least, most), rest = _budget(rest, money)
    condition = next((name for name, words in _CONDITIONS.items() if words.search(rest)), "")
    if condition:
        rest = _CONDITIONS[condition].sub("", rest)
    rest = _ARTICLE.sub("", rest.strip(" 、,")) or normalize("NFKC", phrase).strip()
    items = split_items(rest) if comparing else ()
    return Wish(rest, least, most, money.currency if money else "", condition, items)


def split_items(phrase: str) -> tuple[str, ...]:
    """The things that a comparison names; empty where it names fewer than two."""
    parts = [part.strip(" 「」『』") for part in _AND.split(_TAIL.sub("", phrase))]
    items = tuple(dict.fromkeys(part for part in parts if part))
    # A single kana is a piece of a word that was cut by mistake.
    return items if len(items) > 1 and not any(map(_KANA.fullmatch, items)) else ()


def _budget(text: str, money: Money) -> tuple[tuple[int | None, int | None], str]:
    """Least and largest amount, and the text without the words that say them."""
    head, after = text[: money.start], _AFTER.match(text, money.end)
    words = after.groupdict() if after else {}
    before = [p.search(head) for p in (_AT_MOST_BEFORE, _AT_LEAST_BEFORE, _ABOUT_BEFORE)]
    rest = head[: min([len(head), *(m.start() for m in before if m)])]
    rest += text[after.end() if after else money.end :]
    if money.low != money.high:
        return (round(money.low), round(money.high)), rest
    if words.get("decade"):
        return (round(money.low), _end_of_decade(money.low)), rest
    if words.get("least") or (before[1] and not words.get("most")):
        return (round(money.low), None), rest
    if words.get("about") or before[2]:
        return _around(money.low), rest
    if words.get("most") or before[0]:
        return (None, round(money.low)), rest
    return _around(money.low), rest


def _around(amount: float) -> tuple[int, int]:
    return round(amount * (1 - ABOUT)), round(amount * (1 + ABOUT))


def _end_of_decade(amount: float) -> int:
    """3万円台 ends at 39,999 yen, 5000円台 at 5,999."""
    step = 1
    while amount % (step * 10) == 0 and step < amount:
        step *= 10
    return round(amount) + step - 1
