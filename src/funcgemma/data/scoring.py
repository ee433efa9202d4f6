"""When a predicted call is right: the comparison rules of the case format.

Strings are compared after NFKC, case folding and removal of white space,
enclosing quotes and final punctuation; a `phrase` is right from a character F1
of 0.7; RRULEs are compared as sets of parts; a list in the gold means
alternatives; an optional argument may be absent or equal to its default.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
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
    whole, right = _best_pairing(predicted, gold, schemas)
    return CaseScore(names, names and whole == len(gold), false_action, found, right, total)


def _best_pairing(
    predicted: Sequence[FunctionCall], gold: Sequence[FunctionCall], schemas: Schemas
) -> tuple[int, int]:
    """(wholly right calls, right arguments) of the pairing in which most is right."""
    whole = right = 0
    for name in sorted({call.name for call in gold}):
        ours = [call for call in predicted if call.name == name]
        theirs = [call for call in gold if call.name == name]
        table = [[arguments_right(p, g, schemas.get(name, {})) for g in theirs] for p in ours]
        best = (0, 0)
        for pairs in _pairings(len(ours), len(theirs), table):
            judged = [table[i][j] for i, j in pairs]
            best = max(best, (sum(w for _, w in judged), sum(r for r, _ in judged)))
        whole, right = whole + best[0], right + best[1]
    return whole, right


MOST_PERMUTED = 6


def _pairings(
    ours: int, theirs: int, table: list[list[tuple[int, bool]]]
) -> Iterator[list[tuple[int, int]]]:
    """All ways to pair few calls; of many calls the one that takes the best pair first."""
    if max(ours, theirs) <= MOST_PERMUTED:
        few, many = sorted((ours, theirs))
        for order in permutations(range(many), few):
            pairs = list(enumerate(order))
            yield pairs if ours <= theirs else [(j, i) for i, j in pairs]
        return
    cells = [(table[i][j][1], table[i][j][0], -i, -j) for i in range(ours) for j in range(theirs)]
    pairs, used = [], (set[int](), set[int]())
    for *_, i, j in sorted(cells, reverse=True):
        if -i not in used[0] and -j not in used[1]:
            used[0].add(-i)
            used[1].add(-j)
            pairs.append((-i, -j))
    yield pairs
