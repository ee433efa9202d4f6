"""The backend that needs no language model: variations of the cases there are."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from random import Random

from funcgemma.data.augment.kit import make_kit
from funcgemma.data.augment.recipes import TRANSFORMS, usable, vary
from funcgemma.data.corpus import Schemas
from funcgemma.data.groups import block_of
from funcgemma.data.labels import label_of
from funcgemma.records import Case


class CorpusBackend:
    """Varies the cases of a corpus by hand-made lexicons and rules."""

    name = "corpus"

    def __init__(
        self, cases: Sequence[Case], schemas: Schemas, methods: Iterable[str] = TRANSFORMS
    ) -> None:
        self._cases, self._methods = cases, tuple(methods)
        self._kit = make_kit(cases, schemas)

    def candidates(self, label: str, rng: Random) -> Iterator[Case | None]:
        """Rows for a label without end, None for each attempt that failed."""
        bases = [
            case for case in self._cases if label_of(case) == label and usable(case, self._kit)
        ]
        while bases:
            rng.shuffle(bases)
            for case in bases:
                made = vary(case, rng, self._kit, self._methods)
                yield _with_origin(case, *made) if made else None


def _with_origin(base: Case, row: Case, methods: tuple[str, ...]) -> Case:
    """The row with where it comes from, in the group of its case: no split parts the two."""
    origin = {"methods": list(methods), "case": base.id, "block": block_of(base.id)}
    group = base.group or base.writer or block_of(base.id)
    return replace(row, group=group, extra={**base.extra, "provenance": origin})
