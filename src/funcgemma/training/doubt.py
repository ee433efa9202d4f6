"""Which utterances are worth a question: those a router is least sure of, and no ten of a kind.

The most doubtful comes first; each further one loses by how much it is like one that was
taken before (maximal marginal relevance).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from funcgemma.data.log import Entry
from funcgemma.data.similar import jaccard, plain
from funcgemma.records import Decision

ALIKE = 0.8
"""From this similarity on, one of two utterances is enough."""

GRAM = 2


@dataclass(frozen=True, slots=True)
class Doubtful:
    """Something to ask about.

    Attributes:
        entries: Where it was said, the newest last; all say the same and are decided alike.
        decision: What the router makes of the newest now.
        doubt: How little sure it is, 0..1.
    """

    entries: tuple[Entry, ...]
    decision: Decision
    doubt: float

    @property
    def entry(self) -> Entry:
        """The newest."""
        return self.entries[-1]


def doubt(decision: Decision) -> float:
    """How little sure a decision is, 0..1; one that does not keep to its bound, a half at least."""
    little = 1.0 - min(1.0, max(0.0, decision.confidence))
    return (1.0 + little) / 2 if decision.unsure else little


def most_doubtful(judged: Iterable[tuple[Entry, Decision]], limit: int) -> list[Doubtful]:
    """At most `limit` utterances, in the order in which to ask about them.

    Args:
        judged: Entries of a log, oldest first, with what the router makes of each now.
        limit: How many.
    """
    waiting = _grouped(judged)
    sets = [_grams(item.entry.case.text) for item in waiting]
    nearest = [0.0] * len(waiting)
    left = set(range(len(waiting)))
    taken: list[Doubtful] = []
    while left and len(taken) < limit:
        best = min(left, key=lambda i: (-waiting[i].doubt * (1 - nearest[i]), i))
        left.discard(best)
        taken.append(waiting[best])
        for i in list(left):
            nearest[i] = max(nearest[i], jaccard(sets[i], sets[best]))
            if nearest[i] >= ALIKE:
                left.discard(i)
    return taken


def _grouped(judged: Iterable[tuple[Entry, Decision]]) -> Sequence[Doubtful]:
    """Equal utterances that are decided alike, as one."""
    groups: dict[tuple[str, str], list[tuple[Entry, Decision]]] = {}
    for entry, decision in judged:
        groups.setdefault((plain(entry.case.text), repr(decision.calls)), []).append(
            (entry, decision)
        )
    return [
        Doubtful(tuple(e for e, _ in members), members[-1][1], doubt(members[-1][1]))
        for members in groups.values()
    ]


def _grams(text: str) -> frozenset[str]:
    said = f" {plain(text)} "
    return frozenset(said[i : i + GRAM] for i in range(len(said) - GRAM + 1))
