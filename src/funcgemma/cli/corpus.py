"""`funcgemma corpus check`: mistakes of corpus files as file:line."""

from pathlib import Path

import click

from funcgemma.cli.console import say
from funcgemma.data.corpus import read_corpus
from funcgemma.errors import DataError
from funcgemma.functions.plugins import known_functions


@click.group("corpus")
def command() -> None:
    """Work with hand-written corpus files (docs/corpus.md)."""


@command.command("check")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--functions", type=click.Path(path_type=Path), help="Functions: a .py or a .json file."
)
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
