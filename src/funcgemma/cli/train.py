"""`funcgemma train`: the shipped corpus, or any cases with any functions."""

from pathlib import Path

import click

from funcgemma.artefacts.store import check_target
from funcgemma.cli.bootstrap import keeper_of, model_key
from funcgemma.cli.console import progress, say
from funcgemma.cli.distil import Course, distil
from funcgemma.cli.distil.options import Wish, teacher_options
from funcgemma.cli.inputs import read_inputs
from funcgemma.cli.keeper import Keeper, make_room
from funcgemma.cli.settings import Settings, load_settings
from funcgemma.cli.teach.report import lesson_lines
from funcgemma.data.examples import example_cases
from funcgemma.functions.plugins import known_functions
from funcgemma.functions.registry import FunctionRegistry
from funcgemma.model import Model, save_model
from funcgemma.training.corrections import CORRECTION


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
@teacher_options
def command(
    files: tuple[Path, ...],
    functions: Path | None,
    output: Path | None,
    seed: int,
    lesson: Wish | None,
) -> int:
    """Train gate and resolver.

    Without --cases: the shipped corpus, your own corpus files, your corrections and the
    examples of your functions. With --cases: only those files (and the functions' examples).

    Without --cases and --output, corrections must not do harm: exit code 1 if some were held
    back (docs/chat.md).

    With --teacher: a language model labels --texts first, and what it is sure of is learned,
    too (docs/learning.md). Exit code 1 if nothing is.
    """
    from funcgemma.training.build import build_model
    from funcgemma.training.card import model_card

    if lesson is not None:
        return _distil(lesson, files, functions, output, seed)
    if files and output is None and functions is None:
        raise click.UsageError(
            "give --output too: without it, the model of the shipped corpus would be replaced"
        )
    settings = load_settings()
    if output is not None:
        check_target(output)
    registry = known_functions(functions)
    if output is None and not files:
        return _train_the_usual(keeper_of(settings, registry), settings, functions, seed)
    cases = read_inputs(files, settings, registry)
    if files:
        cases = (*cases, *example_cases(registry))
    _say_corrections(sum(CORRECTION in case.tags for case in cases))
    with progress(f"Training on {len(cases)} cases for {len(registry)} functions ...") as update:
        model = build_model(cases, registry, seed=seed, progress=update)
    folder = output or _default(settings, registry)
    if output is None:
        make_room(folder)
    _show(save_model(model, folder, model_card(model)))
    say(f"Saved to {folder}")
    say(_how_to_use(output, functions))
    return 0


def _distil(
    wish: Wish, files: tuple[Path, ...], functions: Path | None, output: Path | None, seed: int
) -> int:
    """Learn from a teacher's labels, too."""
    wish.check(output)
    if output is not None:
        check_target(output)
    settings, registry = load_settings(), known_functions(functions)
    cases = read_inputs(files, settings, registry)
    if files:
        cases = (*cases, *example_cases(registry))
    course = Course(settings, registry, cases, usual=not files, seed=seed)
    return distil(course, wish.request, wish.labels, None if wish.only else output)


def _train_the_usual(keeper: Keeper, settings: Settings, functions: Path | None, seed: int) -> int:
    """Train the model that commands find by themselves; 1 if corrections were held back."""
    keeper.start_over()
    _say_corrections(len(keeper.taught()))
    keeper.train(seed)
    lesson = keeper.learn(seed)
    for line in lesson_lines(lesson, settings.spoken):
        say(line)
    _show(lesson.model)
    say(f"Saved to {keeper.serving_folder}")
    say(_how_to_use(None, functions))
    return 1 if lesson.held else 0


def _say_corrections(count: int) -> None:
    if count:
        say(f"{count} corrections of yours are learned, too.")


def _show(model: Model) -> None:
    click.echo("Cross-validated, each writer held out in turn:")
    for name, value in model.manifest["metrics"].items():
        click.echo(f"  {name:<20} {value}")


def _how_to_use(output: Path | None, functions: Path | None) -> str:
    if output is not None:
        return f"chat, route and evaluate use it with: --model {output}"
    same = f" with --functions {functions}" if functions else ""
    return f"chat, route and evaluate{same} find it by themselves."


def _default(settings: Settings, registry: FunctionRegistry) -> Path:
    return settings.data_path / "models" / model_key(settings, registry)
