"""`funcgemma evaluate`: how well a model does on cases."""

from pathlib import Path
from typing import Any

import click

from funcgemma.cli.bootstrap import make_router
from funcgemma.cli.console import print_json, progress, say
from funcgemma.cli.settings import load_settings
from funcgemma.data.cases import read_cases
from funcgemma.data.corpus import Schemas, read_corpus
from funcgemma.errors import DataError
from funcgemma.evaluation.metrics import judge, report
from funcgemma.records import Case


@click.command("evaluate")
@click.option(
    "--cases",
    type=click.Path(path_type=Path),
    required=True,
    help="A case file (.jsonl) or corpus file (.txt).",
)
@click.option("--resolver", type=click.Choice(("embedded", "keywords")), default="embedded")
@click.option("--model", type=click.Path(path_type=Path), help="A model folder.")
@click.option(
    "--functions", type=click.Path(path_type=Path), help="Functions: a .py or a .json file."
)
@click.option("--json", "as_json", is_flag=True, help="The whole report as one JSON object.")
def command(
    cases: Path, resolver: str, model: Path | None, functions: Path | None, as_json: bool
) -> None:
    """Measure function choice, arguments and false actions on cases.

    Text that trained the model says little about it: hold a writer out with
    `funcgemma train --cases`, or bring cases of your own.
    """
    lines = None if cases.suffix == ".txt" else _some(cases, read_cases(cases))
    router = make_router(
        load_settings(), functions=functions, model=model, keywords=resolver == "keywords"
    )
    schemas = {name: d.parameters for name, d in router.definitions.items()}
    gold = lines or _some(cases, read_corpus(cases, schemas))
    _name_unknown(gold, schemas)
    with progress(f"Routing {len(gold)} cases ..."):
        judged = judge(gold, [router.route(case.dialogue) for case in gold], schemas)
    result = report(judged, tuple(router.definitions))
    if as_json:
        print_json(result)
    else:
        _show(dict(result))


def _some(path: Path, cases: tuple[Case, ...]) -> tuple[Case, ...]:
    """The cases, if there are any."""
    if not cases:
        raise DataError(f"{path}: there are no cases in it", "give a file with cases")
    return cases


def _name_unknown(cases: tuple[Case, ...], schemas: Schemas) -> None:
    """Name the functions that the router does not know, on stderr."""
    unknown = {call.name for case in cases for call in case.calls} - set(schemas)
    if unknown:
        names = ", ".join(sorted(unknown))
        say(f"The cases call functions that are not known here and cannot be right: {names}")


def _show(result: dict[str, Any]) -> None:
    click.echo(f"{result['cases']} cases")
    for name, rate in result["summary"].items():
        click.echo(f"  {name:<28}{_percent(rate)}")
    click.echo(f"  {'brier':<28}{result['brier']:>8.4f}")
    click.echo(f"{'function':<22}{'precision':>10}{'recall':>10}{'f1':>10}{'calls':>8}")
    for name, rates in result["functions"].items():
        click.echo(
            f"{name:<22}{_percent(rates['precision']):>10}{_percent(rates['recall']):>10}"
            f"{_percent(rates['f1']):>10}{rates['count']:>8}"
        )


def _percent(rate: float | None) -> str:
    return "–" if rate is None else f"{100 * rate:.1f} %"
