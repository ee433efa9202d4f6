"""Where a run stands: what it has, what it lacks, and why rows were refused."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from funcgemma.backends.base import Backend
from funcgemma.data.labels import label_of
from funcgemma.data.llm.flaws import Flaw, Reason
from funcgemma.records import Case


@dataclass(frozen=True, slots=True)
class Step:
    """What one question gave.

    Attributes:
        label: The function, or `no_function`.
        rows: Those that are kept.
        refused: Why the others are not.
    """

    label: str
    rows: tuple[Case, ...] = ()
    refused: tuple[Flaw, ...] = ()


@dataclass(slots=True)
class Tally:
    """Where a run stands.

    Attributes:
        made: Rows by label, with those that an earlier run has left.
        refused: How often each reason came up in this run.
        asked: Questions in this run.
        given_up: Labels for which the model gave nothing any more.
    """

    made: Counter[str] = field(default_factory=Counter)
    refused: Counter[Reason] = field(default_factory=Counter)
    asked: int = 0
    given_up: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, rows: Iterable[Case]) -> "Tally":
        """Of the rows that an earlier run has left."""
        return cls(Counter(map(label_of, rows)))


def own_rows(rows: Iterable[Case], backend: Backend, seed: int) -> Iterator[Case]:
    """The rows that a run of this model and seed has left."""
    for row in rows:
        origin = origin_of(row)
        if origin.get("backend") == backend.name and origin.get("seed") == seed:
            yield row


def origin_of(row: Case) -> Mapping[str, Any]:
    """The provenance of a row; empty where it has none."""
    found = row.extra.get("provenance")
    return found if isinstance(found, Mapping) else {}


def shares_of(labels: Sequence[str], count: int) -> dict[str, int]:
    """How many rows each label gets; the first ones get one more where it does not come out."""
    each, rest = divmod(count, len(labels))
    return {label: each + (place < rest) for place, label in enumerate(labels)}


def wanting(labels: Sequence[str], count: int, tally: Tally) -> list[str]:
    """The labels that lack rows and have not been given up."""
    return [
        label
        for label, share in shares_of(labels, count).items()
        if tally.made[label] < share and label not in tally.given_up
    ]
