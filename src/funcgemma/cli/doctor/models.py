"""The language models that the settings name: who serves them, and whether they answer."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from funcgemma.cli.doctor.findings import Finding, State
from funcgemma.cli.resolvers import AUTO, WHEN, place_of
from funcgemma.cli.settings import NO_MODEL, Settings
from funcgemma.errors import FuncGemmaError, SettingsError

if TYPE_CHECKING:
    from funcgemma.backends.ollama.server import OllamaServer

AREA = "language models"
ROLES: Mapping[str, str] = {
    "resolver_model": "decides where the embedded resolver is unsure",
    "chat_model": "chats, and phrases replies",
    "generator_model": "writes training text: funcgemma generate",
}
"""The settings that name a model, and what it does."""


@dataclass(frozen=True, slots=True)
class Model:
    """A model that a setting names.

    Attributes:
        role: The setting.
        spec: As `backends/catalogue.py` reads it.
        backend: The runtime's name.
        asked_for: Whether a user asks for it, and not just the defaults.
    """

    role: str
    spec: str
    backend: str
    asked_for: bool


@dataclass(frozen=True, slots=True)
class Health:
    """What came of asking: by role the error, None = it answers; and the findings."""

    errors: Mapping[str, FuncGemmaError | None]
    findings: tuple[Finding, ...]


def look_at_models(settings: Settings, server: "OllamaServer") -> Health:
    """Ask each runtime for its model; none is loaded."""
    named = models_of(settings)
    findings: list[Finding] = []
    down: FuncGemmaError | None = None
    served = [model for model in named if model.backend == "ollama"]
    if served:
        from funcgemma.cli.doctor.ollama import look_at_ollama

        set_up = settings.origins.get("ollama_url", "default") != "default"
        asked_for = set_up or any(model.asked_for for model in served)
        found, down = look_at_ollama(server, asked_for)
        findings += found
    errors: dict[str, FuncGemmaError | None] = {}
    for model in named:
        # One that does not run need not be asked again for each of its models.
        known = down if model.backend == "ollama" else None
        errors[model.role] = known or _ask(settings, model)
        findings.append(_finding(model, errors[model.role], known is not None))
    return Health(errors, tuple(findings))


def models_of(settings: Settings) -> tuple[Model, ...]:
    """The models that the settings name."""
    return tuple(_models(settings))


def _models(settings: Settings) -> Iterator[Model]:
    from funcgemma.backends.catalogue import split_spec

    for role in ROLES:
        spec = getattr(settings, role)
        if spec in NO_MODEL:
            continue
        try:
            backend = split_spec(spec)[0]
        except SettingsError:  # told when it is opened
            backend = ""
        yield Model(role, spec, backend, _asked_for(settings, role))


def _asked_for(settings: Settings, role: str) -> bool:
    own = settings.origins.get(role, "default") != "default"
    if role != "resolver_model":
        return own
    return settings.resolver in WHEN or (own and settings.resolver == AUTO)


def _ask(settings: Settings, model: Model) -> FuncGemmaError | None:
    from funcgemma.backends.catalogue import open_backend

    try:
        backend = open_backend(model.spec, place_of(settings))
        try:
            backend.check()
        finally:
            backend.close()
    except FuncGemmaError as error:
        return error
    return None


def _finding(model: Model, error: FuncGemmaError | None, told: bool) -> Finding:
    about = f"{model.spec} ({ROLES[model.role]})"
    if error is None:
        return Finding(AREA, model.role, "ok", about)
    state: State = "failed" if model.asked_for else "optional"
    if told:
        return Finding(AREA, model.role, state, f"{about}: needs Ollama, see above")
    return Finding(AREA, model.role, state, f"{about}: {error.message}", error.hint)
