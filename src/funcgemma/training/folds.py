"""Parts of a corpus that share no writer."""

import hashlib
from collections.abc import Sequence

from funcgemma.records import Case

LARGE = 3000
"""From this many cases on, three parts are enough."""


def writer_folds(cases: Sequence[Case], folds: int, seed: int) -> list[list[int]]:
    """Indices of the cases, in at most `folds` parts of about equal size.

    Cases of one group (else writer, else dialogue) stay together.
    """
    groups: dict[str, list[int]] = {}
    for i, case in enumerate(cases):
        key = case.group or case.writer or case.id.rsplit(".", 1)[0]
        groups.setdefault(key, []).append(i)
    count = max(2, min(3 if len(cases) > LARGE else folds, len(groups)))
    if len(groups) == 1:  # a single writer: part by cases, there is nothing better
        groups = {}
        for i, case in enumerate(cases):
            groups.setdefault(case.id.rsplit(".", 1)[0], []).append(i)
        if len(groups) == 1:  # ids of one stem that are no dialogue
            groups = {str(i): [i] for i in range(len(cases))}
        count = min(folds, len(groups))
    names = sorted(groups, key=lambda name: (-len(groups[name]), _order(name, seed)))
    parts: list[list[int]] = [[] for _ in range(count)]
    for name in names:
        min(parts, key=len).extend(groups[name])
    return [sorted(part) for part in parts if part]


def _order(name: str, seed: int) -> str:
    """A shuffled order that stays as it is when other groups come or go."""
    return hashlib.sha256(f"{seed}:{name}".encode()).hexdigest()
