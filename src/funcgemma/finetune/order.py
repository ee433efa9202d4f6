"""Which examples a step takes: known from the seed and from how many were taken before.

Nothing has to be remembered but that number, so a run goes on exactly where it was stopped.
"""

import random
from collections.abc import Hashable, Sequence
from functools import lru_cache


class Order:
    """Every example once, in random order; then again in another, and so on.

    Examples of the same kind come in batches, as far as there are enough of them: they share
    the work. The few that make up no whole batch are left for another round.

    Args:
        kinds: Of each example; those with equal ones share their developer turn.
        batch: How many make up a batch.
        seed: Decides the orders.
    """

    def __init__(self, kinds: Sequence[Hashable], batch: int, seed: int) -> None:
        self._groups: dict[Hashable, list[int]] = {}
        for index, kind in enumerate(kinds):
            self._groups.setdefault(kind, []).append(index)
        self._batch = min(batch, len(kinds))
        self._length = len(kinds) // self._batch * self._batch
        self._seed = seed
        self._round = lru_cache(maxsize=2)(self._shuffled)

    def take(self, seen: int, number: int) -> list[int]:
        """The next examples after those seen, by index."""
        places = (divmod(n, self._length) for n in range(seen, seen + number))
        return [self._round(which)[at] for which, at in places]

    def _shuffled(self, which: int) -> list[int]:
        rng = random.Random(f"{self._seed} round {which}")
        batches: list[list[int]] = []
        rest: list[int] = []
        for group in self._groups.values():
            mixed = rng.sample(group, len(group))
            whole = len(mixed) // self._batch * self._batch
            batches += _cut(mixed[:whole], self._batch)
            rest += mixed[whole:]
        rng.shuffle(rest)
        batches += _cut(rest[: self._length - len(batches) * self._batch], self._batch)
        rng.shuffle(batches)
        return [index for batch in batches for index in batch]


def _cut(indices: Sequence[int], size: int) -> list[list[int]]:
    return [list(indices[at : at + size]) for at in range(0, len(indices), size)]
