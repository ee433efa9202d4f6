"""What is measured: for the head of a report, and for the ledger."""

import platform
from collections.abc import Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from funcgemma import __version__
from funcgemma.backends.catalogue import split_spec
from funcgemma.cli.console import say
from funcgemma.cli.language_model import CLOCK
from funcgemma.cli.resolvers import UNTUNED, Chosen, resolver_name, with_model
from funcgemma.cli.settings import Settings
from funcgemma.data.cases import cases_hash
from funcgemma.data.ledger import append_record
from funcgemma.errors import WorldError
from funcgemma.functions.registry import FunctionRegistry
from funcgemma.records import Case
from funcgemma.router import Router

RESULTS = Path("data/results")
DIGITS = 12
"""Of a hash."""
LIBRARIES: Mapping[str, tuple[str, ...]] = {
    "llamacpp": ("xllamacpp",),
    "transformers": ("torch", "transformers", "peft"),
}
"""What decides about a backend's answers, beside the model."""


def about(
    router: Router,
    chosen: Chosen,
    settings: Settings,
    *,
    source: str,
    cases: Sequence[Case],
    backend: str | None = None,
) -> dict[str, Any]:
    """Everything that a measurement depends on, as plain values.

    Args:
        router: What is measured.
        chosen: The resolver that was asked for.
        settings: The user's settings.
        source: Where the cases come from.
        cases: The cases.
        backend: The language model's spec, if it was named.
    """
    manifest = router.model.manifest if router.model else {}
    registry = FunctionRegistry(tuple(router.definitions.values()))
    told = {
        "cases": source,
        "cases_hash": cases_hash(cases)[:DIGITS],
        "resolver": resolver_name(router, chosen),
        "language_model": router.llm.resolver.name if router.llm else None,
        "version": __version__,
        "functions": registry.fingerprint()[:DIGITS],
        "max_false_action": router.max_false_action,
        "training_cases": manifest.get("cases"),
        "training_data": str(manifest.get("data", ""))[:DIGITS] or None,
        "python": platform.python_version(),
    }
    if router.llm is not None:
        used = with_model(settings, chosen, backend)
        told |= _prompting(used) | _libraries(router.llm.resolver.name)
        told |= _tuned(chosen, whole=backend is None)
    return told


def _prompting(settings: Settings) -> dict[str, Any]:
    compact, num_ctx = settings.compact_declarations, settings.num_ctx
    return {"prompt": {"compact": compact, "num_ctx": num_ctx, "clock": CLOCK}}


def _libraries(name: str) -> dict[str, Any]:
    found = {}
    for library in LIBRARIES.get(split_spec(name)[0], ()):
        try:
            found[library] = version(library)
        except PackageNotFoundError:
            continue
    return {"libraries": found} if found else {}


def _tuned(chosen: Chosen, *, whole: bool) -> dict[str, Any]:
    """The run and its model; the hash of its weights where they themselves were served."""
    if chosen.tuned is None:
        return {}
    told = {"run": chosen.tuned.name, "base": dict(chosen.tuned.manifest.base)}
    if whole and chosen.name != UNTUNED:
        told["weights"] = chosen.tuned.weights_hash()[:DIGITS]
    return told


def enter(record: Mapping[str, Any]) -> None:
    """Add a run to the ledger; what was measured stands even where that fails."""
    try:
        written = append_record(RESULTS, record)
    except WorldError as error:
        say(f"Not entered in the ledger: {error}")
        return
    say(f"Entered in the ledger as {written['id']}")
