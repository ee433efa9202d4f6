"""What the doctor finds: one thing, how it is, and what to do about it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

State = Literal["ok", "optional", "warning", "failed", "broken"]

EXIT_CODES = {"failed": 1, "broken": 3}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at.

    Attributes:
        area: What it belongs to: `program`, `language models`, `memory`, `in use`.
        what: Its name.
        state: `ok`; `optional` = not there, and nobody asked for it; `warning` = works, but;
            `failed` = a setting asks for it, and it does not work; `broken` = the program
            cannot work without it.
        text: How it is, in one line.
        todo: What to do next, in one line; "" = nothing.
    """

    area: str
    what: str
    state: State
    text: str
    todo: str = ""


def exit_code(findings: Iterable[Finding]) -> int:
    """0 = the program works; 1 = something that settings ask for does not; 3 = it cannot work."""
    return max((EXIT_CODES.get(finding.state, 0) for finding in findings), default=0)
