"""`funcgemma generate`: further cases for functions, into data/test/."""

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import click

from funcgemma.cli.bootstrap import training_cases
from funcgemma.cli.console import progress, say
from funcgemma.cli.settings import load_settings
from funcgemma.cli.tables import show_table
from funcgemma.data.augment.backend import CorpusBackend
from funcgemma.data.cases import cases_hash, write_cases
from funcgemma.data.corpus import Schemas
from funcgemma.data.generate import Backend, generate
from funcgemma.data.labels import NO_FUNCTION, label_of
from funcgemma.functions.plugins import known_functions
from funcgemma.records import Case

FOLDER = Path("data/test")

BACKENDS: dict[str, Callable[[Sequence[Case], Schemas], Backend]] = {"corpus": CorpusBackend}
"""Name -> what makes a backend of the corpus and the functions' schemas."""


def read_backend(context: click.Context, option: click.Parameter, name: str) -> str:
    """The name of a backend that exists.

    Raises:
        click.BadParameter: There is none of that name.
    """
    if name not in BACKENDS:
        raise click.BadParameter(f"there is no backend {name!r} yet; known: {', '.join(BACKENDS)}")
    return name


@click.command("generate")
@click.option("--function", "-f", "chosen", multiple=True, help="A function; default: all of them.")
@click.option(
    "--count",
    type=click.IntRange(min=1),
    default=100,
    show_default=True,
    help="Cases in all, the same number for each function.",
)
@click.option("--skip-no-function", is_flag=True, help="No text that asks for nothing.")
@click.option("--seed", default=0, show_default=True)
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    help="The case file; default: one in data/test/ named after functions, count and seed.",
)
@click.option("--functions", type=click.Path(path_type=Path), help="Functions: a .py or a .json.")
@click.option("--backend", default="corpus", show_default=True, callback=read_backend)
def command(
    chosen: tuple[str, ...],
    count: int,
    skip_no_function: bool,
    seed: int,
    output: Path | None,
    functions: Path | None,
    backend: str,
) -> int:
    """Write new cases for functions, and as many that ask for nothing, to a case file.

    They come from the corpus and the functions' own examples, without a language model:
    words exchanged for others of their kind, other dates, another register, slips of the
    thumb. docs/data.md shows each.
    """
    registry = known_functions(functions)
    names = list(dict.fromkeys(registry.get(name).name for name in chosen)) or list(registry.names)
    path = _path(output, names if chosen else ["all"], count, seed)
    labels = names if skip_no_function else [*names, NO_FUNCTION]
    cases = training_cases(load_settings(), registry)
    with progress(f"Generating {count} cases for {len(labels)} labels ...") as update:
        rows = generate(
            BACKENDS[backend](cases, registry.schemas),
            labels,
            count,
            seed=seed,
            taken={case.text for case in cases},
            origin={"corpus": cases_hash(cases)},
            progress=update,
        )
    write_cases(path, rows)
    return _report(rows, labels, count, path)


def _path(output: Path | None, names: Sequence[str], count: int, seed: int) -> Path:
    """The file to write; in a folder, one with a name of its own."""
    name = f"{'+'.join(names)}-{count}-seed{seed}.jsonl"
    if output is None:
        return FOLDER / name
    return output / name if output.is_dir() else output


def _report(rows: Sequence[Case], labels: Sequence[str], count: int, path: Path) -> int:
    counts = Counter(label_of(row) for row in rows)
    show_table("Generated", ["", "cases"], [[label, str(counts[label])] for label in labels])
    click.echo(f"{path}: {len(rows)} cases")
    empty = [label for label in labels if not counts[label]]
    if empty:
        say(f"There is nothing to make cases of for: {', '.join(empty)}. Give them examples.")
    if len(rows) < count:
        say(f"Only {len(rows)} of {count}; more examples would give more.")
    return 1 if len(rows) < count else 0
