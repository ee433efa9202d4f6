"""Text without gold: an utterance a line, case files and corpus files whose calls are ignored."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from funcgemma.data.cases import read_cases
from funcgemma.data.corpus import read_corpus
from funcgemma.errors import DataError
from funcgemma.records import Case

HEADER = "writer:"
"""How a corpus file begins."""


def read_texts(
    path: Path, schemas: Mapping[str, Mapping[str, Any]], now: datetime
) -> tuple[Case, ...]:
    """The utterances of a file, without their calls; their dialogues stay as they are.

    Args:
        path: A `.jsonl` file of cases, or a text file: a corpus file, or an utterance a line.
        schemas: Of the functions, for a corpus file.
        now: The clock of plain lines, which have none.

    Raises:
        DataError: The file is wrong or holds nothing.
    """
    if path.suffix == ".jsonl":
        cases = read_cases(path)
    else:
        lines = _lines(path)
        corpus = next((line for line in lines if line), "").startswith(HEADER)
        cases = read_corpus(path, schemas) if corpus else _plain(path, lines, now)
    if not cases:
        raise DataError(f"{path}: there is no text in it", "give a file with utterances")
    return tuple(replace(case, calls=(), spans={}) for case in cases)


def _lines(path: Path) -> list[str]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise DataError(f"{path}: cannot be read: {error.strerror}", "check the path") from error
    except UnicodeDecodeError as error:
        raise DataError(f"{path}: is not UTF-8 text", "give a UTF-8 text file") from error
    return [line.strip() for line in text.split("\n")]


def _plain(path: Path, lines: list[str], now: datetime) -> tuple[Case, ...]:
    return tuple(
        Case(f"{path.stem}-{n}", line, now, language="en" if line.isascii() else "ja")
        for n, line in enumerate(lines, start=1)
        if line
    )
