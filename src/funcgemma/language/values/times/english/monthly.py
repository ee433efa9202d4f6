"""What returns by the month or year, and a month's edges: the first of every month."""

import re

from funcgemma.language.values.times.english.dates import MONTH
from funcgemma.language.values.times.english.feasts import ANY_FEAST
from funcgemma.language.values.times.english.ordinals import (
    ORDINAL,
    ORDINAL_BEGINNINGS,
    ordinal_of,
)
from funcgemma.language.values.times.english.patterns import Rule, compile_spaced
from funcgemma.language.values.times.english.weekdays import DAY, weekday_of
from funcgemma.language.values.times.model import Every, Slots

_MONTHLY: Slots = {"every": Every("MONTHLY")}
_NTH = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": -1}
_NTH |= {"1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
_ANY_NTH = "|".join(_NTH)
_STEP = {"this": 0, "the": 0, "next": 1, "last": -1}


def _days(match: re.Match[str]) -> Slots | None:
    """The first, or last, day of every month."""
    if match["last"]:
        return _MONTHLY | {"edge": "end"}
    day = ordinal_of(match["d"])
    return _MONTHLY | {"dom": (day,)} if 1 <= day <= 31 else None


def _weekdays(match: re.Match[str]) -> Slots:
    return _MONTHLY | {"nth": (_NTH[match["n"]],), "weekdays": (weekday_of(match),)}


def _edge_of_month(match: re.Match[str]) -> Slots:
    edge = "end" if match["edge"].startswith(("end", "last")) else "start"
    return {"edge": edge, "month_offset": _STEP[match["which"]]}


_EACH = "(?:every|each|the)"
_DAY_OF_MONTH = rf"(?:(?P<last>last day)|(?P<d>{ORDINAL})(?: day)?)"
_BEGINNINGS = f"the last {' '.join(sorted(ORDINAL_BEGINNINGS))} #"

MONTHLY_RULES = (
    Rule(
        _BEGINNINGS,
        compile_spaced(rf"(?:the )?{_DAY_OF_MONTH} of (?:every|each) (?:single )?month\b"),
        _days,
    ),
    Rule(
        "every each",
        compile_spaced(rf"(?:every|each) month,? on the {_DAY_OF_MONTH}(?! {DAY})"),
        _days,
    ),
    Rule(
        "every each",
        compile_spaced(rf"(?:every|each) {_DAY_OF_MONTH} of {_EACH} month\b"),
        _days,
    ),
    Rule(
        "the first second third fourth last #",
        compile_spaced(rf"(?:the )?(?P<n>{_ANY_NTH}) {DAY},? (?:of )?(?:every|each) month\b"),
        _weekdays,
    ),
    Rule(
        "every each",
        compile_spaced(rf"(?:every|each) month,? on the (?P<n>{_ANY_NTH}) {DAY}"),
        _weekdays,
    ),
    Rule(
        "every each",
        compile_spaced(rf"(?:every|each) (?P<n>{_ANY_NTH}) {DAY} (?:of|in) {_EACH} month\b"),
        _weekdays,
    ),
    Rule(
        "every each",
        compile_spaced(rf"(?:every|each) (?P<n>first|last|1st) {DAY}"),
        _weekdays,
    ),
    Rule(
        "the first second third fourth last #",
        compile_spaced(rf"(?:the )?(?P<n>{_ANY_NTH})(?= {DAY} (?:of|in)\b)"),
        lambda match: {"nth": (_NTH[match["n"]],)},
    ),
    Rule(
        "the end start beginning first last",
        compile_spaced(
            r"(?:the )?(?P<edge>end|start|beginning|first day|last day)"
            r" of (?P<which>this|next|last|the) month\b"
        ),
        _edge_of_month,
    ),
    Rule(
        "the end start beginning",
        compile_spaced(rf"(?:the )?(?P<edge>end|start|beginning) of(?= {MONTH}\b)"),
        lambda match: {"edge": "end" if match["edge"] == "end" else "start"},
        weak=True,
    ),
    Rule(
        "every each",
        compile_spaced(rf"(?:every|each)(?= (?:{MONTH} (?:[0-9]|{ORDINAL})|(?:{ANY_FEAST})\b))"),
        lambda match: {"every": Every("YEARLY")},
        weak=True,
    ),
)
