"""How one case came out: the few plain values from which every rate is counted.

A saved report keeps them for each case, so that two reports can be compared
case by case without the cases, the decisions or the model.
"""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any

from funcgemma.data.cases import case_to_json
from funcgemma.errors import DataError
from funcgemma.evaluation.judged import Judged, missing_right
from funcgemma.records import Case

EVERYDAY = "everyday"
ENOUGH_GROUPS = 8
"""With fewer writers or dialogues than this, resampling them says nothing."""
_TURN = re.compile(r"\.\d+$")


@dataclass(frozen=True, slots=True)
class Outcome:
    """One case of a report.

    Attributes:
        id: The case's.
        group: What the case is resampled with: its writer, its dialogue, or itself.
        said: A short hash of what the router was given.
        wanted: A short hash of the gold calls.
        everyday: It has the tag `everyday`.
        asks: The gold has a call.
        acts: The router made one.
        function_right: The names are equal as multisets.
        call_right: Names and every argument are right.
        arguments_right: Right arguments among the gold's.
        arguments_total: Arguments of the gold.
        missing_right: Something is listed as missing, as it should; None where nothing is.
        confidence: What the router said how sure it is.
    """

    id: str
    group: str
    said: str
    wanted: str
    everyday: bool
    asks: bool
    acts: bool
    function_right: bool
    call_right: bool
    arguments_right: int
    arguments_total: int
    missing_right: bool | None
    confidence: float


COLUMNS = tuple(f.name for f in fields(Outcome))


def outcomes(judged: Sequence[Judged], groups: Sequence[str] | None = None) -> list[Outcome]:
    """The outcomes of judged cases; without `groups`, every case stands for itself."""
    named = groups or [j.case.id for j in judged]
    return [_outcome(j, group) for j, group in zip(judged, named, strict=True)]


def _outcome(judged: Judged, group: str) -> Outcome:
    case, decision, score = judged.case, judged.decision, judged.score
    whole = case_to_json(case)
    return Outcome(
        id=case.id,
        group=group,
        said=_hash([whole["text"], whole["history"], whole["now"]]),
        wanted=_hash(whole["calls"]),
        everyday=EVERYDAY in case.tags,
        asks=bool(case.calls),
        acts=bool(decision.calls),
        function_right=score.function_right,
        call_right=score.call_right,
        arguments_right=score.arguments_right,
        arguments_total=score.arguments_total,
        missing_right=missing_right(case, decision) if "missing" in case.tags else None,
        confidence=round(decision.confidence, 4),
    )


def _hash(value: Any) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()[:8]


def resampling_groups(cases: Sequence[Case]) -> tuple[str, list[str]]:
    """What is resampled for intervals, and each case's group.

    Cases by one writer, and turns of one dialogue, are alike: resampling single cases would
    make the intervals too narrow. Writers if there are at least eight and every case has
    one, else dialogues, else cases.
    """
    writers = [case.writer for case in cases]
    if all(writers) and len(set(writers)) >= ENOUGH_GROUPS:
        return "writers", writers
    dialogues = [_dialogue(case) for case in cases]
    if ENOUGH_GROUPS <= len(set(dialogues)) < len(cases):
        return "dialogues", dialogues
    return "cases", [f"{number}" for number, _ in enumerate(cases)]


def _dialogue(case: Case) -> str:
    """The group that is never split; where that is the writer, the id without its turn."""
    if case.group and case.group != case.writer:
        return case.group
    return _TURN.sub("", case.id)


def to_table(rows: Sequence[Outcome]) -> dict[str, Any]:
    """Outcomes as a compact table of plain JSON values."""
    return {"columns": list(COLUMNS), "rows": [list(asdict(row).values()) for row in rows]}


def from_table(table: Mapping[str, Any], place: str) -> list[Outcome]:
    """Read such a table.

    Raises:
        DataError: It is damaged; the message begins with `place`.
    """
    try:
        order = [table["columns"].index(name) for name in COLUMNS]
        rows = [Outcome(*(row[i] for i in order)) for row in table["rows"]]
    except (KeyError, ValueError, TypeError, IndexError, AttributeError) as error:
        raise DataError(
            f"{place}: its table of cases is damaged", "make the report again"
        ) from error
    if not all(_plain(row) for row in rows):
        raise DataError(f"{place}: its table of cases holds wrong values", "make the report again")
    return rows


def _plain(row: Outcome) -> bool:
    flags = (row.everyday, row.asks, row.acts, row.function_right, row.call_right)
    counts = (row.arguments_right, row.arguments_total)
    return (
        all(isinstance(flag, bool) for flag in flags)
        and all(isinstance(count, int) for count in counts)
        and all(isinstance(text, str) for text in (row.id, row.group, row.said, row.wanted))
        and isinstance(row.missing_right, bool | None)
        and isinstance(row.confidence, int | float)
    )
