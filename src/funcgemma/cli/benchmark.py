"""`funcgemma benchmark`: keyword gate, ML gate and routers side by side."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from funcgemma.cli.about import about, enter
from funcgemma.cli.bootstrap import make_router
from funcgemma.cli.console import print_json, progress, say
from funcgemma.cli.gold import read_early, read_late
from funcgemma.cli.resolvers import (
    backend_option,
    checkpoint_option,
    choose,
    run_id_option,
    with_run,
)
from funcgemma.cli.settings import load_settings
from funcgemma.cli.tables import echo, percent, show_table
from funcgemma.evaluation.benchmark import (
    CALL_RATES,
    GATE_RATES,
    ROUNDS,
    benchmark,
    systems_of,
)
from funcgemma.evaluation.files import save_report
from funcgemma.evaluation.ledger import benchmark_record
from funcgemma.evaluation.suites import suite_path

SUITE = "conversation"


@click.command("benchmark")
@click.option(
    "--cases",
    type=click.Path(path_type=Path),
    help="A case file (.jsonl) or corpus file (.txt); default: the conversation suite.",
)
@click.option("--model", type=click.Path(path_type=Path), help="A model folder.")
@backend_option
@run_id_option
@checkpoint_option
@click.option(
    "--functions", type=click.Path(path_type=Path), help="Functions: a .py or a .json file."
)
@click.option(
    "--bound",
    type=click.FloatRange(0, 1),
    help="From this confidence on, a decision needs no language model; left out: where it keeps "
    "to the setting max_false_action.",
)
@click.option(
    "--rounds",
    type=click.IntRange(min=1),
    default=ROUNDS,
    show_default=True,
    help="How often each case is timed, after one round of warm-up.",
)
@click.option("--json", "as_json", is_flag=True, help="Everything as one JSON object.")
@click.option("--output", type=click.Path(path_type=Path), help="Save the result (JSON).")
def command(
    cases: Path | None,
    model: Path | None,
    backend: str | None,
    run_id: int | None,
    checkpoint: str,
    functions: Path | None,
    bound: float | None,
    rounds: int,
    as_json: bool,
    output: Path | None,
) -> None:
    """Measure gates and routers side by side, on the same cases.

    Text that trained the model flatters it: the ML gate and the embedded router then repeat
    what they have learnt by heart, while keywords gain nothing. The default is a suite of
    everyday utterances that trains nothing.
    """
    source = cases or suite_path(SUITE)
    early = read_early(source)
    settings = load_settings()
    chosen = choose(settings, with_run(None, run_id, checkpoint), backend)
    router = make_router(
        settings, functions=functions, model=model, resolver=chosen, backend=backend, strict=True
    )
    schemas = {name: d.parameters for name, d in router.definitions.items()}
    gold = read_late(source, early, schemas)
    with progress(f"Measuring on {len(gold)} cases ...") as update:
        found = benchmark(
            systems_of(router), gold, schemas, bound=bound, rounds=rounds, done=update
        )
    name = str(cases or SUITE)
    told = about(router, chosen, settings, source=name, cases=gold, backend=backend)
    result = {"source": name, "about": told, **found}
    if output is not None:
        save_report(output, result)
        say(f"Saved the result to {output}")
    enter(benchmark_record(result, functions=str(functions or ""), saved=str(output or "")))
    if as_json:
        print_json(result)
    else:
        _show(result)


def _show(result: Mapping[str, Any]) -> None:
    systems = result["systems"]
    echo(f"{result['source']}: {result['cases']} cases, {result['requests']} of them requests")
    rows = [
        (name, *(percent(system[name]) for system in systems)) for name in GATE_RATES + CALL_RATES
    ]
    rows += [
        (f"latency {name}", *(f"{system['latency_ms'][name]:.3f} ms" for system in systems))
        for name in ("p50", "p99")
    ]
    rows.append(("LLM calls avoided", *(_avoided(system, "share") for system in systems)))
    rows.append(("  of these right", *(_avoided(system, "right") for system in systems)))
    rows.append(("LLM calls made", *(str(system.get("llm_calls", 0)) for system in systems)))
    show_table("systems", ("", *(system["name"] for system in systems)), rows)
    bound = result["bound"]
    within = "within max_false_action" if bound is None else f"with a confidence of {bound} or more"
    echo(f"LLM calls avoided: decided {within}")


def _avoided(system: Mapping[str, Any], name: str) -> str:
    found = system["llm_calls_avoided"]
    return "–" if found is None else percent(found[name])
