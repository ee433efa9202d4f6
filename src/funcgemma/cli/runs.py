"""`funcgemma runs`: the ledger of experiments, what was measured and tuned here, and how."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from funcgemma.cli.about import RESULTS
from funcgemma.cli.console import print_json, say
from funcgemma.cli.tables import echo, percent, show_table
from funcgemma.data.ledger import FILE, Record, read_ledger
from funcgemma.errors import DataError

LAST = 20
RATES = {
    "function_accuracy": "function",
    "call_accuracy": "call",
    "no_function_recall": "no_function",
}


@click.group("runs", invoke_without_command=True)
@click.option(
    "--last", type=click.IntRange(min=1), default=LAST, show_default=True, help="How many to list."
)
@click.option("--json", "as_json", is_flag=True, help="The records, one JSON object a line.")
@click.pass_context
def command(context: click.Context, last: int, as_json: bool) -> int:
    """List the runs of evaluate, benchmark and finetune in this folder, the latest last.

    They stand in data/results/ledger.jsonl of the working directory; nothing is ever taken out.
    """
    if context.invoked_subcommand is not None:
        return 0
    records, code = _read()
    for record in records[-last:] if as_json else ():
        print_json(record)
    if not as_json:
        _show_list(records, last)
    return code


@command.command("show")
@click.argument("run", metavar="ID")
@click.option("--json", "as_json", is_flag=True, help="The record as one JSON object.")
@click.pass_context
def show(context: click.Context, run: str, as_json: bool) -> int:
    """Show all that is known of one run, by its ID or the first digits of it."""
    records, code = _read()
    record = _find(records, run)
    if as_json or (context.parent is not None and context.parent.params["as_json"]):
        print_json(record)
    else:
        _show_record(record)
    return code


def _read() -> tuple[tuple[Record, ...], int]:
    """The records, and the exit code that damaged lines make."""
    found = read_ledger(RESULTS)
    for problem in found.problems:
        say(problem)
    return found.records, 1 if found.problems else 0


def _find(records: Sequence[Record], run: str) -> Record:
    found = [record for record in records if record["id"].startswith(run)]
    if not found:
        latest = ", ".join(record["id"] for record in records[-3:])
        hint = f"the latest: {latest}" if latest else "nothing has been measured in this folder"
        raise DataError(f"{RESULTS / FILE}: no run {run}", hint)
    if len({record["id"] for record in found}) > 1:
        names = ", ".join(record["id"] for record in found[:5])
        raise DataError(f"{run} is not clear: {names}", "give more digits")
    return found[-1]


def _show_list(records: Sequence[Record], last: int) -> None:
    if not records:
        echo(f"No run yet: {RESULTS / FILE} is made by evaluate, benchmark and finetune.")
        return
    rows = [_row(record) for record in records[-last:]]
    header = ("id", "time", "command", "what", "cases", *RATES.values(), "report")
    show_table("runs", header, rows)
    if len(records) > last:
        echo(f"{len(records) - last} earlier runs: --last {len(records)}")


def _row(record: Record) -> tuple[str, ...]:
    results = _mapping(record.get("results"))
    rates = (results.get(name) for name in RATES)
    shown = ("" if rate is None else percent(rate) for rate in rates)
    report = Path(str(record["report"])).name if record.get("report") else ""
    cases = str(record.get("cases", ""))
    return (record["id"], _time(record), record["command"], _what(record), cases, *shown, report)


def _what(record: Record) -> str:
    """The configuration of a run, in a few words."""
    about = _mapping(record.get("about"))
    loss = _mapping(record.get("results")).get("validation_loss")
    parts = (
        about.get("resolver"),
        about.get("run") or about.get("language_model"),
        f"loss {loss:.3f}" if isinstance(loss, float) else None,
    )
    return " ".join(str(part) for part in parts if part)


def _time(record: Record) -> str:
    try:
        return datetime.fromisoformat(record["time"]).astimezone().strftime("%Y-%m-%d %H:%M")
    except ValueError:
        return str(record["time"])


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _show_record(record: Record) -> None:
    rows = list(_flat(record))
    width = max(len(name) for name, _ in rows)
    for name, value in rows:
        echo(f"{name:<{width}}  {value}")


def _flat(value: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    """Name and value of everything in a record, inner names behind the outer one's."""
    for key, inner in value.items():
        name = f"{prefix}{key}"
        if isinstance(inner, Mapping):
            yield from _flat(inner, f"{name}.")
        elif inner is not None:
            yield name, ", ".join(map(str, inner)) if isinstance(inner, list) else str(inner)
