"""Which resolver a command serves with, and the language model behind it.

A resolver is named by one of `RESOLVERS`; one that asks a fine-tuned model by its name, the run
and perhaps the checkpoint: `peft:1`, `two-stage:1/200`. That is what `--run-id` and
`--checkpoint` come to, and what the setting resolver may hold.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar, cast

import click

from funcgemma.backends.catalogue import Place
from funcgemma.cli.settings import Settings
from funcgemma.cli.tuned import BEST, LAST, Tuned, find_tuned, runs_hint
from funcgemma.errors import SettingsError
from funcgemma.resolver.language_stage import When
from funcgemma.router import Router

AUTO = "auto"
WHEN: Mapping[str, When] = {
    "cascade": "unsure",
    "functiongemma": "passed",
    "zero-shot": "always",
    "peft": "always",
    "two-stage": "passed",
}
"""Resolvers that ask a language model, and for which utterances they do."""
RESOLVERS = (AUTO, "embedded", "keywords", *WHEN)
TUNED = ("peft", "two-stage")
"""Resolvers that ask a fine-tuned model."""
UNTUNED = "zero-shot"
_RUN = re.compile(rf"(\d+)(?:/(\d+|{BEST}|{LAST}))?")

F = TypeVar("F", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Chosen:
    """A resolver, and the fine-tuned model it asks, if it asks one."""

    name: str
    tuned: Tuned | None = None


backend_option = click.option(
    "--backend",
    metavar="SPEC",
    help="The resolver's language model: ollama:functiongemma, llamacpp:FILE.gguf, openai:MODEL, "
    "transformers:DIR; default: the setting resolver_model.",
)


def _checkpoint(context: click.Context, option: click.Parameter, text: str | None) -> str:
    """A checkpoint as a number, `best` or `last`."""
    number = (text or "").removeprefix("checkpoint-")
    if text is not None and not (number in (BEST, LAST) or re.fullmatch(r"\d+", number)):
        raise click.BadParameter(f"{text!r} is neither a number nor {BEST} or {LAST}")
    return number


run_id_option = click.option(
    "--run-id",
    type=click.IntRange(min=0),
    help="The fine-tuned model in data/peft_adapters/run_N; with zero-shot, what it was made from.",
)
checkpoint_option = click.option(
    "--checkpoint",
    metavar="K",
    callback=_checkpoint,
    help=f"Its checkpoint-K, {BEST} or {LAST}; default: the best, or else the last.",
)


def resolver_options(command: F) -> F:
    """`--resolver`, `--backend`, `--run-id` and `--checkpoint`, for every command that decides.

    The command gets the run within its `resolver`: `peft:1/200`.
    """
    resolver = click.option(
        "--resolver",
        type=click.Choice(RESOLVERS),
        default=None,
        help="Default: the setting resolver; auto = cascade when the language model answers, "
        "else embedded. peft and two-stage need --run-id.",
    )

    @wraps(command)
    def named(*args: Any, resolver: Any, run_id: Any, checkpoint: Any, **options: Any) -> Any:
        whole = with_run(resolver, run_id, checkpoint)
        return command(*args, resolver=whole, **options)

    return cast(F, resolver(backend_option(run_id_option(checkpoint_option(named)))))


def with_run(resolver: str | None, run_id: int | None, checkpoint: str) -> str | None:
    """The name of a resolver with the run it shall ask.

    Raises:
        UsageError: There is a checkpoint, but no run.
    """
    if run_id is None:
        if checkpoint:
            raise click.UsageError("--checkpoint needs --run-id")
        return resolver
    return f"{resolver or 'peft'}:{run_id}" + (f"/{checkpoint}" if checkpoint else "")


def choose(settings: Settings, resolver: str | None, backend: str | None) -> Chosen:
    """The resolver that was asked for, and its fine-tuned model.

    Args:
        settings: The user's settings.
        resolver: One of `RESOLVERS`, perhaps with a run; None = cascade if a backend is named,
            else as the settings say.
        backend: The language model's spec.

    Raises:
        SettingsError: There is no such resolver, or it needs a run, or can do nothing with it.
        ArtefactError: There is no such run or checkpoint.
    """
    text = resolver or ("cascade" if backend else settings.resolver)
    name, colon, place = text.partition(":")
    if name not in RESOLVERS:
        raise SettingsError(f"unknown resolver {name!r}", f"known: {', '.join(RESOLVERS)}")
    if not colon:
        if name in TUNED:
            raise SettingsError(f"{name} asks a fine-tuned model: give --run-id N", runs_hint())
        return Chosen(name)
    if name not in WHEN:
        raise SettingsError(
            f"{name} asks no language model: leave out --run-id",
            f"with a run: {', '.join(WHEN)}",
        )
    run = _RUN.fullmatch(place)
    if run is None:
        raise SettingsError(f"{text!r} names no run", f"write it as {name}:1 or {name}:1/200")
    return Chosen(name, find_tuned(int(run[1]), run[2] or ""))


def with_model(settings: Settings, chosen: Chosen, backend: str | None) -> Settings:
    """The settings with the language model that was asked for.

    A backend that is named beside a run serves the run's model in another form (exported to
    Ollama or llama.cpp): only the functions and the prompt are the run's then.
    """
    untuned = chosen.name == UNTUNED
    if chosen.tuned is not None:
        settings = chosen.tuned.prompting(settings)
        if backend is None:
            return chosen.tuned.serving(settings, untuned=untuned)
    return replace(
        settings,
        resolver_model=backend or settings.resolver_model,
        adapter="" if untuned else settings.adapter,
    )


def resolver_name(router: Router, chosen: Chosen) -> str:
    """What a router serves with, as one of `RESOLVERS`."""
    if router.llm is not None:
        return "cascade" if chosen.name == AUTO else chosen.name
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
