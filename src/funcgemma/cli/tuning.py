"""What `funcgemma finetune` shows: lengths, memory, losses, and what to do next."""

import signal
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from funcgemma.backends.machine import gigabytes
from funcgemma.cli.about import DIGITS
from funcgemma.cli.console import say
from funcgemma.cli.pace import Pace
from funcgemma.cli.tables import percent, show_table

if TYPE_CHECKING:
    from funcgemma.finetune.estimate import Fit
    from funcgemma.finetune.loop import Outcome
    from funcgemma.finetune.losses import Validation
    from funcgemma.finetune.run import Prepared, Request

SHOWN_IDS = 8
"""Ids of cases that are named at the terminal."""
LINES = 50
"""About so many lines tell of a whole run where no bar can be drawn."""
RECENT = 20
"""Steps whose mean loss is shown."""

Update = Callable[[float, str], None]


def show_prepared(prepared: "Prepared", request: "Request") -> None:
    """Print what will be learned, what will not, and what memory it takes."""
    job = prepared.job
    names = request.registry.names
    click.echo(f"{len(names)} functions: {', '.join(names)}")
    rows = [
        [name, str(found.p50), str(found.p95), str(found.longest)]
        for name, found in prepared.lengths.items()
    ]
    show_table("Tokens of an example", ["", "p50", "p95", "max"], rows)
    click.echo(
        f"{len(job.train)} examples to learn, {len(job.validation)} to validate, at most "
        f"{job.manifest.plan.max_length} tokens each"
    )
    _show_reasons("Left out", prepared.left_out)
    _show_reasons("Not validated on", prepared.unseen)
    _show_memory(prepared, request)


def _show_reasons(what: str, reasons: Mapping[str, str]) -> None:
    for why, count in Counter(reasons.values()).items():
        ids = [name for name, reason in reasons.items() if reason == why]
        shown = ", ".join(ids[:SHOWN_IDS]) + (" …" if count > SHOWN_IDS else "")
        say(f"{what}, since it {why}: {count} ({shown})")


def _show_memory(prepared: "Prepared", request: "Request") -> None:
    fit, device = prepared.fit, prepared.device
    parts = ("weights", "gradients", "optimiser", "activations", "logits")
    told = ", ".join(f"{name} {gigabytes(getattr(fit.estimate, name))}" for name in parts)
    free = "" if device.free is None else f" of {gigabytes(device.free)} free"
    click.echo(f"Memory: about {gigabytes(fit.estimate.total)}{free} on {device.kind} ({told})")
    if request.plan.checkpointing is None and fit.plan.checkpointing:
        say("Activations are computed twice to save memory: --no-gradient-checkpointing forbids it")
    if fit.length < prepared.lengths["together"].longest and not request.plan.max_length:
        say(f"Memory has room for {fit.length} tokens an example. {_advice(fit)}")
    elif device.free is not None and fit.estimate.total > device.free:
        say(f"This will not fit, or will make the machine swap. {_advice(fit)}")


def _advice(fit: "Fit") -> str:
    plan = fit.plan
    ways = ["--compact"]
    if plan.batch > 1:
        ways.append("a smaller --batch-size with more --gradient-accumulation")
    if not plan.checkpointing:
        ways.append("--gradient-checkpointing")
    if plan.method == "full":
        ways.append("adapters instead of --full")
    return f"Less is taken by {', '.join(ways)}."


class TuningWatch:
    """Shows steps, losses and the time that is left.

    Args:
        prepared: The run.
        asked: Tells whether to stop.
        update: Moves a progress bar; None in processes that are silent.
    """

    def __init__(
        self, prepared: "Prepared", asked: Callable[[], bool], update: Update | None
    ) -> None:
        plan = prepared.job.manifest.plan
        self._total = plan.max_steps
        self._pace = Pace(prepared.job.manifest.step, self._total, plan.save_steps)
        self._asked = asked
        self._update = update
        self._losses: list[float] = []

    def stepped(self, step: int, loss: float) -> None:
        """A step was made."""
        self._losses = [*self._losses[1 - RECENT :], loss]
        mean = sum(self._losses) / len(self._losses)
        self._pace.stepped(step)
        took, left = self._pace.step, clock(self._pace.left)
        text = f"step {step}/{self._total}  loss {mean:.4f}  {took:.2f} s a step  {left} left"
        if self._update is not None:
            self._update(step / self._total, text)
        if not sys.stderr.isatty() and step % max(1, self._total // LINES) == 0:
            say(text)

    def validated(self, found: "Validation", best: bool) -> None:
        """The validation cases were looked at."""
        if found.step == 0:
            self._pace.looked()
        mark = "  (best so far)" if best else ""
        say(
            f"step {found.step}: validation loss {found.loss:.4f}, "
            f"{percent(found.exact)} exact{mark}"
        )

    def saved(self, folder: Path) -> None:
        """A checkpoint was written."""
        self._pace.looked()
        say(f"Saved {folder}")

    def stop(self) -> bool:
        """Whether to save and stop."""
        return self._asked()


def clock(seconds: float) -> str:
    """A duration for people: `4:05`, `1:02:00`."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


@contextmanager
def catching_stops() -> Iterator[Callable[[], bool]]:
    """Yields whether Ctrl-C was pressed or the program was told to end; a second time, it does."""
    asked = threading.Event()

    def heard(number: int, frame: Any) -> None:
        if asked.is_set():
            raise KeyboardInterrupt
        asked.set()
        say("Stopping after this step; once more to stop at once ...")

    if threading.current_thread() is not threading.main_thread():
        yield asked.is_set  # only the main thread hears signals
        return
    before = {number: signal.signal(number, heard) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield asked.is_set
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def show_outcome(outcome: "Outcome", prepared: "Prepared") -> None:
    """Print how it went and what can be done with it."""
    history, job = outcome.history, prepared.job
    if history.validation:
        first, last = history.validation[0], history.validation[-1]
        click.echo(
            f"Validation loss {first.loss:.4f} → {last.loss:.4f}, "
            f"exact {percent(first.exact)} → {percent(last.exact)}"
        )
    if history.best is not None:
        click.echo(f"Best: checkpoint-{history.best.step}, loss {history.best.loss:.4f}")
    click.echo(f"Losses as a picture: {job.run / 'losses.svg'}")
    run_id = job.run.name.removeprefix("run_")
    if outcome.end == "patience":
        waited = job.manifest.plan.patience
        say(f"Ended at step {outcome.step}: {waited} validations without a better loss")
    if outcome.end == "stopped":
        say(
            f"Stopped after step {outcome.step}. Go on with: funcgemma finetune --run-id {run_id} "
            f"--resume-from-checkpoint {outcome.folder}"
        )
    else:
        cases = Path(job.manifest.data["folder"]) / "test.jsonl"
        shown = cases if cases.is_file() and cases.stat().st_size else "FILE"
        say(f"Measure it: funcgemma evaluate --resolver peft --run-id {run_id} --cases {shown}")


def ledger_record(outcome: "Outcome", prepared: "Prepared") -> dict[str, Any]:
    """What the ledger of experiments remembers of a run."""
    from funcgemma.finetune.checkpoint import weights_hash

    manifest, history = prepared.job.manifest, outcome.history
    results: dict[str, Any] = {"end": outcome.end, "step": outcome.step}
    if history.train:
        results["loss"] = history.train[-1]
    if history.validation:
        last = history.validation[-1]
        results |= {"validation_loss": last.loss, "exact": last.exact}
    if history.best is not None:
        results["best_step"] = history.best.step
    folder = outcome.folder
    weights = {"weights": weights_hash(folder)[:DIGITS]} if folder else {}
    about = {
        "run": f"{prepared.job.run.name}/{folder.name}" if folder else prepared.job.run.name,
        "base": dict(manifest.base),
        **weights,
        "cases": manifest.data["folder"],
        "cases_hash": manifest.data["train"]["hash"][:DIGITS],
        "functions": manifest.fingerprint[:DIGITS],
        "prompt": dict(manifest.prompt),
        "hyper_parameters": manifest.plan.to_json(),
        "device": prepared.device.kind,
        "libraries": dict(manifest.versions),
    }
    return {
        "command": "finetune",
        "about": about,
        "cases": len(prepared.job.train),
        "results": results,
        "report": str(prepared.job.run / "losses.json"),
    }
