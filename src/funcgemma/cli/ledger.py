"""What became of corrections: which have been learned, and which are held back and why.

It belongs to one corpus and one set of functions: with others everything is tried again.
"""

import contextlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from funcgemma.errors import WorldError

Why = Literal["lost", "unlearned"]
"""`lost`: too much else would be wrong. `unlearned`: the model says something else all the same."""


@dataclass(frozen=True, slots=True)
class Ledger:
    """Corrections by their hashes.

    Attributes:
        serving: The name of the model's folder that has learned `learned`.
        learned: What the model that serves has learned.
        held: What was tried and did no good.
    """

    serving: str = ""
    learned: frozenset[str] = frozenset()
    held: Mapping[str, Why] = field(default_factory=dict)


def read_ledger(path: Path) -> Ledger:
    """The ledger in a file; an empty one where there is none that can be read."""
    try:
        data = json.loads(path.read_bytes())
        held: dict[str, Why] = {
            str(name): "lost" if why == "lost" else "unlearned"
            for name, why in data["held"].items()
        }
        return Ledger(str(data["serving"]), frozenset(map(str, data["learned"])), held)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return Ledger()


def write_ledger(path: Path, ledger: Ledger) -> None:
    """Write it whole.

    Raises:
        WorldError: The place cannot be written.
    """
    data = {
        "serving": ledger.serving,
        "learned": sorted(ledger.learned),
        "held": dict(sorted(ledger.held.items())),
    }
    sibling = path.with_name(path.name + ".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        sibling.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")
        sibling.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            sibling.unlink(missing_ok=True)
        raise WorldError(f"{path}: {error.strerror}", "choose a folder you can write") from error
