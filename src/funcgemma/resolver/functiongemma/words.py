"""Numbers, truth values and null as the format writes them: without `<escape>`."""

import re
from collections.abc import Mapping
from math import isfinite
from typing import Any, Final

from funcgemma.resolver.functiongemma.shape import Shape

# Bounded, since int() refuses longer ones than a few thousand digits.
_INTEGER = re.compile(r"(-?(?:0|[1-9][0-9]{0,299}))(?:\.0{1,20})?")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,299})(?:\.[0-9]{1,300})?(?:[eE][+-]?[0-9]{1,4})?")
_TRUTH = {"true": True, "false": False}
_NULLS = ("null", "None")


class Missing:
    """The type of `MISSING`."""


MISSING: Final = Missing()
"""Stands where no usable value was read; null is a value."""


def bare_value(text: str, shape: Shape) -> Any:
    """What a word means where a schema asks for this shape; `MISSING` if it means nothing.

    A string that looks like a number is one only where the schema does not take numbers.
    """
    if shape.nullable and text in _NULLS:
        return None
    if shape.takes("boolean") and text.lower() in _TRUTH:
        return _TRUTH[text.lower()]
    number = _number(text, shape)
    if number is not MISSING:
        return number
    return text if shape.takes("string") else MISSING


def is_same(one: Any, other: Any) -> bool:
    """Whether two plain values are equal as JSON: true is not 1."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, list | tuple) and isinstance(other, list | tuple):
        return len(one) == len(other) and all(map(is_same, one, other))
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return one.keys() == other.keys() and all(is_same(one[key], other[key]) for key in one)
    return bool(one == other)


def _number(text: str, shape: Shape) -> Any:
    whole = _INTEGER.fullmatch(text)
    # 3.0 is an integer in JSON; where other numbers are taken as well it stays as written.
    if whole and shape.takes("integer") and ("." not in text or not shape.takes("number")):
        return int(whole[1])
    if shape.takes("number") and _NUMBER.fullmatch(text):
        number = float(text)
        return number if isfinite(number) else MISSING
    return MISSING
