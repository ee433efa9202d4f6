"""Which logged utterances have been reviewed: their ids, and what was answered."""

import os
from collections.abc import Iterable
from pathlib import Path

from funcgemma.errors import WorldError

MARKS = "log.reviewed"
"""Name of the file in the user's data folder; it holds no text."""


def read_marks(path: Path) -> frozenset[str]:
    """The ids of what was reviewed.

    Raises:
        WorldError: The file is there, but cannot be read.
    """
    try:
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    except FileNotFoundError:
        return frozenset()
    except OSError as error:
        raise WorldError(f"{path}: {error.strerror}", "make it readable, or move it") from error
    return frozenset(line.split()[0] for line in lines if line.split())


def add_marks(path: Path, ids: Iterable[str], answer: str) -> None:
    """Note that utterances were reviewed.

    Raises:
        WorldError: The disk is full, or the place cannot be written.
    """
    text = "".join(f"{name} {answer}\n" for name in ids)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT
        with os.fdopen(os.open(path, flags, 0o600), "a", encoding="utf-8") as file:
            file.write(text)
    except OSError as error:
        raise WorldError(f"{path}: {error.strerror}", "free some space") from error
