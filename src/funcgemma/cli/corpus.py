"""`funcgemma corpus`: mistakes of corpus files as file:line, and texts that stand there twice."""

from pathlib import Path

import click

from funcgemma.cli.console import say
from funcgemma.cli.duplicates import show_duplicates
from funcgemma.cli.inputs import read_inputs
from funcgemma.cli.settings import load_settings
from funcgemma.data.corpus import read_corpus
from funcgemma.data.duplicates import find_duplicates
from funcgemma.data.similar import NEAR
from funcgemma.errors import DataError
from funcgemma.functions.plugins import known_functions

functions_option = click.option(
    "--functions", type=click.Path(path_type=Path), help="Functions: a .py or a .json file."
)


@click.group("corpus")
def command() -> None:
    """Work with hand-written corpus files (docs/corpus.md)."""


@command.command("check")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@functions_option
def check(files: tuple[Path, ...], functions: Path | None) -> int:
    """Read FILES and report every mistake as file:line."""
    schemas = known_functions(functions).schemas
    failed = False
    for path in files:
        try:
            cases = read_corpus(path, schemas)
        except DataError as error:
            say(error.message)
            failed = True
            continue
        none = sum(not case.calls for case in cases)
        click.echo(f"{path}: {len(cases)} cases, {none} of them ask for nothing")
    return 1 if failed else 0


@command.command("duplicates")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--threshold",
    type=click.FloatRange(min=0.0, max=1.0, min_open=True),
    default=NEAR,
    show_default=True,
    help="Jaccard similarity of character 4-grams from which two texts are near.",
)
@click.option("--limit", type=click.IntRange(min=0), default=50, show_default=True)
@functions_option
def duplicates(
    files: tuple[Path, ...], threshold: float, limit: int, functions: Path | None
) -> None:
    """Report texts of FILES that are the same or nearly so, of one writer and of several.

    FILES are corpus files (.txt) or case files (.jsonl); default: the shipped corpus and
    your own.
    """
    cases = read_inputs(files, load_settings(), known_functions(functions))
    show_duplicates(find_duplicates(cases, threshold), len(cases), limit)
