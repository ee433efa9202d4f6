"""Put the pieces together for a command: functions, model (trained once and kept), router."""

import hashlib
import shutil
from pathlib import Path

from funcgemma.artefacts.store import FORMAT, check_target
from funcgemma.cli.console import progress, say
from funcgemma.cli.settings import Settings
from funcgemma.data.shipped import content_hash, read_files, shipped_files
from funcgemma.errors import ArtefactError, DataError, FuncGemmaError, WorldError
from funcgemma.functions.builtin import builtin_registry
from funcgemma.functions.plugins import from_schemas, known_functions
from funcgemma.functions.registry import FunctionRegistry
from funcgemma.language.morphemes import dictionary_version
from funcgemma.model import Model, load_model, save_model
from funcgemma.records import Case
from funcgemma.router import Router

TRAINER = 1
"""Raised whenever training would give another model from the same text."""


def make_router(
    settings: Settings,
    *,
    functions: Path | None = None,
    model: Path | None = None,
    keywords: bool = False,
    no_train: bool = False,
) -> Router:
    """The router a command serves with.

    Args:
        settings: The user's settings.
        functions: The file given to `--functions`, if any.
        model: A model folder: used as it is, with the functions it was trained for.
        keywords: Keywords only, no model.
        no_train: Never train; keywords serve where no model is kept yet.

    Raises:
        ArtefactError: The folder given as `model` cannot be used.
    """
    if model is not None:
        loaded = load_model(model)
        registry = known_functions(functions) if functions else _functions_of(loaded, model)
        return _checked(Router(registry, loaded, settings.max_false_action))
    registry = known_functions(functions)
    if keywords:
        return Router(registry, None)
    kept = kept_model(settings, registry, no_train=no_train)
    return _checked(Router(registry, kept, settings.max_false_action))


def _functions_of(model: Model, folder: Path) -> FunctionRegistry:
    return from_schemas(list(model.manifest.get("functions", [])), str(folder))


def _checked(router: Router) -> Router:
    if router.model is not None and router.untrained:
        names = ", ".join(router.untrained)
        say(f"The model has never seen: {names}. Run `funcgemma train` with cases for them.")
    return router


def training_cases(settings: Settings, registry: FunctionRegistry) -> tuple[Case, ...]:
    """The shipped corpus, the user's own, and the examples of functions."""
    from funcgemma.data.examples import example_cases

    shipped = read_files(shipped_files(), builtin_registry().schemas)
    return (*shipped, *_own_cases(settings, registry), *example_cases(registry))


def _own_cases(settings: Settings, registry: FunctionRegistry) -> list[Case]:
    """The user's own corpus; a file with mistakes, or for other functions, is left out and said."""
    schemas = {**builtin_registry().schemas, **registry.schemas}
    cases: list[Case] = []
    for path in own_files(settings):
        try:
            cases += read_files((path,), schemas)
        except DataError as error:
            say(f"Left out of the training: {error.message.splitlines()[0]}")
    return cases


def own_files(settings: Settings) -> tuple[Path, ...]:
    """Corpus files in the user's data folder, in a fixed order."""
    found = (settings.data_path / "corpus").glob("**/*.txt")
    return tuple(sorted(p for p in found if p.is_file() and not p.name.startswith(".")))


def model_key(settings: Settings, registry: FunctionRegistry) -> str:
    """Names the model that belongs to these functions, this text and this dictionary."""
    examples = "\n".join(example for d in registry for example in d.examples)
    parts = (
        str(FORMAT),
        str(TRAINER),
        dictionary_version(),
        registry.fingerprint(),
        content_hash((*shipped_files(), *own_files(settings))),
        examples,
    )
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def kept_model(settings: Settings, registry: FunctionRegistry, *, no_train: bool) -> Model | None:
    """The kept model, trained now if there is none; None = keywords serve."""
    folder = settings.data_path / "models" / model_key(settings, registry)
    if folder.exists():
        try:
            return load_model(folder)
        except ArtefactError as error:
            say(f"The kept model cannot be used: {error.message}")
    if no_train:
        say("No trained model is kept yet; keywords decide. (Leave out --no-train to train one.)")
        return None
    try:
        return _train_and_keep(settings, registry, folder)
    except FuncGemmaError as error:
        say(f"Training failed: {error}. Keywords decide until it works.")
        return None


def _train_and_keep(settings: Settings, registry: FunctionRegistry, folder: Path) -> Model:
    from funcgemma.training.build import build_model, model_card

    cases = training_cases(settings, registry)
    with progress(f"Training the router on {len(cases)} utterances (once) ...") as update:
        model = build_model(cases, registry, progress=update)
    try:
        make_room(folder)
        return save_model(model, folder, model_card(model))
    except (WorldError, ArtefactError) as error:
        say(f"The model could not be kept: {error}. It will be trained again next time.")
        return model


def make_room(folder: Path) -> None:
    """Remove what is left of a damaged kept model; it lies in the program's own data folder.

    Raises:
        WorldError: It cannot be looked into.
    """
    try:
        check_target(folder)
    except ArtefactError:
        shutil.rmtree(folder, ignore_errors=True)
