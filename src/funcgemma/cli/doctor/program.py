"""The program without any language model: dictionary, data folder, trained model, a decision."""

import platform
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from funcgemma.cli.doctor.findings import Finding
from funcgemma.cli.settings import Settings
from funcgemma.errors import FuncGemmaError

if TYPE_CHECKING:
    from funcgemma.functions.registry import FunctionRegistry
    from funcgemma.model import Model

AREA = "program"
TRIED = "明日の京都の天気は？"
EXPECTED = "weather_info"
REINSTALL = "install it again: rm -rf .venv; make install"


def look_at_program(settings: Settings) -> Iterator[Finding]:
    """The version, and each thing that a decision stands on."""
    from funcgemma import __version__

    about = f"{__version__}, Python {platform.python_version()}"
    yield Finding(AREA, "FuncGemma", "ok", f"{about}, {platform.system()} {platform.machine()}")
    yield _dictionary()
    yield _data_folder(settings.data_path)
    yield from _model_and_decision(settings)


def _dictionary() -> Finding:
    # Whatever a damaged installation raises: to find that out is what this is for.
    try:
        from funcgemma.language.morphemes import analyse, dictionary_version

        analyse(TRIED)
        return Finding(AREA, "dictionary", "ok", dictionary_version())
    except Exception as error:
        return Finding(AREA, "dictionary", "broken", _words(error), REINSTALL)


def _data_folder(folder: Path) -> Finding:
    there = folder = folder.absolute()
    try:
        # Where it is not made yet, its place is tried: looking leaves nothing behind.
        while not there.exists():
            there = there.parent
        with tempfile.TemporaryFile(dir=there):
            pass
    except OSError as error:
        text = f"{there}: {error.strerror}: models, corrections and reminders cannot be kept"
        todo = "make it writable, or name another folder: FUNCGEMMA_DATA_DIR"
        return Finding(AREA, "data folder", "failed", text, todo)
    new = "" if there == folder else " (made at the first use)"
    return Finding(AREA, "data folder", "ok", f"{folder}{new}")


def _model_and_decision(settings: Settings) -> Iterator[Finding]:
    try:
        from funcgemma.functions.builtin import builtin_registry

        registry = builtin_registry()
        model, finding = _trained_model(settings, registry)
        yield finding
        yield _decision(registry, model)
    except Exception as error:
        yield Finding(AREA, "a decision", "broken", _words(error), REINSTALL)


def _trained_model(
    settings: Settings, registry: "FunctionRegistry"
) -> "tuple[Model | None, Finding]":
    from funcgemma.cli.bootstrap import keeper_of
    from funcgemma.model import load_model

    try:
        folder = keeper_of(settings, registry).serving_folder
        if not folder.exists():
            text = "none kept for this version and text; the next start trains it (a minute or two)"
            return None, Finding(AREA, "trained model", "optional", text, "funcgemma train")
        model = load_model(folder)
        size = sum(file.stat().st_size for file in folder.iterdir())
    except (FuncGemmaError, OSError) as error:
        words = error.message if isinstance(error, FuncGemmaError) else str(error)
        text = f"{words}; the next start trains it again (a minute or two)"
        return None, Finding(AREA, "trained model", "warning", text, "funcgemma train")
    return model, Finding(AREA, "trained model", "ok", f"{folder} ({size / 1e6:.1f} MB)")


def _decision(registry: "FunctionRegistry", model: "Model | None") -> Finding:
    from funcgemma.cli.world import local_now
    from funcgemma.records import Dialogue, Message
    from funcgemma.router import Router

    decision = Router(registry, model).route(Dialogue((Message("user", TRIED),), local_now()))
    names = ", ".join(call.name for call in decision.calls) or "no function"
    text = f"{TRIED} → {names} (by {decision.stage})"
    if names == EXPECTED:
        return Finding(AREA, "a decision", "ok", text)
    todo = "train again: funcgemma train; mend it: funcgemma correct"
    return Finding(AREA, "a decision", "warning", f"{text}, not {EXPECTED}", todo)


def _words(error: Exception) -> str:
    return f"{type(error).__name__}: {error}".splitlines()[0]
