"""`funcgemma generate` with a language model: rows go to the file as they come."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from funcgemma.backends.base import Backend
from funcgemma.backends.catalogue import Place, open_backend, split_spec
from funcgemma.cli.bootstrap import training_cases
from funcgemma.cli.console import progress, say
from funcgemma.cli.generated import show_counts, show_refused
from funcgemma.cli.resolvers import place_of
from funcgemma.cli.settings import Settings, load_settings
from funcgemma.data.llm.flaws import MEANINGS
from funcgemma.data.llm.generate import Generator
from funcgemma.data.llm.rows import append_rows, read_rows
from funcgemma.data.llm.tally import Tally, own_rows, wanting
from funcgemma.errors import WorldError
from funcgemma.functions.registry import FunctionRegistry

LEAST_TIMEOUT = 300.0
"""Seconds: a large model on a small machine is loaded and reads a long prompt in silence."""

BROKEN_OFF = 130
GO_ON = "What was written stays; the same command goes on from there."


def ask_for_rows(
    spec: str,
    registry: FunctionRegistry,
    labels: Sequence[str],
    count: int,
    seed: int,
    path: Path,
) -> int:
    """Let a language model write rows until there are `count`, and say what became of them.

    Args:
        spec: The model.
        registry: All functions there are.
        labels: Those that rows are wanted for, and `no_function`.
        count: Rows in all, with those that an earlier run of this command left.
        seed: Names the run, with the model.
        path: The case file, appended to.

    Returns:
        The exit code: 0 all rows are there, 1 fewer, 130 broken off by Ctrl-C.

    Raises:
        WorldError: The model cannot be reached or failed again and again, or the disk failed.
        DataError: The file holds a wrong line.
    """
    settings = load_settings()
    backend = open_backend(spec, _place(settings))
    before = read_rows(path)
    tally = Tally.of(own_rows(before, backend, seed))
    try:
        if wanting(labels, count, tally):
            backend.check()
            _make_room(backend, spec, settings)
            cases = training_cases(settings, registry)
            generator = Generator(backend, registry, cases, seed=seed, before=before)
            _write(generator, labels, count, tally, path)
    except KeyboardInterrupt:
        tally.made = Tally.of(own_rows(read_rows(path), backend, seed)).made
        _report(labels, tally, path)
        say(f"Broken off. {GO_ON}")
        return BROKEN_OFF
    except WorldError:
        if tally.asked:
            _report(labels, tally, path)
            say(GO_ON)
        raise
    finally:
        backend.close()
    _report(labels, tally, path)
    return _verdict(labels, count, tally)


def _place(settings: Settings) -> Place:
    """Where runtimes are found; an adapter belongs to the resolver's model, not to this one."""
    place = place_of(settings)
    return replace(place, timeout=max(place.timeout, LEAST_TIMEOUT), adapter="")


def _write(
    generator: Generator, labels: Sequence[str], count: int, tally: Tally, path: Path
) -> None:
    """Ask, and append what is kept after every question."""
    made = sum(tally.made[label] for label in labels)
    going = f", {made} of them there already" if made else ""
    with progress(f"Asking for {count} cases for {len(labels)} labels{going} ...") as update:
        for step in generator.run(labels, count, tally):
            append_rows(path, step.rows)
            made += len(step.rows)
            update(made / count, f"{made} of {count}, {tally.refused.total()} refused")


def _make_room(backend: Backend, spec: str, settings: Settings) -> None:
    """Unload what may not stay in memory beside the model, where a server can be told."""
    if split_spec(spec)[0] != "ollama":
        return
    from funcgemma.backends.memory import make_room
    from funcgemma.backends.ollama.backend import OllamaBackend

    if isinstance(backend, OllamaBackend):
        room = make_room(backend.server, split_spec(spec)[1], num_ctx=settings.num_ctx)
        if room.unloaded:
            say(f"Unloaded to make room: {', '.join(room.unloaded)}")
        if room.warning:
            say(room.warning)


def _report(labels: Sequence[str], tally: Tally, path: Path) -> None:
    show_counts(labels, tally.made, path)
    show_refused({f"{why}: {MEANINGS[why]}": number for why, number in tally.refused.items()})


def _verdict(labels: Sequence[str], count: int, tally: Tally) -> int:
    made = sum(tally.made[label] for label in labels)
    if made >= count:
        return 0
    say(f"Only {made} of {count}: the model gives no more for {', '.join(tally.given_up)}.")
    return 1
