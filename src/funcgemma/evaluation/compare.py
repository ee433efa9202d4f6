"""Two saved reports side by side: which differences are more than chance.

Where both judged the same cases, the interval of a difference is a paired
bootstrap: the same draws of groups for both, so that what is hard for either
cancels out. Otherwise it is put together from the two reports' own intervals
(MOVER: Zou & Donner, Construction of confidence limits about effect measures,
Statistics in Medicine 2008; for Wilson's intervals this is Newcombe's method).

A paired difference also needs six groups in which the two differ at all: with
fewer, even a sign test could not reach 95 %, while a bootstrap may seem to.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from math import sqrt
from typing import Any

from funcgemma.errors import DataError
from funcgemma.evaluation.intervals import intervals, middle, resampled
from funcgemma.evaluation.judged import DIGITS
from funcgemma.evaluation.outcomes import Outcome, from_table
from funcgemma.evaluation.rates import LOWER_IS_BETTER, MAIN, Counted, ratio
from funcgemma.statistics.proportions import Interval

FORMAT = 1
FEWEST_DIFFERENT = 6

Report = Mapping[str, Any]


def compare_reports(
    a: Report, b: Report, *, names: tuple[str, str] = ("A", "B"), seed: int = 0
) -> dict[str, Any]:
    """The differences of the main rates, B − A, as plain JSON values.

    Args:
        a: A saved report.
        b: Another one.
        names: What to call them in messages.
        seed: Fixes the bootstrap.

    Raises:
        DataError: A report holds no row for each case, or is damaged.
    """
    rows_a, rows_b = _rows(a, names[0]), _rows(b, names[1])
    paired = _same_cases(rows_a, rows_b)
    if paired:
        rows_a, rows_b = _in_order(rows_a), _in_order(rows_b)
    find = _paired if paired else _unpaired
    return {
        "format": FORMAT,
        "a": {"name": names[0], "about": a["about"], "cases": len(rows_a)},
        "b": {"name": names[1], "about": b["about"], "cases": len(rows_b)},
        "paired": paired,
        "changed": _changed(rows_a, rows_b) if paired else 0,
        "flips": _flips(rows_a, rows_b) if paired else None,
        "rates": find(rows_a, rows_b, seed),
    }


def same_cases(reports: Sequence[Report], names: Sequence[str]) -> bool:
    """Whether all reports judged the same utterances.

    Raises:
        DataError: A report holds no row for each case, or is damaged.
    """
    first, *others = (_rows(report, name) for report, name in zip(reports, names, strict=True))
    return all(_same_cases(first, other) for other in others)


def _rows(report: Report, name: str) -> list[Outcome]:
    if "table" not in report:
        raise DataError(
            f"{name}: holds no row for each case",
            "save a report with `funcgemma evaluate --output FILE`",
        )
    rows = from_table(report["table"], name)
    if not rows:
        raise DataError(f"{name}: there are no cases in it", "evaluate some cases")
    return rows


def _key(row: Outcome) -> tuple[str, str]:
    return row.id, row.said


def _same_cases(a: Sequence[Outcome], b: Sequence[Outcome]) -> bool:
    """Whether both judged the same utterances under the same ids."""
    return Counter(map(_key, a)) == Counter(map(_key, b))


def _in_order(rows: Sequence[Outcome]) -> list[Outcome]:
    return sorted(rows, key=_key)


def _changed(a: Sequence[Outcome], b: Sequence[Outcome]) -> int:
    return sum(x.wanted != y.wanted for x, y in zip(a, b, strict=True))


def _flips(a: Sequence[Outcome], b: Sequence[Outcome]) -> dict[str, int]:
    """Cases whose whole call is right in one only."""
    pairs = [(x.call_right, y.call_right) for x, y in zip(a, b, strict=True)]
    return {"only_a": pairs.count((True, False)), "only_b": pairs.count((False, True))}


def _paired(a: Sequence[Outcome], b: Sequence[Outcome], seed: int) -> dict[str, Any]:
    counted_a, counted_b = _counted(a), _counted(b)
    both = {f"a.{n}": parts for n, parts in counted_a.items()}
    both |= {f"b.{n}": parts for n, parts in counted_b.items()}
    groups = [row.group for row in a]
    drawn = resampled(both, groups, seed=seed)
    found = {}
    for i, name in enumerate(MAIN):
        bounds = middle(drawn[:, len(MAIN) + i] - drawn[:, i])
        differing = _differing(counted_a[name], counted_b[name], groups)
        enough = differing >= FEWEST_DIFFERENT
        found[name] = _rate(name, counted_a[name], counted_b[name], bounds, enough)
    return found


def _differing(a: Sequence[Counted], b: Sequence[Counted], groups: Sequence[str]) -> int:
    """In how many groups the two differ."""
    return len({group for x, y, group in zip(a, b, groups, strict=True) if x != y})


def _unpaired(a: Sequence[Outcome], b: Sequence[Outcome], seed: int) -> dict[str, Any]:
    counted_a, counted_b = _counted(a), _counted(b)
    own_a = intervals(counted_a, [row.group for row in a], seed=seed)
    own_b = intervals(counted_b, [row.group for row in b], seed=seed + 1)
    found = {}
    for name in MAIN:
        one, other = counted_a[name], counted_b[name]
        bounds = _combined(ratio(one), own_a[name], ratio(other), own_b[name])
        found[name] = _rate(name, one, other, bounds, True)
    return found


def _combined(
    a: float | None, of_a: Interval | None, b: float | None, of_b: Interval | None
) -> Interval | None:
    """The interval of b − a from the interval of each."""
    if a is None or b is None or of_a is None or of_b is None:
        return None
    below = sqrt((b - of_b[0]) ** 2 + (of_a[1] - a) ** 2)
    above = sqrt((of_b[1] - b) ** 2 + (a - of_a[0]) ** 2)
    return round(b - a - below, 4), round(b - a + above, 4)


def _counted(rows: Sequence[Outcome]) -> dict[str, list[Counted]]:
    return {name: [part(row) for row in rows] for name, part in MAIN.items()}


def _rate(
    name: str,
    a: Sequence[Counted],
    b: Sequence[Counted],
    bounds: Interval | None,
    enough: bool,
) -> dict[str, Any]:
    one, other = ratio(a), ratio(b)
    difference = None if one is None or other is None else round(other - one, DIGITS)
    return {
        "a": one,
        "b": other,
        "difference": difference,
        "interval": None if bounds is None or difference is None else list(bounds),
        "verdict": _verdict(name, difference, bounds, enough),
    }


def _verdict(name: str, difference: float | None, bounds: Interval | None, enough: bool) -> str:
    """`better` or `worse` in B; `unclear`; `few`: clear of zero, but on too few differences."""
    if difference is None or bounds is None or bounds[0] <= 0 <= bounds[1]:
        return "unclear"
    if not enough:
        return "few"
    return "better" if (difference < 0) == (name in LOWER_IS_BETTER) else "worse"
