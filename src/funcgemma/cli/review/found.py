"""What there is to review: the log, less what was reviewed, judged by the router of today."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from funcgemma.cli.decisions import decision_to_json
from funcgemma.cli.diary import functions_of
from funcgemma.cli.review.marks import MARKS, read_marks
from funcgemma.cli.teach.teacher import recalled
from funcgemma.data.cases import case_to_json
from funcgemma.data.log import LOG, Entry, entry_to_json, read_log
from funcgemma.errors import DataError
from funcgemma.router import Router
from funcgemma.training.corrections import CORRECTIONS, identity, read_corrections
from funcgemma.training.doubt import Doubtful, most_doubtful


@dataclass(frozen=True, slots=True)
class Found:
    """What is in a log.

    Attributes:
        items: What to ask about, in this order.
        logged: Entries in all.
        reviewed: Those that were reviewed, or put right before.
        others: Those of other functions.
        problems: Lines that cannot be read.
    """

    items: tuple[Doubtful, ...] = ()
    logged: int = 0
    reviewed: int = 0
    others: int = 0
    problems: tuple[DataError, ...] = ()


def find(data: Path, router: Router, limit: int) -> Found:
    """Look for what the router is least sure of.

    Args:
        data: The user's data folder.
        router: Decides now, without a language model.
        limit: How many utterances to ask about.

    Raises:
        WorldError: A file is there, but cannot be read.
    """
    log, marks = read_log(data / LOG), read_marks(data / MARKS)
    settled = set(map(identity, read_corrections(data / CORRECTIONS).cases))
    functions = functions_of(router)
    left = [
        entry
        for entry in log.entries
        if entry.case.id not in marks and identity(entry.case) not in settled
    ]
    ours = [entry for entry in left if entry.functions == functions]
    judged = [(e, router.route(recalled(router, e.case.dialogue))) for e in ours]
    items = tuple(most_doubtful(judged, limit))
    count = len(log.entries)
    return Found(items, count, count - len(left), len(left) - len(ours), log.problems)


def logged(data: Path) -> tuple[Entry, ...]:
    """Every entry, oldest first.

    Raises:
        WorldError: The log is there, but cannot be read.
    """
    return read_log(data / LOG).entries


def item_to_json(item: Doubtful) -> dict[str, Any]:
    """What is asked about, as one object: the case with the decision of today, and of then."""
    said = entry_to_json(item.entry)
    now = decision_to_json(item.decision)
    now.pop("latency_ms", None)
    ids = [entry.case.id for entry in item.entries]
    return {
        **case_to_json(item.entry.case),
        **now,
        "doubt": round(item.doubt, 4),
        "times": len(ids),
        "then": {"calls": said["calls"], **said["router"]},
    }
