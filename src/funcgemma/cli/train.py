"""`funcgemma train`: the shipped corpus, or any cases with any functions."""

from pathlib import Path

import click

from funcgemma.cli.bootstrap import model_key, training_cases
from funcgemma.cli.console import progress, say
from funcgemma.cli.settings import Settings, load_settings
from funcgemma.data.cases import read_cases
from funcgemma.data.corpus import read_corpus
from funcgemma.data.examples import example_cases
from funcgemma.functions.plugins import known_functions
from funcgemma.functions.registry import FunctionRegistry
from funcgemma.model import save_model
from funcgemma.records import Case


@click.command("train")
@click.option(
    "--cases",
    "files",
    multiple=True,
    type=click.Path(path_type=Path),
    help="A case file (.jsonl) or corpus file (.txt); may be given several times.",
)
@click.option(
    "--functions", type=click.Path(path_type=Path), help="Functions: a .py or a .json file."
)
@click.option(
    "--output", type=click.Path(path_type=Path), help="The model folder; default: the data folder."
)
@click.option("--seed", default=0, show_default=True)
def command(
    files: tuple[Path, ...], functions: Path | None, output: Path | None, seed: int
) -> None:
    """Train gate and resolver.

    Without --cases: the shipped corpus, your own corpus files and the examples of your
    functions. With --cases: only those files (and the functions' examples).
    """
    from funcgemma.training.build import build_model, model_card

    settings = load_settings()
    registry = known_functions(functions)
    cases = _read(files, registry) if files else training_cases(settings, registry)
    with progress(f"Training on {len(cases)} cases for {len(registry)} functions ...") as update:
        model = build_model(cases, registry, seed=seed, progress=update)
    folder = output or _default(settings, registry)
    saved = save_model(model, folder, model_card(model))
    for name, value in saved.manifest["metrics"].items():
        click.echo(f"{name:<20} {value}")
    say(f"Saved to {folder}")


def _read(files: tuple[Path, ...], registry: FunctionRegistry) -> tuple[Case, ...]:
    cases: list[Case] = []
    for path in files:
        cases += read_corpus(path, registry.schemas) if path.suffix == ".txt" else read_cases(path)
    return (*cases, *example_cases(registry))


def _default(settings: Settings, registry: FunctionRegistry) -> Path:
    return settings.data_path / "models" / model_key(settings, registry)
