"""The label a case counts for when cases are counted, balanced or generated."""

from collections import Counter
from collections.abc import Iterable

from funcgemma.records import Case

NO_FUNCTION = "no_function"


def label_of(case: Case) -> str:
    """The function of the first call, or `no_function`."""
    return case.calls[0].name if case.calls else NO_FUNCTION


def count_labels(cases: Iterable[Case]) -> dict[str, int]:
    """Label -> number of cases, by name."""
    return dict(sorted(Counter(map(label_of, cases)).items()))
