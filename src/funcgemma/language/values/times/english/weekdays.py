"""Weekdays in English, in full, shortened and misspelt: next Friday, Tuesday week, on thurs."""

import re

from funcgemma.language.values.times.english.patterns import Rule, compile_ascii, compile_spaced
from funcgemma.language.values.times.model import Every, Part, Slots

_NAMES = "monday|tuesday|wednesday|thursday|friday|saturday|sunday"
_FULL = {name: number for number, name in enumerate(_NAMES.split("|"))}
_FULL |= {"tuseday": 1, "tusday": 1, "wensday": 2, "wednsday": 2, "wendsday": 2, "wednesdy": 2}
_FULL |= {"thursdy": 3, "thrusday": 3, "firday": 4, "saterday": 5, "saturdy": 5, "sundy": 6}
_SHORT = {"mon": 0, "tue": 1, "tues": 1, "wed": 2, "weds": 2, "thu": 3, "thur": 3, "thurs": 3}
_SHORT |= {"fri": 4, "sat": 5, "sun": 6}
_NUMBERS = _FULL | _SHORT


def _any(names: dict[str, int]) -> str:
    return "|".join(sorted(names, key=len, reverse=True))


DAY = rf"(?P<day>(?:{_any(_FULL)})\b|(?:{_any(_SHORT)})\b\.?)"
_WHICH = "this|next|last|coming|this coming|every|every (?:other|second|2nd|alternate)|each"

_WORDS = "sat|sun|wed"
_SURE = _any({name: number for name, number in _SHORT.items() if name not in _WORDS.split("|")})
# What may follow sat, sun and wed where they are days: he sat down, the sun cream, they wed.
_GOES_ON = (
    r"(?=\s*(?:$|[.,!?@0-9])| (?:at|from|till?|until|noon|morning|afternoon|evening|night|arvo"
    r"|instead|please|pls|if|n|i|im|i'm|i've)\b)"
)
_BEFORE_SHORT = compile_ascii(r"\b(?:on|by|till?|until|from|since)\s+$")
_SEATED = compile_ascii(
    r"\b(?:i|u|we|you|he|she|they|it|who|still|just|is|are|was|were|been|cat|dog)\s+$"
)
_PARTS: dict[str, Part] = {
    "morning": "morning",
    "afternoon": "pm",
    "evening": "evening",
    "night": "night",
}


def weekday_of(match: re.Match[str]) -> int:
    """The number of the day in a match of `DAY`; Monday is 0."""
    return _NUMBERS[match["day"].rstrip(".")]


def _weekday(match: re.Match[str]) -> Slots | None:
    groups = match.groupdict()
    number, which = weekday_of(match), groups.get("which") or ""
    slots: Slots = {"weekdays": (number,)}
    if parts := groups.get("parts"):
        slots |= {"part": _PARTS[parts]}
    if groups.get("plural") or which in ("every", "each"):
        return slots | {"every": Every("WEEKLY")}
    if which.startswith("every"):
        return slots | {"every": Every("WEEKLY", 2)}
    if which == "last" and match.string.startswith(" of ", match.end()):
        return None
    if which in ("next", "last"):
        return slots | {"week": 1 if which == "next" else -1}
    return slots | {"near": True} if which else slots


def _behind(match: re.Match[str]) -> Slots | None:
    """A short name counts behind a word like `on`."""
    near = max(0, match.start() - 8)
    return _weekday(match) if _BEFORE_SHORT.search(match.string, near, match.start()) else None


def _asked(match: re.Match[str]) -> Slots | None:
    """Footy sat? But not: is he sat?"""
    near = max(0, match.start() - 8)
    return None if _SEATED.search(match.string, near, match.start()) else _weekday(match)


def _weeks_on(match: re.Match[str]) -> Slots:
    weeks = 2 if (match.groupdict().get("n") or "a").startswith(("2", "two", "fort")) else 1
    return {"weekdays": (weekday_of(match),), "later": weeks}


_ALL_SHORT = " ".join(_SHORT)
WEEKDAY_RULES = (
    Rule(
        " ".join([*_FULL, *(f"{name}s" for name in _FULL), "this next last coming every each"]),
        compile_spaced(
            rf"(?:(?P<which>{_WHICH}) )?(?P<day>{_any(_FULL)})"
            rf"(?P<plural>s| (?P<parts>{'|'.join(_PARTS)})s)?\b(?!-)"
        ),
        _weekday,
    ),
    Rule(
        "this next last every each",
        compile_spaced(
            rf"(?P<which>(?!this){_WHICH}|this(?! (?:{_WORDS})\b)) (?P<day>{_any(_SHORT)})\b\.?"
        ),
        _weekday,
    ),
    Rule("this", compile_spaced(rf"(?P<which>this) (?P<day>{_WORDS})\b\.?{_GOES_ON}"), _weekday),
    Rule("tues weds thurs thur", compile_ascii(r"(?P<day>tues|weds|thurs?)\b\.?"), _weekday),
    Rule(
        _ALL_SHORT,
        compile_spaced(
            rf"(?P<day>{_any(_SHORT)})\b\.?"
            r"(?=,? (?:at )?[0-9]|,? (?:at noon|morning|mornin|afternoon|evening|night|arvo)\b"
            r"|(?:\s*-\s*| (?:and|or|to|through|n|&) )(?:mon|tue|wed|thu|fri|sat|sun))"
        ),
        _weekday,
    ),
    Rule(
        "mon tue thu fri",
        compile_ascii(rf"(?P<day>{_SURE})\b\.?(?=\s*(?:[?!,.]|$)| (?:too|as well|pls|please)\b)"),
        _weekday,
    ),
    Rule(
        "mon tue thu fri",
        compile_spaced(rf"(?P<day>{_SURE})\b\.?(?! (?:ami|amie|amour|cheri|dieu)\b)"),
        _behind,
    ),
    Rule("sat sun wed", compile_spaced(rf"(?P<day>{_WORDS})\b\.?{_GOES_ON}"), _behind),
    Rule(
        "sat",
        compile_spaced(r"(?P<day>sat)\b(?=\s*\?|, (?:is|are|will|whats|what's|gonna) )"),
        _asked,
    ),
    Rule(
        f"{' '.join(_FULL)} {_ALL_SHORT}",
        compile_spaced(rf"{DAY} (?:week|(?P<n>fortnight))\b(?!-| [0-9])"),
        _weeks_on,
    ),
    Rule(
        "a one two week weeks fortnight #",
        compile_spaced(
            r"(?:(?:a |one )?week|(?P<n>two weeks|2 weeks|(?:a )?fortnight))"
            rf" (?:on|from|this) {DAY}"
        ),
        _weeks_on,
    ),
    Rule(
        f"the {' '.join(_FULL)}",
        compile_spaced(rf"(?:the )?{DAY} after next\b"),
        lambda match: {"weekdays": (weekday_of(match),), "week": 2},
    ),
)
