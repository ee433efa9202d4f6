"""Which resolver a command serves with, and the language model behind it."""

import socket
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

import click

from funcgemma.backends.base import Backend
from funcgemma.backends.catalogue import Place, open_backend, split_spec
from funcgemma.cli.settings import Settings
from funcgemma.errors import BackendError
from funcgemma.functions.definition import FunctionDefinition
from funcgemma.resolver.language_stage import LanguageStage, When
from funcgemma.router import Router

AUTO = "auto"
WHEN: Mapping[str, When] = {
    "cascade": "unsure",
    "functiongemma": "passed",
    "zero-shot": "always",
}
"""Resolvers that ask a language model, and for which utterances they do."""
RESOLVERS = (AUTO, "embedded", "keywords", *WHEN)

KNOCK_SECONDS = 0.3

F = TypeVar("F", bound=Callable[..., Any])


backend_option = click.option(
    "--backend",
    metavar="SPEC",
    help="The resolver's language model: ollama:functiongemma, llamacpp:FILE.gguf, openai:MODEL, "
    "transformers:DIR; default: the setting resolver_model.",
)


def resolver_options(command: F) -> F:
    """`--resolver` and `--backend`, for every command that decides."""
    resolver = click.option(
        "--resolver",
        type=click.Choice(RESOLVERS),
        default=None,
        help="Default: the setting resolver; auto = cascade when the language model answers, "
        "else embedded.",
    )
    return resolver(backend_option(command))


def resolver_name(router: Router) -> str:
    """What a router serves with, as one of `RESOLVERS`."""
    if router.llm is not None:
        return next(name for name, when in WHEN.items() if when == router.llm.when)
    return "embedded" if router.model else "keywords"


def place_of(settings: Settings) -> Place:
    """Where runtimes are found, from the settings."""
    return Place(
        ollama_url=settings.ollama_url,
        openai_url=settings.openai_url,
        openai_key=settings.openai_key,
        num_ctx=settings.num_ctx,
        timeout=settings.llm_timeout,
        keep_alive=settings.keep_alive,
        adapter=str(Path(settings.adapter).expanduser()) if settings.adapter else "",
    )


def language_stage(
    settings: Settings,
    resolver: str,
    definitions: Mapping[str, FunctionDefinition],
    *,
    strict: bool = False,
) -> LanguageStage | None:
    """The language model's part in the decisions; None = it has none.

    Args:
        settings: The user's settings.
        resolver: One of `RESOLVERS`.
        definitions: The functions by name.
        strict: Whether a failure in the middle is an error.

    Raises:
        BackendError: The resolver asks for a model that cannot answer now.
    """
    if resolver != AUTO and resolver not in WHEN:
        return None
    place = place_of(settings)
    if resolver == AUTO and not _may_answer(settings.resolver_model, place):
        return None
    try:
        backend = open_backend(settings.resolver_model, place)
        backend.check()
    except BackendError:
        if resolver == AUTO:  # no model at hand is how most machines are
            return None
        raise
    model = _functiongemma(backend, settings, definitions)
    return LanguageStage(model, WHEN.get(resolver, "unsure"), strict=strict)


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
