"""`funcgemma evaluate`: how well a model does on cases."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from funcgemma.cli.about import RESULTS, about, enter
from funcgemma.cli.bootstrap import make_router
from funcgemma.cli.console import print_json, progress, say
from funcgemma.cli.gold import read_early, read_late
from funcgemma.cli.report_view import show_report
from funcgemma.cli.resolvers import choose, resolver_options
from funcgemma.cli.settings import Settings, load_settings
from funcgemma.data.scoring import Schemas
from funcgemma.evaluation.files import save_report, save_text
from funcgemma.evaluation.judged import Judged, judge
from funcgemma.evaluation.ledger import evaluation_record
from funcgemma.evaluation.report import build_report
from funcgemma.evaluation.suite import NeedsFunction, suite_scores
from funcgemma.evaluation.suites import NAMES, suite_path
from funcgemma.gate import keywords
from funcgemma.records import Case, Dialogue, Message
from funcgemma.router import Router

SUITE_RESULT = RESULTS / "classifier_test_100.json"


@click.command("evaluate")
@click.option(
    "--cases", type=click.Path(path_type=Path), help="A case file (.jsonl) or corpus file (.txt)."
)
@click.option("--suite", type=click.Choice(NAMES), help="Cases that come with the program.")
@resolver_options
@click.option("--model", type=click.Path(path_type=Path), help="A model folder.")
@click.option(
    "--functions", type=click.Path(path_type=Path), help="Functions: a .py or a .json file."
)
@click.option("--json", "as_json", is_flag=True, help="The whole report as one JSON object.")
@click.option("--html", type=click.Path(path_type=Path), help="Write the report as an HTML page.")
@click.option("--output", type=click.Path(path_type=Path), help="Save the report (JSON).")
@click.option(
    "--mistakes",
    type=click.IntRange(min=0),
    default=30,
    show_default=True,
    help="How many of the surest mistakes the report keeps; 0 for text that nobody should see.",
)
def command(
    cases: Path | None,
    suite: str | None,
    resolver: str | None,
    backend: str | None,
    model: Path | None,
    functions: Path | None,
    as_json: bool,
    html: Path | None,
    output: Path | None,
    mistakes: int,
) -> None:
    """Measure function choice, arguments and false actions on cases.

    Text that trained the model says little about it: hold a writer out with
    `funcgemma train --cases`, or bring cases of your own.

    docs/evaluation.md says what each number means.
    """
    if (cases is None) == (suite is None):
        raise click.UsageError("give either --cases FILE or --suite NAME")
    source = cases or suite_path(suite or "")
    early = read_early(source)
    settings = load_settings()
    chosen = choose(settings, resolver, backend)
    router = make_router(
        settings, functions=functions, model=model, resolver=chosen, backend=backend, strict=True
    )
    schemas = {name: d.parameters for name, d in router.definitions.items()}
    gold = read_late(source, early, schemas)
    judged = _judge(router, gold, schemas)
    told = about(router, chosen, settings, source=suite or str(source), cases=gold, backend=backend)
    report = build_report(judged, tuple(router.definitions), about=told, mistakes=mistakes)
    if suite is not None:
        report["suite"] = suite_scores(suite, judged, _gate(router))
        _save(report, SUITE_RESULT)
    if output is not None:
        _save(report, output)
    if html is not None:
        _write_page(report, html, settings)
    saved = output or (SUITE_RESULT if suite is not None else "")
    enter(evaluation_record(report, functions=str(functions or ""), saved=str(saved)))
    if as_json:
        print_json(report)
    else:
        show_report(report)


def _judge(router: Router, cases: Sequence[Case], schemas: Schemas) -> list[Judged]:
    """Decide about every case; what only the first decision costs is not measured."""
    router.route(Dialogue((Message("user", "warm-up"),), cases[0].now))
    decisions = []
    with progress(f"Routing {len(cases)} cases ...") as update:
        for number, case in enumerate(cases, start=1):
            decisions.append(router.route(case.dialogue))
            update(number / len(cases), f"{number} of {len(cases)}")
    return judge(cases, decisions, schemas)


def _gate(router: Router) -> NeedsFunction:
    """The gate alone, on a text."""
    return router.model.gate.needs_function if router.model else keywords.needs_function


def _save(report: dict[str, Any], path: Path) -> None:
    save_report(path, report)
    say(f"Saved the report to {path}")


def _write_page(report: dict[str, Any], path: Path, settings: Settings) -> None:
    from funcgemma.evaluation.render.report import render_report

    save_text(path, render_report(report, settings.spoken))
    say(f"Wrote the page {path}")
