"""Generate cases for functions: the same number for each, no text twice, all from one seed.

A backend proposes rows; this file counts, refuses and signs them, and gives them back at once.
Rows of a language model come slowly and are kept one by one: `funcgemma.data.llm.generate`.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from random import Random
from typing import Any, Protocol

from funcgemma.records import Case

SOURCE = "generated"
PATIENCE = 2000
"""A label is given up after so many attempts in a row that gave nothing new."""

Progress = Callable[[float, str], None]


class Backend(Protocol):
    """Where rows come from."""

    @property
    def name(self) -> str:
        """What `--backend` and the provenance call it."""
        ...

    def candidates(self, label: str, rng: Random) -> Iterator[Case | None]:
        """Rows for a function or `no_function`, with their gold; None for a failed attempt.

        What `extra["provenance"]` says of a row is kept. The same `rng` gives the same rows.
        """
        ...


def generate(
    backend: Backend,
    labels: Sequence[str],
    count: int,
    *,
    seed: int = 0,
    taken: Collection[str] = (),
    origin: Mapping[str, Any] | None = None,
    progress: Progress = lambda share, text: None,
) -> tuple[Case, ...]:
    """Make `count` cases, as evenly over the labels as the backend allows.

    Args:
        backend: Where rows come from.
        labels: Functions, and `no_function` if wanted.
        count: How many in all; fewer come back only if no label has any more to give.
        seed: The same seed gives the same rows.
        taken: Texts that must not come out (the corpus).
        origin: What else each row's provenance says (the hash of the corpus).
        progress: Called with the share that is done and the label.
    """
    seen = set(taken)
    streams = {label: backend.candidates(label, Random(f"{seed} {label}")) for label in labels}
    rows: dict[str, list[Case]] = {label: [] for label in labels}
    open_labels = list(labels)
    made = 0
    while made < count and open_labels:
        for label in list(open_labels)[: count - made]:
            row = _next(streams[label], seen)
            if row is None:
                open_labels.remove(label)
                continue
            seen.add(row.text)
            rows[label].append(row)
            made += 1
        progress(made / count, f"{made} of {count}")
    signed = {"backend": backend.name, "seed": seed, **(origin or {})}
    found = [row for label in labels for row in rows[label]]
    return tuple(_signed(row, f"gen-{seed}-{n:05d}", signed) for n, row in enumerate(found, 1))


def _next(stream: Iterator[Case | None], seen: Collection[str]) -> Case | None:
    """The next row with a new text; None when the backend has nothing more to give."""
    for _ in range(PATIENCE):
        try:
            row = next(stream)
        except StopIteration:
            return None
        if row is not None and row.text not in seen:
            return row
    return None


def _signed(row: Case, case_id: str, signed: Mapping[str, Any]) -> Case:
    own = row.extra.get("provenance", {})
    extra = {**row.extra, "source": SOURCE, "provenance": {**own, **signed}}
    return replace(row, id=case_id, extra=extra)
