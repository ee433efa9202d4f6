"""`funcgemma generate`: further cases for functions, into data/test/."""

import re
from collections.abc import Callable, Sequence
from pathlib import Path

import click

from funcgemma.backends import catalogue
from funcgemma.cli.bootstrap import training_cases
from funcgemma.cli.console import progress, say
from funcgemma.cli.generated import show_counts
from funcgemma.cli.settings import load_settings
from funcgemma.data.augment.backend import CorpusBackend
from funcgemma.data.cases import cases_hash, write_cases
from funcgemma.data.corpus import Schemas
from funcgemma.data.generate import Backend, generate
from funcgemma.data.labels import NO_FUNCTION, count_labels
from funcgemma.functions.plugins import known_functions
from funcgemma.functions.registry import FunctionRegistry
from funcgemma.records import Case

FOLDER = Path("data/test")

NO_NAME = re.compile(r"[^\w.]+")
"""What a spec holds that the name of a file should not."""

BACKENDS: dict[str, Callable[[Sequence[Case], Schemas], Backend]] = {"corpus": CorpusBackend}
"""Name -> what makes a backend of the corpus and the functions' schemas; any other name is a
language model's."""


def read_backend(context: click.Context, option: click.Parameter, name: str) -> str:
    """The name of a backend of the corpus, or the spec of a language model.

    `ollama` alone stands for the setting generator_model.

    Raises:
        click.BadParameter: A runtime is named without its model.
    """
    if name in BACKENDS:
        return name
    if name == catalogue.DEFAULT:
        return load_settings().generator_model
    if not name.strip() or name in catalogue.BACKENDS:
        raise click.BadParameter(f"{name!r} names no model; write for example ollama:qwen2.5:7b")
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
    help="The case file; default: one in data/test/ named after functions, count, seed and model.",
)
@click.option("--functions", type=click.Path(path_type=Path), help="Functions: a .py or a .json.")
@click.option(
    "--backend",
    default="corpus",
    show_default=True,
    callback=read_backend,
    metavar="SPEC",
    help="corpus, or a language model: ollama:qwen2.5:7b, llamacpp:FILE.gguf, openai:MODEL, "
    "transformers:DIR; ollama alone is the setting generator_model.",
)
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

    By default they come from the corpus and the functions' own examples: words exchanged for
    others of their kind, other dates, another register, slips of the thumb. With a language
    model they are invented, and each is checked; rows are kept as they come, and the same
    command goes on where it was broken off. docs/data.md shows both.
    """
    registry = known_functions(functions)
    names = list(dict.fromkeys(registry.get(name).name for name in chosen)) or list(registry.names)
    stem = f"{'+'.join(names if chosen else ['all'])}-{count}-seed{seed}"
    labels = names if skip_no_function else [*names, NO_FUNCTION]
    if backend in BACKENDS:
        return _vary(backend, registry, labels, count, seed, _path(output, stem))
    from funcgemma.cli.generate_llm import ask_for_rows

    path = _path(output, f"{stem}-{NO_NAME.sub('-', backend)}")
    return ask_for_rows(backend, registry, labels, count, seed, path)


def _path(output: Path | None, stem: str) -> Path:
    """The file to write; in a folder, one with a name of its own."""
    if output is None:
        return FOLDER / f"{stem}.jsonl"
    return output / f"{stem}.jsonl" if output.is_dir() else output


def _vary(
    backend: str,
    registry: FunctionRegistry,
    labels: Sequence[str],
    count: int,
    seed: int,
    path: Path,
) -> int:
    """Make cases of cases, and write them all at once."""
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
    counts = count_labels(rows)
    show_counts(labels, counts, path)
    empty = [label for label in labels if label not in counts]
    if empty:
        say(f"There is nothing to make cases of for: {', '.join(empty)}. Give them examples.")
    if len(rows) < count:
        say(f"Only {len(rows)} of {count}; more examples would give more.")
    return 1 if len(rows) < count else 0
