"""`funcgemma route`: one utterance, or a file of cases, to decisions."""

import json
import sys
from datetime import datetime
from pathlib import Path
from typing import Any, TextIO

import click

from funcgemma.cli.bootstrap import make_router
from funcgemma.cli.console import fail, print_json, progress
from funcgemma.cli.settings import load_settings
from funcgemma.cli.show import show_decision
from funcgemma.data.cases import call_to_json, read_lines
from funcgemma.errors import WorldError
from funcgemma.records import Decision, Dialogue, Message
from funcgemma.router import Router

RESOLVERS = ("embedded", "keywords")


@click.command("route")
@click.argument("text", required=False)
@click.option("--json", "as_json", is_flag=True, help="The decision as one JSON object.")
@click.option("--trace", is_flag=True, help="Explain the decision.")
@click.option("--input", "source", type=click.Path(path_type=Path), help="A case file (JSONL).")
@click.option(
    "--output", "target", type=click.Path(path_type=Path), help="Where the decisions go (JSONL)."
)
@click.option("--resolver", type=click.Choice(RESOLVERS), default="embedded", show_default=True)
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
    resolver: str,
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
        keywords=resolver == "keywords",
        no_train=no_train,
    )
    if source is not None:
        return route_file(router, source, target)
    dialogue = Dialogue((Message("user", text or ""),), _clock(now))
    decision = router.route(dialogue, trace=trace)
    if as_json:
        print_json(decision_to_json(decision, trace=trace))
    else:
        show_decision(decision, text or "", settings.spoken)
    return 0


def _clock(now: str | None) -> datetime:
    if now is None:
        return datetime.now().astimezone()
    try:
        clock = datetime.fromisoformat(now)
    except ValueError:
        raise click.BadParameter(
            f"{now!r} is no ISO 8601 time, as 2026-05-13T10:20+09:00"
        ) from None
    return clock if clock.tzinfo else clock.astimezone()


def decision_to_json(decision: Decision, *, trace: bool = False) -> dict[str, Any]:
    """A decision as the object that `route` prints."""
    data: dict[str, Any] = {
        "calls": [call_to_json(call) for call in decision.calls],
        "missing": list(decision.missing),
        "confidence": round(decision.confidence, 4),
        "stage": decision.stage,
        "latency_ms": round(decision.latency_ms, 4),
    }
    if decision.problem:
        data["problem"] = decision.problem
    if trace and decision.trace:
        data["trace"] = {
            "gate_score": decision.trace.gate_score,
            "gate_features": decision.trace.gate_features,
            "function_scores": decision.trace.function_scores,
            "function_features": decision.trace.function_features,
            "notes": decision.trace.notes,
            "mentions": [
                {"kind": m.kind, "text": m.text, "start": m.start, "end": m.end, "value": m.value,
                 "argument": m.argument}
                for m in decision.mentions
            ],
        }  # fmt: skip
    return data


def route_file(router: Router, source: Path, target: Path | None) -> int:
    """Route every case of a file as a stream; 1 if some lines were bad, else 0."""
    total = source.stat().st_size if source.is_file() else 0
    sibling = target.with_name(target.name + ".part") if target else None
    bad = done = 0
    try:
        out: TextIO = sibling.open("w", encoding="utf-8") if sibling else sys.stdout
        with progress(f"Routing {source} ...") as update:
            for line in read_lines(source):
                if line.case is None:
                    bad += 1
                    if line.error is not None:
                        fail(line.error)
                    continue
                decision = router.route(line.case.dialogue)
                out.write(_line(line.case.id, decision))
                done += 1
                update(min(1.0, done * 400 / max(total, 1)), f"{done} cases")
        if sibling and target:
            out.close()
            sibling.replace(target)
    except OSError as error:
        raise WorldError(
            f"{target or 'output'}: {error.strerror}", "choose a place you can write"
        ) from error
    return 1 if bad else 0


def _line(case_id: str, decision: Decision) -> str:
    data = {"id": case_id, **decision_to_json(decision)}
    try:
        text = json.dumps(data, ensure_ascii=False)
        text.encode("utf-8")
    except UnicodeEncodeError:  # a lone surrogate in the input
        text = json.dumps(data)
    return text + "\n"
