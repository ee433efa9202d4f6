"""How sure a teacher must be to be believed, chosen where the right answer is known."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from funcgemma.data.scoring import Schemas, score_calls
from funcgemma.records import FunctionCall

PRECISION = 0.95
"""Share of what is kept that is to be right."""

LEAST = 10
"""From fewer answers nothing is chosen."""

UNTESTED = 0.9
"""The threshold where there is too little to choose it on."""

NEVER = 2.0
"""The threshold of a teacher that is not right often enough, however sure."""

Calls = Sequence[FunctionCall]


@dataclass(frozen=True, slots=True)
class Judged:
    """A teacher's answer where the right one is known."""

    confidence: float
    acts: bool
    right: bool


@dataclass(frozen=True, slots=True)
class Threshold:
    """From which confidence on answers of one kind are kept.

    Attributes:
        value: 0..1; `NEVER` = none is.
        asked: Answers where the right one is known.
        kept: How many of them it keeps.
        right: How many of those are right.
    """

    value: float
    asked: int = 0
    kept: int = 0
    right: int = 0


@dataclass(frozen=True, slots=True)
class Thresholds:
    """One for answers that call something, one for those that do not.

    They are two because a runtime's confidence is: of calls it is the probability of the whole
    text, of a refusal that of its first token.
    """

    calls: Threshold
    none: Threshold

    def of(self, acts: bool) -> float:
        """The one for an answer."""
        return (self.calls if acts else self.none).value


def choose_thresholds(judged: Sequence[Judged], precision: float = PRECISION) -> Thresholds:
    """The lowest thresholds above which the wanted share is right.

    Args:
        judged: Answers where the right one is known.
        precision: The wanted share, 0..1.
    """
    calls, none = (_lowest(kind, precision) for kind in _kinds(judged))
    return Thresholds(calls, none)


def given_thresholds(value: float, judged: Sequence[Judged]) -> Thresholds:
    """A threshold that was not chosen, with what it keeps of the answers that can be judged."""
    calls, none = (_counted(value, kind) for kind in _kinds(judged))
    return Thresholds(calls, none)


def _kinds(judged: Sequence[Judged]) -> tuple[list[Judged], list[Judged]]:
    """The answers that call something, and those that do not."""
    return [j for j in judged if j.acts], [j for j in judged if not j.acts]


def _lowest(judged: Sequence[Judged], precision: float) -> Threshold:
    if len(judged) < LEAST:
        return _counted(UNTESTED, judged)
    for value in sorted({j.confidence for j in judged}):
        found = _counted(value, judged)
        if found.kept >= LEAST and found.right >= precision * found.kept:
            return found
    return Threshold(NEVER, len(judged))


def _counted(value: float, judged: Sequence[Judged]) -> Threshold:
    kept = [j for j in judged if j.confidence >= value]
    return Threshold(value, len(judged), len(kept), sum(j.right for j in kept))


@dataclass(frozen=True, slots=True)
class Agreement:
    """How often two give the same answer: the same functions, the same calls."""

    cases: int
    functions: int
    calls: int

    def to_json(self) -> dict[str, Any]:
        """Counts and shares."""
        count = max(1, self.cases)
        return {
            "cases": self.cases,
            "functions": round(self.functions / count, 4),
            "calls": round(self.calls / count, 4),
        }


def agreement(pairs: Iterable[tuple[Calls, Calls]], schemas: Schemas) -> Agreement:
    """Compare pairs of answers by the rules that score a case; the second one is taken as right."""
    scores = [score_calls(ours, theirs, schemas) for ours, theirs in pairs]
    return Agreement(
        len(scores),
        sum(score.function_right for score in scores),
        sum(score.call_right for score in scores),
    )
