"""Open the language model that a resolver asks."""

import socket
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from funcgemma.backends.base import Backend
from funcgemma.backends.catalogue import Place, open_backend, split_spec
from funcgemma.cli.resolvers import AUTO, WHEN, Chosen, place_of
from funcgemma.cli.settings import Settings
from funcgemma.cli.tuned import Tuned
from funcgemma.errors import ArtefactError, BackendError
from funcgemma.functions.definition import FunctionDefinition
from funcgemma.resolver.language_stage import LanguageStage

KNOCK_SECONDS = 0.3
CLOCK = "day"
"""How exactly prompts tell the time."""


def language_stage(
    settings: Settings,
    chosen: Chosen,
    definitions: Mapping[str, FunctionDefinition],
    *,
    strict: bool = False,
) -> LanguageStage | None:
    """The language model's part in the decisions; None = it has none.

    Args:
        settings: The user's settings, after `with_model`.
        chosen: The resolver.
        definitions: The functions by name.
        strict: Whether a failure in the middle is an error.

    Raises:
        ArtefactError: The fine-tuned model was made for other functions, or other prompts.
        BackendError: The resolver asks for a model that cannot answer now.
    """
    if chosen.name != AUTO and chosen.name not in WHEN:
        return None
    if chosen.tuned is not None:
        definitions = _fitting(chosen.tuned, definitions)
    place = place_of(settings)
    if chosen.name == AUTO and not _may_answer(settings.resolver_model, place):
        return None
    try:
        backend = open_backend(settings.resolver_model, place)
        backend.check()
    except BackendError:
        if chosen.name == AUTO:  # no model at hand is how most machines are
            return None
        raise
    if chosen.tuned is not None and settings.resolver_model == f"transformers:{chosen.tuned.base}":
        chosen.tuned.check_base()
    model = _functiongemma(backend, settings, definitions)
    return LanguageStage(model, WHEN.get(chosen.name, "unsure"), strict=strict)


def _fitting(
    tuned: Tuned, definitions: Mapping[str, FunctionDefinition]
) -> Mapping[str, FunctionDefinition]:
    if tuned.clock != CLOCK:
        raise ArtefactError(
            f"{tuned.folder}: its prompts tell the time to the {tuned.clock}, here to the {CLOCK}",
            "fine-tune again",
        )
    return tuned.fit(definitions)


def _may_answer(spec: str, place: Place) -> bool:
    """Whether a server listens where one is needed; costs no import of an HTTP client."""
    url = {"ollama": place.ollama_url, "openai": place.openai_url}.get(split_spec(spec)[0])
    if url is None:
        return True
    try:
        parts = urlsplit(url)
        port = parts.port or (443 if parts.scheme == "https" else 80)
        with socket.create_connection((parts.hostname or "", port), timeout=KNOCK_SECONDS):
            return True
    except (OSError, ValueError):
        return False


def _functiongemma(
    backend: Backend, settings: Settings, definitions: Mapping[str, FunctionDefinition]
) -> Any:
    from funcgemma.resolver.functiongemma.resolver import FunctionGemma

    return FunctionGemma(
        backend, definitions, num_ctx=settings.num_ctx, compact=settings.compact_declarations
    )
