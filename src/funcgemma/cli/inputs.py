"""The cases that the data commands are given: files, or the corpus where there are none."""

from collections.abc import Sequence
from pathlib import Path

from funcgemma.cli.bootstrap import own_files, training_cases
from funcgemma.cli.settings import Settings
from funcgemma.data.cases import read_cases
from funcgemma.data.corpus import read_corpus
from funcgemma.data.shipped import content_hash, shipped_files
from funcgemma.errors import DataError
from funcgemma.functions.registry import FunctionRegistry
from funcgemma.records import Case


def read_inputs(
    files: Sequence[Path], settings: Settings, registry: FunctionRegistry
) -> tuple[Case, ...]:
    """The cases of case files and corpus files; without files the shipped corpus and the user's.

    Raises:
        DataError: A file is wrong or holds no case.
    """
    if not files:
        return training_cases(settings, registry)
    return tuple(case for path in files for case in read_input(path, registry))


def read_input(path: Path, registry: FunctionRegistry) -> tuple[Case, ...]:
    """The cases of one case file (.jsonl) or corpus file (.txt).

    Raises:
        DataError: The file is wrong or holds no case.
    """
    corpus = path.suffix == ".txt"
    return some_cases(path, read_corpus(path, registry.schemas) if corpus else read_cases(path))


def some_cases(path: Path, cases: tuple[Case, ...]) -> tuple[Case, ...]:
    """The cases of a file, if there are any.

    Raises:
        DataError: There are none.
    """
    if not cases:
        raise DataError(f"{path}: there are no cases in it", "give a file with cases")
    return cases


def input_hashes(files: Sequence[Path], settings: Settings) -> dict[str, str]:
    """Name of each input -> SHA-256 of its contents."""
    if files:
        return {str(path): content_hash((path,)) for path in files}
    hashes = {"shipped corpus": content_hash(shipped_files())}
    own = own_files(settings)
    return hashes | ({"own corpus": content_hash(own)} if own else {})
