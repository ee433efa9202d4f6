"""When a predicted call is right: the comparison rules of the case format.

Strings are compared after NFKC, case folding and removal of white space,
enclosing quotes and final punctuation; a `phrase` is right from a character F1
of 0.7; RRULEs are compared as sets of parts; a list in the gold means
alternatives; an optional argument may be absent or equal to its default.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations
from typing import Any

from funcgemma.records import FunctionCall

PHRASE_F1 = 0.7
_ENDS = " \t\n。．.！!？?、,，…"
_PAIRS = ("「」", "『』", "“”", '""', "''", "‘’", "（）", "()")
_SPACE = re.compile(r"\s+")

Schemas = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class CaseScore:
    """How one decision compares with its gold.

    Attributes:
        function_right: The names are equal as multisets.
        call_right: Names and every argument are right.
        false_action: There is a call where the gold has none.
        request_found: There is some call where the gold has one.
        arguments_right: Right arguments among the gold's, over paired calls.
        arguments_total: Arguments of the gold.
    """

    function_right: bool
    call_right: bool
    false_action: bool
    request_found: bool
    arguments_right: int = 0
    arguments_total: int = 0


def canonical(text: str) -> str:
    """A string as it is compared."""
    text = _SPACE.sub("", unicodedata.normalize("NFKC", text).casefold())
    while True:
        stripped = text.strip(_ENDS)
        if len(stripped) > 1 and stripped[0] + stripped[-1] in _PAIRS:
            stripped = stripped[1:-1]
        if stripped == text:
            return text
        text = stripped


def character_f1(a: str, b: str) -> float:
    """F1 of the multisets of characters."""
    common = sum((Counter(a) & Counter(b)).values())
    return 2 * common / (len(a) + len(b)) if a or b else 1.0


def value_right(predicted: Any, gold: Any, schema: Mapping[str, Any]) -> bool:
    """Whether a value equals the gold or one of its alternatives."""
    nested = schema.get("type") == "array"
    several = isinstance(gold, list) and (not nested or (bool(gold) and isinstance(gold[0], list)))
    return any(_equal(predicted, one, schema) for one in (gold if several else [gold]))


def _equal(predicted: Any, gold: Any, schema: Mapping[str, Any]) -> bool:
    if isinstance(predicted, bool) or isinstance(gold, bool):
        return predicted is gold
    if isinstance(predicted, int | float) and isinstance(gold, int | float):
        return float(predicted) == float(gold)
    if isinstance(predicted, list) and isinstance(gold, list):
        return sorted(map(str, predicted)) == sorted(map(str, gold))
    a, b = str(predicted), str(gold)
    kind = schema.get("x-kind")
    if kind == "rrule":
        return set(a.upper().split(";")) == set(b.upper().split(";"))
    a, b = canonical(a), canonical(b)
    return a == b or (kind == "phrase" and character_f1(a, b) >= PHRASE_F1)


def arguments_right(
    predicted: FunctionCall, gold: FunctionCall, schema: Mapping[str, Any]
) -> tuple[int, bool]:
    """(right arguments among the gold's, whether all are right and nothing wrong is added)."""
    properties = schema.get("properties", {})
    right, whole = 0, True
    for name, value in gold.arguments.items():
        known = properties.get(name, {})
        given = predicted.arguments.get(name, known.get("default"))
        good = given is not None and value_right(given, value, known)
        right += good
        whole = whole and good
    for name, value in predicted.arguments.items():
        if name not in gold.arguments:
            known = properties.get(name, {})
            whole = whole and "default" in known and value == known["default"]
    return right, whole


def score_calls(
    predicted: Sequence[FunctionCall], gold: Sequence[FunctionCall], schemas: Schemas
) -> CaseScore:
    """Compare predicted with gold calls, paired so that most is right."""
    total = sum(len(call.arguments) for call in gold)
    names = Counter(c.name for c in predicted) == Counter(c.name for c in gold)
    false_action = bool(predicted) and not gold
    found = bool(predicted) and bool(gold)
    if not gold or not predicted:
        return CaseScore(names, names, false_action, found, 0, total)
    best = (0, 0)
    for order in _pairings(predicted, gold):
        judged = [arguments_right(p, g, schemas.get(g.name, {})) for p, g in order]
        best = max(best, (sum(whole for _, whole in judged), sum(right for right, _ in judged)))
    return CaseScore(names, names and best[0] == len(gold), false_action, found, best[1], total)


def _pairings(
    predicted: Sequence[FunctionCall], gold: Sequence[FunctionCall]
) -> list[list[tuple[FunctionCall, FunctionCall]]]:
    """All ways to pair calls of the same name (of the first six calls)."""
    first, second = list(predicted[:6]), list(gold[:6])
    if len(first) <= len(second):
        ways = ([*zip(first, order, strict=True)] for order in permutations(second, len(first)))
    else:
        ways = ([*zip(order, second, strict=True)] for order in permutations(first, len(second)))
    return [[(p, g) for p, g in way if p.name == g.name] for way in ways]
