"""English expressions with a pattern: every other week, the next 2 hours, week beginning."""

import re
from collections.abc import Callable, Iterable

from funcgemma.language.values.times.english.amounts import COUNT, UNIT, amount_of, count_of
from funcgemma.language.values.times.english.dates import MONTH
from funcgemma.language.values.times.english.feasts import FEASTS, NOT_THINGS
from funcgemma.language.values.times.english.monthly import MONTHLY_RULES
from funcgemma.language.values.times.english.ordinals import ORDINAL
from funcgemma.language.values.times.english.patterns import Rule, compile_ascii, compile_spaced
from funcgemma.language.values.times.english.weekdays import WEEKDAY_RULES
from funcgemma.language.values.times.english.words import FIXED, WEAK
from funcgemma.language.values.times.model import Every, Frequency, Slots, Token

_FREQUENCIES: dict[str, Frequency] = {
    "minute": "MINUTELY",
    "min": "MINUTELY",
    "hour": "HOURLY",
    "hr": "HOURLY",
    "day": "DAILY",
    "week": "WEEKLY",
    "month": "MONTHLY",
    "year": "YEARLY",
}
UNIT_WORDS = frozenset(f"{unit}{plural}" for unit in _FREQUENCIES for plural in ("", "s"))
_EVERY_UNIT = rf"(?P<unit>{'|'.join(_FREQUENCIES)})s?\b"
_SECOND = "other|second|2nd|alternate"
_PERIODS = {"week": "week", "month": "month_offset", "year": "year_offset"}
_STEP = {"this": 0, "next": 1, "last": -1, "the coming": 1}


def _every(match: re.Match[str]) -> Slots:
    number, frequency = match["n"], _FREQUENCIES[match["unit"]]
    if number in _SECOND.split("|"):
        return {"every": Every(frequency, 2)}
    if number == "fortnight":
        return {"every": Every("WEEKLY", 2)}
    return {"every": Every(frequency, count_of(number) if number else 1)}


RULES = (
    *WEEKDAY_RULES,
    *MONTHLY_RULES,
    Rule(
        "this next last the",
        compile_spaced(r"(?P<which>this|next|last|the coming) (?P<unit>week|month|year)\b(?!-)"),
        lambda match: {_PERIODS[match["unit"]]: _STEP[match["which"]]},
    ),
    Rule(
        "week w the",
        compile_spaced(
            r"(?:the )?(?:week (?:beginning|commencing|starting)|w/c)(?: on)?(?= [a-z0-9])"
            rf"|(?:the )?week of(?= (?:the )?{ORDINAL}| {MONTH} (?:the )?(?:[0-9]|{ORDINAL}))"
        ),
        lambda match: {"whole": "of" if match[0].endswith("of") else "from"},
        weak=True,
    ),
    Rule(
        "every each",
        compile_spaced(rf"(?:every|each) (?:(?P<n>{_SECOND}|{COUNT}) )?{_EVERY_UNIT}"),
        _every,
    ),
    Rule(
        "every each",
        compile_spaced(r"(?:every|each) fortnight\b"),
        lambda match: {"every": Every("WEEKLY", 2)},
    ),
    Rule(
        "everyday",
        compile_spaced(
            r"everyday\b(?=\s*(?:$|[.,!?@0-9])| (?:at|from|in the|noon|around|by|before|after|pls"
            r"|please)\b)"
        ),
        lambda match: {"every": Every("DAILY")},
    ),
    Rule(
        "once",
        compile_spaced(rf"once (?:a|an|every|per) {_EVERY_UNIT}(?P<n>)?"),
        _every,
    ),
    Rule(
        "the",
        compile_spaced(r"the month\b(?<=of\ the\ month)"),
        lambda match: {"month_offset": 0},
        weak=True,
    ),
    Rule("day", compile_spaced(r"day after\b(?=\s*(?:[?.!,]|$))"), lambda match: {"offset": 2}),
    Rule(
        "pm am",
        compile_ascii(r"(?P<part>[ap]m)\s*(?=[0-9])"),
        lambda match: {"part": match["part"]},
    ),
    Rule(
        "now",
        compile_spaced(
            r"now\b(?! that)(?<!until\ now)(?<!till\ now)(?<!by\ now)(?<!from\ now)(?<!just\ now)"
        ),
        lambda match: {"now": True},
    ),
    Rule(
        "within next the",
        compile_spaced(rf"(?:within|(?:the )?next) (?P<n>{COUNT}) {UNIT}\b"),
        lambda match: {"within": amount_of(match)},
    ),
)


def _heads() -> dict[str, tuple[Rule, ...]]:
    heads: dict[str, list[Rule]] = {}
    for rule in (*_worded(FIXED), *_worded(WEAK, weak=True), *_worded(FEASTS, NOT_THINGS), *RULES):
        for head in rule.heads.split():
            heads.setdefault(head, []).append(rule)
    return {head: tuple(rules) for head, rules in heads.items()}


def _worded(words: dict[str, Slots], unlike: str = "", *, weak: bool = False) -> Iterable[Rule]:
    for phrase in sorted(words, key=len, reverse=True):
        head = "#" if phrase[0].isdigit() else re.split(r"[ '\\-]", phrase)[0]
        pattern = compile_spaced(rf"{phrase}\b(?!-){unlike}")
        yield Rule(head, pattern, _constant(words[phrase]), weak)


def _constant(slots: Slots) -> Callable[[re.Match[str]], Slots]:
    return lambda match: slots


HEADS = _heads()


def read_rule(text: str, pos: int, word: str) -> Token | None:
    """Read the expression of the rules that begins with `word` at `pos`; the longest one wins."""
    best: Token | None = None
    for rule in HEADS.get(word, ()):
        match = rule.pattern.match(text, pos)
        if match is None or (best is not None and match.end() <= best.end):
            continue
        slots = rule.slots(match)
        if slots is not None:
            best = Token(pos, match.end(), slots, rule.weak, free=True)
    return best
