"""The corpus that comes with the package, and the folder where users keep their own."""

import hashlib
from collections.abc import Iterable
from importlib.resources import as_file, files
from pathlib import Path

from funcgemma.data.corpus import Schemas, read_corpus
from funcgemma.records import Case


def shipped_files() -> tuple[Path, ...]:
    """The package's corpus files, in a fixed order."""
    with as_file(files("funcgemma.corpus")) as folder:
        return tuple(sorted(folder.glob("*/*.txt")))


def read_files(paths: Iterable[Path], schemas: Schemas) -> tuple[Case, ...]:
    """The cases of several corpus files.

    Raises:
        DataError: A file has mistakes, each as file:line.
    """
    return tuple(case for path in paths for case in read_corpus(path, schemas))


def content_hash(paths: Iterable[Path]) -> str:
    """SHA-256 over the contents of files, in order."""
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.read_bytes())
    return digest.hexdigest()
