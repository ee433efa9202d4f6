"""English words for days, weeks, months, recurrence and festivals."""

import re
from collections.abc import Callable
from typing import NamedTuple

from funcgemma.language.values.times.english_numbers import (
    COUNT,
    NUMBER_BEGINNINGS,
    ORDINALS,
    UNIT,
    amount_of,
    count_of,
    read_hour_word,
    read_in,
)
from funcgemma.language.values.times.model import Clock, Every, Frequency, Slots, Token

_WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
_SHORT = {"mon": 0, "tue": 1, "tues": 1, "wed": 2, "thu": 3, "thur": 3, "thurs": 3, "fri": 4}
_SHORT |= {"sat": 5, "sun": 6}
_DAY = rf"(?P<day>{'|'.join(_WEEKDAYS)})"
_ABBREVIATED = rf"(?P<short>{'|'.join(sorted(_SHORT, key=len, reverse=True))})\b\.?"
_WHICH = r"(?:(?P<which>this|next|last|coming|this coming|every other|every second|every|each)\s+)?"
_FREQUENCIES: dict[str, Frequency] = {
    "minute": "MINUTELY",
    "hour": "HOURLY",
    "day": "DAILY",
    "week": "WEEKLY",
    "month": "MONTHLY",
    "year": "YEARLY",
}
_PERIODS = {"week": "week", "month": "month_offset", "year": "year_offset"}
_STEP = {"this": 0, "the": 0, "next": 1, "last": -1, "the coming": 1, "current": 0}

_FIXED: dict[str, Slots] = {
    "today": {"offset": 0},
    "tonight": {"offset": 0, "part": "night", "tonight": True},
    "tomorrow": {"offset": 1},
    "tmrw": {"offset": 1},
    "yesterday": {"offset": -1},
    "the day after tomorrow": {"offset": 2},
    "day after tomorrow": {"offset": 2},
    "the day before yesterday": {"offset": -2},
    "last night": {"offset": -1, "part": "night"},
    "this morning": {"offset": 0, "part": "morning", "tonight": True},
    "this afternoon": {"offset": 0, "part": "pm", "tonight": True},
    "this evening": {"offset": 0, "part": "evening", "tonight": True},
    "right now": {"now": True},
    "at the moment": {"now": True},
    "currently": {"now": True},
    "noon": {"clock": Clock(12, exact=True)},
    "midday": {"clock": Clock(12, exact=True)},
    "midnight": {"clock": Clock(24, exact=True)},
    "in the morning": {"part": "morning"},
    "in the afternoon": {"part": "pm"},
    "in the evening": {"part": "evening"},
    "at night": {"part": "night"},
    "weekdays": {"workdays": True},
    "every weekday": {"workdays": True},
    "weekends": {"every": Every("WEEKLY"), "weekend": True},
    "every weekend": {"every": Every("WEEKLY"), "weekend": True},
    "the weekend": {"weekend": True},
    "weekend": {"weekend": True},
    "this weekend": {"week": 0, "weekend": True},
    "next weekend": {"week": 1, "weekend": True},
    "last weekend": {"week": -1, "weekend": True},
    "every morning": {"every": Every("DAILY"), "part": "morning"},
    "every afternoon": {"every": Every("DAILY"), "part": "pm"},
    "every evening": {"every": Every("DAILY"), "part": "evening"},
    "every night": {"every": Every("DAILY"), "part": "night"},
    "every half hour": {"every": Every("MINUTELY", 30)},
    "every half an hour": {"every": Every("MINUTELY", 30)},
    "the end of the month": {"edge": "end"},
    "end of the month": {"edge": "end"},
    "month end": {"edge": "end"},
    "end of the year": {"named": "大晦日"},
    "the end of the year": {"named": "大晦日"},
    "christmas": {"named": "クリスマス"},
    "christmas day": {"named": "クリスマス"},
    "christmas eve": {"named": "クリスマスイブ"},
    "new year's eve": {"named": "大晦日"},
    "new year's day": {"named": "元日"},
    "new year's": {"named": "元日"},
    "new year": {"named": "元日"},
    "valentine's day": {"named": "バレンタイン"},
    "valentine's": {"named": "バレンタイン"},
    "halloween": {"named": "ハロウィン"},
    "thanksgiving": {"named": "感謝祭"},
    "easter": {"named": "復活祭"},
    "mother's day": {"named": "母の日"},
    "father's day": {"named": "父の日"},
    "independence day": {"named": "独立記念日"},
    "golden week": {"named": "ゴールデンウィーク"},
    "gw": {"named": "ゴールデンウィーク"},
    "obon": {"named": "お盆"},
}
_WEAK: dict[str, Slots] = {
    "morning": {"part": "morning"},
    "afternoon": {"part": "pm"},
    "evening": {"part": "evening"},
    "night": {"part": "night"},
    "daily": {"every": Every("DAILY")},
    "weekly": {"every": Every("WEEKLY")},
    "monthly": {"every": Every("MONTHLY")},
    "hourly": {"every": Every("HOURLY")},
}


class Rule(NamedTuple):
    """A pattern, the words it can begin with, and what a match means."""

    heads: str
    pattern: re.Pattern[str]
    slots: Callable[[re.Match[str]], Slots | None]
    weak: bool = False


def _compile(pattern: str) -> re.Pattern[str]:
    """Spaces stand for any white space; look-behinds need a fixed width and write `\\ `."""
    return re.compile(re.sub(r"(?<!\\) ", r"\\s+", pattern))


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
    number = match["n"]
    interval = 2 if number in ("other", "second") else count_of(number) if number else 1
    return {"every": Every(_FREQUENCIES[match["unit"]], interval)}


def _edge_of_month(match: re.Match[str]) -> Slots:
    edge = "end" if match["edge"] == "end" else "start"
    return {"edge": edge, "month_offset": _STEP[match["which"]]}


RULES = (
    Rule(
        "monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays"
        " thursdays fridays saturdays sundays this next last coming every each",
        _compile(rf"{_WHICH}{_DAY}(?P<plural>s)?\b(?!')"),
        _weekday,
    ),
    Rule(
        "this next last every each",
        _compile(rf"(?P<which>this|next|last|every other|every|each) {_ABBREVIATED}"),
        _weekday,
    ),
    Rule(
        " ".join(_SHORT),
        _compile(
            rf"{_ABBREVIATED}(?=,? (?:at )?[0-9]|,? (?:at noon|morning|afternoon|evening|night)\b"
            r"|\s*-\s*(?:mon|tue|wed|thu|fri|sat|sun))"
        ),
        _weekday,
    ),
    Rule(
        "mon tue tues thu thur thurs fri",
        _compile(rf"(?!wed|sat|sun){_ABBREVIATED}(?=\s*(?:[?!,.]|$))"),
        _weekday,
    ),
    Rule(
        "this next last the",
        _compile(r"(?P<which>this|next|last|the coming) (?P<unit>week|month|year)\b(?!')"),
        lambda match: {_PERIODS[match["unit"]]: _STEP[match["which"]]},
    ),
    Rule(
        "every each",
        _compile(
            rf"(?:every|each) (?:(?P<n>other|second|{COUNT}) )?(?P<unit>minute|hour|day|week|month|year)s?\b"
        ),
        _every,
    ),
    Rule(
        "once",
        _compile(r"once (?:a|an|every|per) (?P<unit>hour|day|week|month|year)\b(?P<n>)?"),
        _every,
    ),
    Rule(
        "the end start beginning",
        _compile(
            r"(?:the )?(?P<edge>end|start|beginning) of (?P<which>this|next|last|the) month\b"
        ),
        _edge_of_month,
    ),
    Rule(
        "the first second third fourth fifth last",
        _compile(
            rf"(?:the )?(?P<n>first|second|third|fourth|last)(?= (?:{'|'.join(_WEEKDAYS)}) of)"
        ),
        lambda match: {"nth": (ORDINALS[match["n"]],)},
    ),
    Rule(
        "the",
        _compile(r"the month\b(?<=of\ the\ month)"),
        lambda match: {"month_offset": 0},
        weak=True,
    ),
    Rule(
        "pm am", re.compile(r"(?P<part>[ap]m)\s*(?=[0-9])"), lambda match: {"part": match["part"]}
    ),
    Rule(
        "now",
        _compile(
            r"now\b(?! that)(?<!until\ now)(?<!till\ now)(?<!by\ now)(?<!from\ now)(?<!just\ now)"
        ),
        lambda match: {"now": True},
    ),
    Rule(
        "within next the",
        _compile(rf"(?:within|(?:the )?next) (?P<n>{COUNT}) {UNIT}\b"),
        lambda match: {"within": amount_of(match)},
    ),
)


def _heads() -> dict[str, tuple[Rule, ...]]:
    heads: dict[str, list[Rule]] = {}
    for words, weak in ((_FIXED, False), (_WEAK, True)):
        for phrase in sorted(words, key=len, reverse=True):
            rule = Rule("", _compile(phrase + r"\b(?!['-])"), _constant(words[phrase]), weak)
            heads.setdefault(re.split("[ ']", phrase)[0], []).append(rule)
    for rule in RULES:
        for head in rule.heads.split():
            heads.setdefault(head, []).append(rule)
    return {head: tuple(rules) for head, rules in heads.items()}


def _constant(slots: Slots) -> Callable[[re.Match[str]], Slots]:
    return lambda match: slots


HEADS = _heads()
BEGINNINGS = frozenset(HEADS) | NUMBER_BEGINNINGS

_EMPTY = frozenset(
    "the a an in of at for this last before after right new each every other second first third"
    " fourth next end start beginning within coming".split()
)
_TOLD = frozenset(word for phrase in (*_FIXED, *_WEAK) for word in phrase.replace("'", " ").split())
_UNITS = frozenset(
    f"{unit}{plural}"
    for unit in "minute min hour hr day week month year".split()
    for plural in ("", "s")
)
# Every English expression has one of these words, or a digit.
TELLING = (_TOLD | _UNITS | BEGINNINGS) - _EMPTY | {"now", "once"}


def read_english(text: str, pos: int, word: str) -> Token | None:
    """Read an English expression that begins with `word` at `pos`; the longest one wins."""
    best: Token | None = None
    for rule in HEADS.get(word, ()):
        match = rule.pattern.match(text, pos)
        if match is None or (best is not None and match.end() <= best.end):
            continue
        slots = rule.slots(match)
        if slots is not None:
            best = Token(pos, match.end(), slots, rule.weak, free=True)
    return best or read_hour_word(text, pos, word) or read_in(text, pos, word)
