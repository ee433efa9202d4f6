"""Which function was taken for which.

A row is what was wanted, a column what was decided. Where a case has several
calls, they are counted so:

1. what is wanted and decided alike stands on the diagonal, each call once;
2. what is left on both sides is paired in its order (wanted A, B and decided C, D
   counts A→C and B→D);
3. a wanted call that has no partner counts as decided `no_function`, a decided one
   as wanted `no_function`.

A case without calls on either side counts once on `no_function`'s diagonal. So a
row's sum is the number of wanted calls, except for `no_function`, whose row also
holds every superfluous call.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import Any

from funcgemma.evaluation.judged import NO_FUNCTION, Judged

Pair = tuple[str, str]


def confusion(judged: Sequence[Judged], names: Sequence[str]) -> dict[str, Any]:
    """The matrix: `labels`, and `counts` with a row a label; unknown names come last."""
    pairs = Counter(pair for j in judged for pair in _pairs(j))
    known = [*names, NO_FUNCTION]
    labels = known + sorted({name for pair in pairs for name in pair} - set(known))
    return {"labels": labels, "counts": [[pairs[row, col] for col in labels] for row in labels]}


def _pairs(judged: Judged) -> Iterator[Pair]:
    wanted = [call.name for call in judged.case.calls]
    decided = [call.name for call in judged.decision.calls]
    if not wanted and not decided:
        yield NO_FUNCTION, NO_FUNCTION
    for name in list(wanted):
        if name in decided:
            wanted.remove(name)
            decided.remove(name)
            yield name, name
    yield from zip_longest(wanted, decided, fillvalue=NO_FUNCTION)
