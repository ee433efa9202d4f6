"""Suites of cases that come with the program: everyday utterances nobody trains on."""

from importlib.resources import as_file, files
from pathlib import Path

NAMES = ("conversation",)


def suite_path(name: str) -> Path:
    """The case file of a suite."""
    with as_file(files(__package__) / f"{name}.jsonl") as path:
        return path
