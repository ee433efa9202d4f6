"""The cases that a command is given: a case file, a corpus file, or a suite."""

from collections.abc import Sequence
from pathlib import Path

from funcgemma.cli.console import say
from funcgemma.cli.inputs import some_cases
from funcgemma.data.cases import read_cases
from funcgemma.data.corpus import Schemas, read_corpus
from funcgemma.records import Case


def read_early(path: Path) -> tuple[Case, ...] | None:
    """The cases of a case file, before a model is loaded; None for corpus files.

    A corpus file can only be read when the functions' schemas are known.

    Raises:
        DataError: The file is wrong or holds no case.
    """
    return None if path.suffix == ".txt" else some_cases(path, read_cases(path))


def read_late(path: Path, early: tuple[Case, ...] | None, schemas: Schemas) -> tuple[Case, ...]:
    """All cases, now that the functions are known; unknown ones are named on stderr.

    Raises:
        DataError: The corpus file is wrong or holds no case.
    """
    cases = early or some_cases(path, read_corpus(path, schemas))
    _name_unknown(cases, schemas)
    return cases


def _name_unknown(cases: Sequence[Case], schemas: Schemas) -> None:
    unknown = {call.name for case in cases for call in case.calls} - set(schemas)
    if unknown:
        names = ", ".join(sorted(unknown))
        say(f"The cases call functions that are not known here and cannot be right: {names}")
