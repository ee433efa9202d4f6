"""How often writers repeat themselves and each other."""

from collections.abc import Sequence
from dataclasses import dataclass

from funcgemma.data.similar import NEAR, alike
from funcgemma.records import Case


@dataclass(frozen=True, slots=True)
class Pair:
    """Two cases whose texts are the same (similarity 1) or nearly so."""

    first: Case
    second: Case
    similarity: float

    @property
    def within(self) -> bool:
        """Whether one writer wrote both."""
        return self.first.writer == self.second.writer


@dataclass(frozen=True, slots=True)
class Duplicates:
    """The pairs, most alike first, and short texts with the cases that have them."""

    pairs: tuple[Pair, ...]
    short: tuple[tuple[str, tuple[Case, ...]], ...]

    def count(self, *, within: bool, same: bool) -> int:
        """Pairs of one writer or of two, of the same text or of nearly the same."""
        return sum(p.within == within and (p.similarity == 1.0) == same for p in self.pairs)


def find_duplicates(cases: Sequence[Case], threshold: float = NEAR) -> Duplicates:
    """Find the cases that are the same or nearly the same.

    Args:
        cases: Any number of cases.
        threshold: Jaccard similarity of character 4-grams from which a pair counts.
    """
    found = alike([case.text for case in cases], threshold)
    pairs = sorted(found.pairs(), key=lambda pair: (-pair[2], pair[0], pair[1]))
    short = sorted(found.same_short(), key=lambda item: (-len(item[1]), item[0]))
    return Duplicates(
        tuple(Pair(cases[i], cases[j], similarity) for i, j, similarity in pairs),
        tuple((text, tuple(cases[i] for i in members)) for text, members in short),
    )
