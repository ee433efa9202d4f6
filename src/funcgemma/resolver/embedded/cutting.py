"""Whether an utterance is better understood cut in two: a learned decision.

Both halves are resolved as requests of their own. What became of them (do they ask for different
things, do they have what they need, is anything said twice) speaks for or against the cut.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from math import inf

from funcgemma.functions.definition import FunctionDefinition
from funcgemma.resolver.embedded.calls import Resolution
from funcgemma.resolver.embedded.choose import Probabilities, best_function, choose_alone
from funcgemma.resolver.embedded.clauses import (
    CONNECTOR,
    JOINT,
    LISTING,
    STOP,
    Clause,
    has_cue,
    places,
)
from funcgemma.resolver.embedded.features import NONE
from funcgemma.resolver.embedded.kinds import is_choice
from funcgemma.resolver.embedded.model import EmbeddedModel
from funcgemma.resolver.embedded.numbers import logit
from funcgemma.resolver.embedded.view import View, cut

SCREEN, JUDGE = "screen", "judge"
"""The two decisions: is a cut worth a look, by the words alone; is it right, by all."""

MOST_PLACES = 14
"""An utterance with more places is left whole: it tells a story."""

MOST_CLAUSES = 6
LEAST = 0.25
"""Least probability at which a half can count as a request of its own."""

PLAIN = frozenset((CONNECTOR, STOP, LISTING))
"""Where a cut is looked for even if nothing else hints at several requests."""

SECOND = 0.02
"""A second function of this probability is such a hint."""

LIKELY = 0.1
"""Least probability, by the words alone, at which both halves are resolved."""

Join = Callable[[Sequence[Clause]], Resolution]
Definitions = dict[str, FunctionDefinition]


@dataclass(frozen=True, slots=True)
class Cut:
    """One clause more.

    Attributes:
        parts: All clauses with this cut.
        found: What they ask for.
        words: What the words say for and against the cut, as numbers.
        calls: What the calls say, likewise.
        same: Whether both halves ask for one function.
    """

    parts: tuple[Clause, ...]
    found: Resolution
    words: tuple[float, ...]
    calls: tuple[float, ...]
    same: bool

    @property
    def features(self) -> tuple[float, ...]:
        """Everything that is known of it."""
        return (*self.words, *self.calls)


@dataclass(slots=True)
class Cutter:
    """Looks for cuts in one utterance.

    Attributes:
        model: Its `cut` weights decide.
        view: The utterance.
        scores: Probabilities of the whole utterance.
        allowed: Functions that may be called.
        definitions: Name -> function.
        join: Resolves clauses.
        every: The places at which it may be cut.
        cue: Whether a word says that several things are asked for.
        halves: What stretches of words ask for, as far as it is known already.
    """

    model: EmbeddedModel
    view: View
    scores: Probabilities
    allowed: frozenset[str]
    definitions: Definitions
    join: Join
    every: list[tuple[int, str]] = field(init=False)
    cue: bool = field(init=False)
    halves: dict[tuple[int, int], Clause] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.every = list(places(self.view))
        self.cue = has_cue(self.view, self.every)

    def best(self, whole: Clause, found: Resolution) -> Resolution:
        """What the utterance asks for, cut as long as that is better.

        Args:
            whole: The utterance as one clause.
            found: What it asks for uncut.
        """
        if not self.model.cut:
            return found
        parts: tuple[Clause, ...] = (whole,)
        while len(parts) < MOST_CLAUSES:
            rated = [(self._rate(JUDGE, c.same, c.features), c) for c in self.cuts(parts, found)]
            rate, best = max(rated, key=lambda pair: pair[0], default=(0.0, None))
            if best is None or rate <= 0:
                return found
            parts, found = best.parts, best.found
        return found

    def cuts(self, parts: tuple[Clause, ...], found: Resolution) -> Iterator[Cut]:
        """The ways to cut one of the clauses in two that are worth a look.

        Args:
            parts: The clauses.
            found: What they ask for.
        """
        for number, place, kind in self._places(parts):
            part = parts[number]
            left, right = self._half(part.first, place), self._half(place, part.last)
            if min(left.probability, right.probability) < LEAST:
                continue
            words, same = self._words(left, right, kind), left.function == right.function
            if self.model.cut and self._rate(SCREEN, same, words) < logit(LIKELY):
                continue
            cut_in_two = (*parts[:number], left, right, *parts[number + 1 :])
            after = self.join(cut_in_two)
            yield Cut(cut_in_two, after, words, self._calls(after, found, same), same)

    def _places(self, parts: tuple[Clause, ...]) -> list[tuple[int, int, str]]:
        """(number of the clause, index of a word inside it, kind of the place)."""
        if len(self.every) > MOST_PLACES:
            return []
        every = self.every
        if not self._hinted():
            every = [(place, kind) for place, kind in every if kind in PLAIN]
        return [
            (number, place, kind)
            for number, part in enumerate(parts)
            for place, kind in every
            if part.first < place < part.last
        ]

    def _hinted(self) -> bool:
        """Whether there is a second function, a second time or a word such as それと."""
        functions = sum(p >= SECOND for name, p in self.scores.items() if name != NONE)
        return functions > 1 or len(self.view.times) > 1 or self.cue

    def _half(self, first: int, last: int) -> Clause:
        known = self.halves.get((first, last))
        if known is None:
            scores = choose_alone(self.model, cut(self.view, first, last), self.allowed)
            known = self.halves[first, last] = Clause(first, last, *best_function(scores))
        return known

    def _words(self, left: Clause, right: Clause, kind: str) -> tuple[float, ...]:
        forms = self.view.words.forms
        return (
            logit(min(left.probability, right.probability)),
            logit(self.scores.get(left.function, 0.0)),
            logit(self.scores.get(right.function, 0.0)),
            float(kind == CONNECTOR),
            float(kind == JOINT),
            float(kind == STOP),
            float(kind == LISTING),
            float(self.cue),
            min(len(forms), 60) / 20,
        )

    def _calls(self, after: Resolution, before: Resolution, same: bool) -> tuple[float, ...]:
        """What became of the calls; the first and the last of them stand for the halves."""
        first, last = after.calls[0].arguments, after.calls[-1].arguments
        schemas = self.definitions[after.calls[0].name].properties
        choices = {name for name, schema in schemas.items() if is_choice(schema)}
        differ = any(last.get(n, value) != value for n, value in first.items() if n in choices)
        own = [self._own(after, 0), self._own(after, len(after.calls) - 1)]
        return (
            float(same and differ),
            float(all(own)),
            float(all(own) and own[0] != own[1]),
            float(len(after.missing)),
            float(len(before.calls) > 1),
            float(len(after.calls)),
            float(sum(last.get(name) == value for name, value in first.items())),
            float(len(first)),
            float(len(last)),
            float(len(before.calls[0].arguments)),
            logit(after.certainty),
            logit(before.certainty),
        )

    def _own(self, found: Resolution, number: int) -> list[str]:
        """The words that a call has for itself, but for times."""
        return [
            m.text
            for m in found.mentions
            if m.argument is not None
            and m.argument.startswith(f"{number}.")
            and m.kind not in ("date", "datetime", "rrule")
        ]

    def _rate(self, stage: str, same: bool, features: tuple[float, ...]) -> float:
        """Log-odds that a cut is right; never, if training saw too few such cuts."""
        weights = self.model.cut.get(weights_name(stage, same))
        if weights is None:
            return -inf
        return sum(w * x for w, x in zip(weights, (*features, 1.0), strict=True))


def weights_name(stage: str, same: bool) -> str:
    """Under which name the model keeps the weights of a decision."""
    return f"{stage}.{'same' if same else 'different'}"
