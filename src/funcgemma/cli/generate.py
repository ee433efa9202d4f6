"""`funcgemma generate`: cases for functions, into data/test/."""

from pathlib import Path

import click

from funcgemma.cli.bootstrap import training_cases
from funcgemma.cli.console import progress, say
from funcgemma.cli.settings import load_settings
from funcgemma.data.cases import write_cases
from funcgemma.data.generate import generate
from funcgemma.functions.plugins import known_functions


@click.command("generate")
@click.option("--function", "-f", "chosen", multiple=True, help="A function; default: all of them.")
@click.option(
    "--count",
    type=click.IntRange(min=1),
    default=100,
    show_default=True,
    help="Cases for each function.",
)
@click.option("--skip-no-function", is_flag=True, help="No text that asks for nothing.")
@click.option("--functions", type=click.Path(path_type=Path), help="Functions: a .py or a .json.")
@click.option("--seed", default=0, show_default=True)
@click.option("--output", type=click.Path(path_type=Path), default=Path("data/test"))
def command(
    chosen: tuple[str, ...],
    count: int,
    skip_no_function: bool,
    functions: Path | None,
    seed: int,
    output: Path,
) -> None:
    """Write cases for functions: a file a function, and no_function.jsonl.

    They come from the corpus and the functions' own examples, with the words of an
    argument exchanged for others of its kind.
    """
    registry = known_functions(functions)
    cases = training_cases(load_settings(), registry)
    names = [registry.get(name).name for name in chosen] or list(registry.names)
    if not skip_no_function:
        names.append("no_function")
    with progress(f"Generating cases for {len(names)} labels ...") as update:
        for number, name in enumerate(names):
            update(number / len(names), name)
            path = output / f"{name}.jsonl"
            made = write_cases(path, generate(cases, name, count, registry, seed=seed))
            click.echo(f"{path}: {made} cases")
            if made < count:
                say(f"{name}: only {made} of {count}; more examples would give more")
