"""Amounts of money in a phrase: 3万円以下, 1万5千円くらい, under $50, 2〜3万円."""

import re
from dataclasses import dataclass

_FIGURE = r"[\d一二三四五六七八九十百千][\d,.一二三四五六七八九十百千万億]{0,20}"
_CURRENCY = r"円|ドル|ユーロ|ポンド|(?:dollars?|bucks|usd|euros?|eur|pounds?|gbp|yen|jpy)\b"
_DIGITS = {kanji: digit for digit, kanji in enumerate("一二三四五六七八九", start=1)}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10_000, "億": 100_000_000}
_NAMES = {"円": "JPY", "¥": "JPY", "y": "JPY", "j": "JPY", "ド": "USD", "$": "USD", "d": "USD"}
_NAMES |= {"b": "USD", "us": "USD", "ユ": "EUR", "€": "EUR", "e": "EUR", "ポ": "GBP", "£": "GBP"}
_NAMES |= {"p": "GBP", "g": "GBP"}


def _amount(suffix: str) -> str:
    return (
        rf"(?P<sign{suffix}>[$€£¥])?\s?(?<![\d,.])(?P<figure{suffix}>{_FIGURE})"
        rf"(?P<kilo{suffix}>k\b)?\s?(?P<unit{suffix}>{_CURRENCY})?"
    )


_SINGLE = re.compile(_amount("1"), re.IGNORECASE)
_RANGE = re.compile(
    rf"{_amount('1')}\s*(?:[〜~–-]|から|to|(?P<both>and))\s*{_amount('2')}", re.IGNORECASE
)
_LOOSE = re.compile(r"\s*(?:以下|以内|未満|まで|以上|くらい|ぐらい|前後|程度|台)")


_LARGEST = 1e13
"""More than this is a serial number."""


@dataclass(frozen=True, slots=True)
class Money:
    """One or two amounts and where they stand; `high` equals `low` for a single one."""

    low: float
    high: float
    currency: str
    start: int
    end: int


def find_money(text: str) -> Money | None:
    """The first amount or range of amounts; bare numbers are sizes and counts."""
    for match in _RANGE.finditer(text):
        low, high = _value(match, "1"), _value(match, "2")
        currency = _currency(match, "1") or _currency(match, "2")
        if low is None or high is None or not _is_money(text, match, currency):
            continue
        if match["both"] and not text[: match.start()].rstrip().lower().endswith("between"):
            continue
        low = _shared_unit(match, low, high)
        return Money(min(low, high), max(low, high), currency or "JPY", match.start(), match.end())
    for match in _SINGLE.finditer(text):
        value, currency = _value(match, "1"), _currency(match, "1")
        if value is not None and _is_money(text, match, currency):
            return Money(value, value, currency or "JPY", match.start(), match.end())
    return None


def number(figure: str) -> float | None:
    """The value of a figure such as 5,000, 1.5万, 三千 or 1万5千; None if it is none."""
    total, section, digits = 0.0, 0.0, ""
    for char in figure.replace(",", "").rstrip("."):
        if char.isdecimal() or char == ".":
            digits += char
        elif char in _DIGITS:
            digits += str(_DIGITS[char])
        else:
            value = _plain(digits)
            if value is None:
                return None
            digits = ""
            if char in _SMALL:
                section += (1 if value == 0 else value) * _SMALL[char]
            else:
                total += (section + value or 1) * _LARGE[char]
                section = 0.0
    last = _plain(digits)
    value = _LARGEST if last is None else total + section + last
    return value if value < _LARGEST else None


def _plain(digits: str) -> float | None:
    try:
        return float(digits or 0)
    except ValueError:
        return None


def _value(match: re.Match[str], suffix: str) -> float | None:
    value = number(match[f"figure{suffix}"])
    return value * 1000 if value is not None and match[f"kilo{suffix}"] else value


def _shared_unit(match: re.Match[str], low: float, high: float) -> float:
    """In 2〜3万円 the unit belongs to both figures; in 500〜1万円 it does not."""
    unit = {**_SMALL, **_LARGE}.get(match["figure2"][-1], 1)
    alone = match["figure1"][-1].isdecimal() and low <= high / unit
    return low * unit if alone else low


def _currency(match: re.Match[str], suffix: str) -> str:
    word = (match[f"sign{suffix}"] or match[f"unit{suffix}"] or "").lower()
    return _NAMES.get(word[:2]) or _NAMES.get(word[:1], "")


def _is_money(text: str, match: re.Match[str], currency: str) -> bool:
    """3万以下 and 予算3万 are money without a unit; 24インチ and 5人 are none."""
    if currency:
        return True
    budget = text[: match.start()].rstrip().endswith(("予算", "予算は"))
    return budget or ("万" in match[0] and bool(_LOOSE.match(text, match.end())))
