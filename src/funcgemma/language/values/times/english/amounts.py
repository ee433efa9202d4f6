"""Lengths of time in English: in 20 minutes, for three days, an hour earlier."""

import re

from funcgemma.language.values.times.english.patterns import compile_ascii
from funcgemma.language.values.times.model import DAY, HOUR, Amount, Slots, Token
from funcgemma.language.values.times.numbers import ENGLISH_NUMBERS

_words = "|".join(sorted(ENGLISH_NUMBERS, key=len, reverse=True)).replace(" ", r"\s+")
COUNT = rf"(?:[0-9]{{1,3}}(?:\.5)?|{_words})"
UNIT = r"(?P<unit>minute|min|hour|hr|day|fortnight|week|month|year)s?"
AMOUNT_BEGINNINGS = frozenset({*(name.split()[0] for name in ENGLISH_NUMBERS), "half", "in", "for"})
_DAYS = {"day": 1, "week": 7, "fortnight": 14}

_HALF = r"and\s+a\s+half"
_AMOUNT = (
    rf"(?:(?P<one>(?=hour\s+{_HALF}))|(?P<half>half\s+(?:an?\s+)?)|(?P<n>{COUNT})(?:\s+|-)?(?P<and>{_HALF}\s+)?){UNIT}\b"
    rf"(?P<tail>\s+{_HALF}\b)?(?:\s+(?:and\s+)?(?P<rest>[0-9]{{1,2}})\s*min(?:ute)?s?\b)?"
)
_IN = compile_ascii(rf"in\s+(?:about\s+)?{_AMOUNT}(?!')")
_FOR = compile_ascii(rf"for\s+(?:about\s+)?{_AMOUNT}")
_MOVED = compile_ascii(
    rf"{_AMOUNT}\s+(?:(?P<from>from\s+(?:now|today)|hence)|(?P<ago>ago)"
    r"|(?P<later>later|late|back)|(?P<earlier>earlier|sooner|early|forward|before|prior))\b"
)
_PLAIN = compile_ascii(_AMOUNT)
# push it back by 15 minutes
_PUSHED = compile_ascii(
    r"(?:(?P<later>delay|postpone|push|back)|(?P<earlier>forward|bring))[a-z ]*\s(?:by\s+)?$"
)


def count_of(text: str) -> int:
    """The number a count word or its digits stand for."""
    text = " ".join(text.split())
    return ENGLISH_NUMBERS[text] if text in ENGLISH_NUMBERS else int(float(text))


def amount_of(match: re.Match[str]) -> Amount:
    """The length of time in a match of a count and a unit."""
    groups = match.groupdict()
    unit = {"min": "minute", "hr": "hour"}.get(match["unit"], match["unit"])
    count = 0 if groups.get("half") else count_of(match["n"] or "a")
    half = any(groups.get(name) for name in ("half", "and", "tail"))
    half = half or (groups["n"] or "").endswith(".5")
    rest = int(groups.get("rest") or 0)
    if unit == "minute":
        return Amount(minutes=count + rest)
    if unit == "hour":
        return Amount(minutes=count * HOUR + (HOUR // 2 if half else 0) + rest)
    if unit in _DAYS:
        return Amount(rest + (DAY // 2 if half else 0), count * _DAYS[unit])
    return Amount(rest, months=count * (12 if unit == "year" else 1) + (6 if half else 0))


def read_length(text: str, pos: int, word: str) -> Token | None:
    """Read in 20 minutes, for three days, an hour later."""
    if word == "in":
        match = _IN.match(text, pos)
        return Token(pos, match.end(), _moment(amount_of(match)), free=True) if match else None
    if word == "for":
        match = _FOR.match(text, pos)
        return _held(pos, match.end(), amount_of(match)) if match else None
    return read_moved(text, pos) if word in AMOUNT_BEGINNINGS else None


def read_moved(text: str, pos: int) -> Token | None:
    """Read 30 minutes later, an hour earlier, 2 weeks from now."""
    if match := _MOVED.match(text, pos):
        minutes, days, months = amount = amount_of(match)
        if match["from"]:
            slots = _moment(amount)
        elif match["ago"]:
            slots = _moment(Amount(-minutes, -days, -months))
        else:
            slots = {"shift": amount.total if match["later"] else -amount.total}
        return Token(pos, match.end(), slots, free=True)
    pushed = _PUSHED.search(text, max(0, pos - 40), pos)
    if pushed and (match := _PLAIN.match(text, pos)):
        total = amount_of(match).total
        slots = {"shift": total if pushed["later"] else -total}
        return Token(pos, match.end(), slots, free=True)
    return None


def _held(pos: int, end: int, amount: Amount) -> Token:
    """For three days names days; for an hour says only how long something takes."""
    if amount.minutes or amount.months > 11:
        return Token(pos, end, {"span": amount, "held": True}, weak=True, free=True)
    return Token(pos, end, {"lasting": amount}, free=True)


def _moment(amount: Amount) -> Slots:
    if amount.minutes:
        return {"minutes": amount.minutes + DAY * amount.days}
    slots: Slots = {"offset": amount.days}
    return slots | {"months_on": amount.months} if amount.months else slots
