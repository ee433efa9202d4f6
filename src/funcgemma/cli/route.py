"""`funcgemma route`: one utterance, or a file of cases, to decisions."""

from datetime import datetime
from pathlib import Path

import click

from funcgemma.cli.batch import route_file
from funcgemma.cli.bootstrap import make_router
from funcgemma.cli.console import print_json
from funcgemma.cli.decisions import decision_to_json
from funcgemma.cli.diary import Diary
from funcgemma.cli.resolvers import resolver_options
from funcgemma.cli.settings import load_settings
from funcgemma.cli.show import show_decision
from funcgemma.records import Dialogue, Message


@click.command("route")
@click.argument("text", required=False)
@click.option("--json", "as_json", is_flag=True, help="The decision as one JSON object.")
@click.option("--trace", is_flag=True, help="Explain the decision.")
@click.option("--input", "source", type=click.Path(path_type=Path), help="A case file (JSONL).")
@click.option(
    "--output", "target", type=click.Path(path_type=Path), help="Where the decisions go (JSONL)."
)
@resolver_options
@click.option(
    "--model", type=click.Path(path_type=Path), help="A model folder made by `funcgemma train`."
)
@click.option(
    "--functions", type=click.Path(path_type=Path), help="Functions: a .py or a .json file."
)
@click.option("--now", help="The clock, ISO 8601; default: this machine's.")
@click.option("--no-train", is_flag=True, help="Never train; keywords decide without a model.")
def command(
    text: str | None,
    as_json: bool,
    trace: bool,
    source: Path | None,
    target: Path | None,
    resolver: str | None,
    backend: str | None,
    model: Path | None,
    functions: Path | None,
    now: str | None,
    no_train: bool,
) -> int:
    """Decide about TEXT, or about every case of a file (--input, --output)."""
    if (text is None) == (source is None):
        raise click.UsageError("give either a TEXT or --input FILE")
    settings = load_settings()
    router = make_router(
        settings,
        functions=functions,
        model=model,
        resolver=resolver,
        backend=backend,
        no_train=no_train,
    )
    if source is not None:
        return route_file(router, source, target)
    dialogue = Dialogue((Message("user", text or ""),), clock_of(now))
    decision = router.route(dialogue, trace=trace)
    diary = Diary.of(settings, router)
    if diary is not None:
        diary.note(dialogue, decision, "route")
    if as_json:
        print_json(decision_to_json(decision, trace=trace))
    else:
        show_decision(decision, text or "", settings.spoken)
    return 0


def clock_of(now: str | None) -> datetime:
    """The clock that `--now` gives; without it this machine's.

    Raises:
        BadParameter: It is no ISO 8601 time.
    """
    if now is None:
        return datetime.now().astimezone()
    try:
        clock = datetime.fromisoformat(now)
    except ValueError:
        raise click.BadParameter(
            f"{now!r} is no ISO 8601 time, as 2026-05-13T10:20+09:00"
        ) from None
    return clock if clock.tzinfo else clock.astimezone()
