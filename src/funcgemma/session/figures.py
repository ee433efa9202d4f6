"""The numbers in a text, however they are written: 17.5, 1万2千, 二十五, 午後3時, -3, 2 million."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from funcgemma.language.values.times.numbers import to_int

_SCALES = {
    "千": 1e3, "万": 1e4, "億": 1e8, "兆": 1e12,
    "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12,
}  # fmt: skip
_PART = r"\d[\d,]*(?:\.\d+)?(?:[千万億兆]|\s?(?:thousand|million|billion|trillion)\b)?"
_WRITTEN = re.compile(rf"{_PART}(?:(?<=[千万億兆]){_PART})*", re.IGNORECASE)
_PIECE = re.compile(r"(\d[\d,]*(?:\.(\d+))?)\s?([千万億兆]|[A-Za-z]+)?")
_BELOW_ZERO = re.compile(r"(?:(?<![\w.])[-−▲]|マイナス|氷点下|零下|\bminus )\s?$", re.IGNORECASE)
_THEN_BELOW = re.compile(r"\s?(?:°\s?[CF]|degrees)?\s?below (?:zero|freezing)", re.IGNORECASE)
_BEFORE_NOON = re.compile(r"(?:午後|夕方|夜|今夜|晩)の?\s?$")
_AFTERNOON = re.compile(r"\s?(?::\d\d\s?)?p\.?m\b", re.IGNORECASE)
_PERCENT = re.compile(r"\s?(?:%|パーセント|percent)")

_KANJI = re.compile(
    r"[〇零一二三四五六七八九十百千]{2,9}|[四五六七八九十百](?=[度%円歳才キ℃]|パーセント|メートル)"
)
_UNITS = r"degrees?|percent|yen|dollars?|euros?|km|kilomet|met(?:er|re)s?|mm|hours?|minutes?|years?"
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_TEENS = "thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
_ONES = "one|two|three|four|five|six|seven|eight|nine"
_SMALL = f"zero|{_ONES}|ten|eleven|twelve"
_NAMES = {name: i for i, name in enumerate(f"{_SMALL}|{_TEENS}".split("|"))} | {
    name: 10 * i for i, name in enumerate(_TENS.split("|"), start=2)
}
_ENGLISH = re.compile(
    rf"\b(?:({_TENS})(?:[- ]({_ONES}))?|({_TEENS})|({_SMALL})(?= (?:{_UNITS})))\b",
    re.IGNORECASE,
)
"""Small numbers count only before a unit: one of the best has no number in it."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number in a text.

    Attributes:
        values: What it can mean: 午後3時 is 3 and 15, 30% is 30 and 0.3.
        precision: The place of its last digit: 17 -> 1, 17.5 -> 0.1, 120万 -> 10000.
    """

    values: tuple[float, ...]
    precision: float = 1.0

    def rounds(self, known: Iterable[float]) -> bool:
        """Whether one of some known numbers, rounded as precisely as this one, is this one."""
        near = 0.5 * self.precision + 1e-9
        return any(abs(value - number) <= near for number in known for value in self.values)


def figures(text: str) -> Iterator[Figure]:
    """Every number in a text; ISO dates and times give their parts."""
    text = unicodedata.normalize("NFKC", text)
    for match in _WRITTEN.finditer(text):
        yield _digits(match, text)
    for match in _KANJI.finditer(text):
        yield Figure((float(to_int(match[0])),))
    for match in _ENGLISH.finditer(text):
        yield Figure((float(sum(_NAMES[name.lower()] for name in match.groups() if name)),))


def numbers(text: str) -> set[float]:
    """The values of all numbers in a text."""
    return {value for figure in figures(text) for value in figure.values}


def _digits(match: re.Match[str], text: str) -> Figure:
    value, precision = 0.0, 1.0
    for digits, decimals, unit in _PIECE.findall(match[0]):
        scale = _SCALES.get(unit.lower(), 1.0)
        value += float(digits.replace(",", "")) * scale
        precision = scale * 10.0 ** -len(decimals)
    before, behind = text[: match.start()][-8:], text[match.end() :][:24]
    if _BELOW_ZERO.search(before) or _THEN_BELOW.match(behind):
        value = -value
    values = [value]
    if value <= 12 and (_BEFORE_NOON.search(before) or _AFTERNOON.match(behind)):
        values.append(value + 12)
    if _PERCENT.match(behind):
        values.append(value / 100)
    return Figure(tuple(values), precision)
