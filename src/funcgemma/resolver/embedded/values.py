"""Values that are not strings: numbers, yes/no, and the labels of enums."""

import re
from collections.abc import Mapping
from typing import Any

_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_KANJI = {char: value for value, char in enumerate("〇一二三四五六七八九")}
_UNITS = {"十": 10, "百": 100, "千": 1000}


def typed_value(text: str, schema: Mapping[str, Any]) -> Any:
    """The text as a value of the schema's type; None if it is none."""
    kind = schema.get("type", "string")
    if kind == "boolean":
        return text == "true"
    if kind in ("integer", "number"):
        number = number_of(text)
        if number is None or (kind == "integer" and number != int(number)):
            return None
        return int(number) if kind == "integer" else number
    if kind == "array":
        return [text]
    return text


def number_of(text: str) -> float | None:
    """The first number of a text, in digits (any width) or 漢数字 below ten thousand, with 万."""
    import unicodedata

    text = unicodedata.normalize("NFKC", text).replace(",", "")
    match = _NUMBER.search(text)
    if match:
        return float(match[0]) * (10000 if text[match.end() : match.end() + 1] == "万" else 1)
    kanji = re.search(r"[〇一二三四五六七八九十百千万半]+", text)
    return _kanji_number(kanji[0]) if kanji else None


def _kanji_number(text: str) -> float:
    if text == "半":
        return 0.5
    total = section = digit = 0
    for char in text:
        if char in _KANJI:
            digit = digit * 10 + _KANJI[char]
        elif char in _UNITS:
            section, digit = section + (digit or 1) * _UNITS[char], 0
        elif char == "万":
            total, section, digit = total + (section + digit or 1) * 10000, 0, 0
    return float(total + section + digit) + (0.5 if text.endswith("半") else 0.0)
