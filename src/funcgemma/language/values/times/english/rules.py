"""English expressions with a pattern: next Friday, every other week, end of next month."""

import re
from collections.abc import Callable
from typing import NamedTuple

from funcgemma.language.values.times.english.amounts import COUNT, UNIT, amount_of, count_of
from funcgemma.language.values.times.english.patterns import compile_ascii, compile_spaced
from funcgemma.language.values.times.english.words import FIXED, WEAK
from funcgemma.language.values.times.model import Every, Frequency, Slots, Token

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SHORT = {"mon": 0, "tue": 1, "tues": 1, "wed": 2, "thu": 3, "thur": 3, "thurs": 3, "fri": 4}
_SHORT |= {"sat": 5, "sun": 6}
_NAMES = "|".join(_WEEKDAYS)
_DAY = rf"(?P<day>{_NAMES})"
_ABBREVIATED = rf"(?P<short>{'|'.join(sorted(_SHORT, key=len, reverse=True))})\b\.?"
_WHICH = (
    "(?:(?P<which>this|next|last|coming|this coming|every|every (?:other|second|alternate)|each) )?"
)
_FREQUENCIES: dict[str, Frequency] = {
    "minute": "MINUTELY",
    "hour": "HOURLY",
    "day": "DAILY",
    "week": "WEEKLY",
    "month": "MONTHLY",
    "year": "YEARLY",
}
UNIT_WORDS = frozenset(
    f"{unit}{plural}" for unit in (*_FREQUENCIES, "min", "hr") for plural in ("", "s")
)
_EVERY_UNIT = rf"(?P<unit>{'|'.join(_FREQUENCIES)})s?\b"
_PERIODS = {"week": "week", "month": "month_offset", "year": "year_offset"}
_STEP = {"this": 0, "the": 0, "next": 1, "last": -1, "the coming": 1}
_NTH = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": -1}


class Rule(NamedTuple):
    """A pattern, the words it can begin with, and what a match means."""

    heads: str
    pattern: re.Pattern[str]
    slots: Callable[[re.Match[str]], Slots | None]
    weak: bool = False


def _weekday(match: re.Match[str]) -> Slots:
    groups = match.groupdict()
    number = _SHORT[groups["short"]] if groups.get("short") else _WEEKDAYS.index(match["day"])
    which, slots = groups.get("which") or "", {"weekdays": (number,)}
    if groups.get("plural") or which in ("every", "each"):
        return slots | {"every": Every("WEEKLY")}
    if which.startswith("every"):
        return slots | {"every": Every("WEEKLY", 2)}
    if which in ("next", "last"):
        return slots | {"week": _STEP[which]}
    return slots | {"near": True} if which else slots


def _every(match: re.Match[str]) -> Slots:
    number, frequency = match["n"], _FREQUENCIES[match["unit"]]
    if number in ("other", "second", "alternate"):
        return {"every": Every(frequency, 2)}
    return {"every": Every(frequency, count_of(number) if number else 1)}


def _every_nth(match: re.Match[str]) -> Slots:
    weekdays = (_WEEKDAYS.index(match["day"]),)
    return {"every": Every("MONTHLY"), "nth": (_NTH[match["n"]],), "weekdays": weekdays}


def _edge_of_month(match: re.Match[str]) -> Slots:
    edge = "end" if match["edge"] == "end" else "start"
    return {"edge": edge, "month_offset": _STEP[match["which"]]}


RULES = (
    Rule(
        "monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays"
        " thursdays fridays saturdays sundays this next last coming every each",
        compile_spaced(rf"{_WHICH}{_DAY}(?P<plural>s)?\b(?!-)"),
        _weekday,
    ),
    Rule(
        "this next last every each",
        compile_spaced(rf"(?P<which>this|next|last|every other|every|each) {_ABBREVIATED}"),
        _weekday,
    ),
    Rule(
        " ".join(_SHORT),
        compile_spaced(
            rf"{_ABBREVIATED}(?=,? (?:at )?[0-9]|,? (?:at noon|morning|afternoon|evening|night)\b"
            r"|(?:\s*-\s*| (?:and|or|to|through|&) )(?:mon|tue|wed|thu|fri|sat|sun))"
        ),
        _weekday,
    ),
    Rule(
        "mon tue tues thu thur thurs fri",
        compile_spaced(rf"(?!wed|sat|sun){_ABBREVIATED}(?=\s*(?:[?!,.]|$))"),
        _weekday,
    ),
    Rule(
        "this next last the",
        compile_spaced(r"(?P<which>this|next|last|the coming) (?P<unit>week|month|year)\b(?!-)"),
        lambda match: {_PERIODS[match["unit"]]: _STEP[match["which"]]},
    ),
    Rule(
        "every each",
        compile_spaced(rf"(?:every|each) (?:(?P<n>other|second|alternate|{COUNT}) )?{_EVERY_UNIT}"),
        _every,
    ),
    Rule(
        "once",
        compile_spaced(rf"once (?:a|an|every|per) {_EVERY_UNIT}(?P<n>)?"),
        _every,
    ),
    Rule(
        "the end start beginning",
        compile_spaced(
            r"(?:the )?(?P<edge>end|start|beginning) of (?P<which>this|next|last|the) month\b"
        ),
        _edge_of_month,
    ),
    Rule(
        "the first second third fourth last",
        compile_spaced(rf"(?:the )?(?P<n>{'|'.join(_NTH)})(?= (?:{_NAMES}) of)"),
        lambda match: {"nth": (_NTH[match["n"]],)},
    ),
    Rule(
        "every each",
        compile_spaced(rf"(?:every|each) (?P<n>{'|'.join(_NTH)}) {_DAY} of the month\b"),
        _every_nth,
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
    for words, weak in ((FIXED, False), (WEAK, True)):
        for phrase in sorted(words, key=len, reverse=True):
            rule = Rule("", compile_spaced(phrase + r"\b(?!-)"), _constant(words[phrase]), weak)
            heads.setdefault(re.split("[ ']", phrase)[0], []).append(rule)
    for rule in RULES:
        for head in rule.heads.split():
            heads.setdefault(head, []).append(rule)
    return {head: tuple(rules) for head, rules in heads.items()}


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
