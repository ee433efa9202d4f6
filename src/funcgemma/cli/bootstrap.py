"""Put the pieces together for a command: functions, model (trained once and kept), router."""

import hashlib
from pathlib import Path

from funcgemma.artefacts.store import FORMAT
from funcgemma.cli.console import say
from funcgemma.cli.keeper import Keeper
from funcgemma.cli.language_model import language_stage
from funcgemma.cli.resolvers import Chosen, choose, with_model
from funcgemma.cli.settings import Settings
from funcgemma.cli.teach.report import lesson_lines
from funcgemma.cli.tuned import Tuned
from funcgemma.data.shipped import content_hash, read_files, shipped_files
from funcgemma.errors import DataError, FuncGemmaError, TrainingError
from funcgemma.functions.builtin import builtin_registry
from funcgemma.functions.plugins import from_schemas, known_functions
from funcgemma.functions.registry import FunctionRegistry
from funcgemma.language.morphemes import dictionary_version
from funcgemma.model import Model, gate_alone, load_model
from funcgemma.records import Case
from funcgemma.resolver.language_stage import LanguageStage
from funcgemma.router import Router

TRAINER = 4
"""Raised whenever training would give another model from the same text."""

TEACH = "funcgemma train --functions FILE --cases FILE --output DIR makes a model for --model DIR"
"""For functions of which only the schemas are known here."""


def make_router(
    settings: Settings,
    *,
    functions: Path | None = None,
    model: Path | None = None,
    resolver: str | Chosen | None = None,
    backend: str | None = None,
    no_train: bool = False,
    strict: bool = False,
) -> Router:
    """The router a command serves with.

    Args:
        settings: The user's settings.
        functions: The file given to `--functions`, if any.
        model: A model folder: used as it is, with the functions it was trained for.
        resolver: See `choose`; a fine-tuned model brings its functions where no others are given.
        backend: The resolver's language model; None = as the settings say.
        no_train: Never train; keywords serve where no model is kept yet.
        strict: Whether a language model that fails in the middle is an error, as it must be where
            something is measured; otherwise the other resolvers go on without it.

    Raises:
        ArtefactError: The folder given as `model` cannot be used, or the fine-tuned model.
        BackendError: The resolver needs a language model, and it does not answer.
    """
    chosen = resolver if isinstance(resolver, Chosen) else choose(settings, resolver, backend)
    settings = with_model(settings, chosen, backend)
    loaded = load_model(model) if model is not None else None
    if loaded is not None and functions is None and model is not None:
        registry = _functions_of(loaded, model)
    elif chosen.tuned is not None and functions is None:
        registry = chosen.tuned.registry()
    else:
        registry = known_functions(functions)
        if chosen.tuned is not None:
            registry = _tuned_ones(chosen.tuned, registry)
    if chosen.name == "keywords":
        return Router(registry, None)
    # Asked before a model is trained: who names a model that does not answer hears it at once.
    llm = language_stage(settings, chosen, {d.name: d for d in registry}, strict=strict)
    if loaded is None:
        loaded = _first_stage(settings, registry, llm, no_train=no_train)
    if loaded is not None and llm is not None and llm.when == "passed":
        loaded = gate_alone(loaded)
    return _checked(Router(registry, loaded, settings.max_false_action, llm))


def _first_stage(
    settings: Settings,
    registry: FunctionRegistry,
    llm: LanguageStage | None,
    *,
    no_train: bool,
) -> Model | None:
    """What decides before the language model; one that decides alone can do without."""
    alone = llm is not None and llm.when == "always"
    if alone and not _taught(settings, registry):
        return keeper_of(settings, registry).kept()
    return kept_model(settings, registry, no_train=no_train)


def _taught(settings: Settings, registry: FunctionRegistry) -> bool:
    """Whether any text that is learned from calls one of the functions."""
    shipped = builtin_registry()
    if any(definition.examples or definition.name in shipped for definition in registry):
        return True
    cases = training_cases(settings, registry)
    return any(call.name in registry for case in cases for call in case.calls)


def _tuned_ones(tuned: Tuned, known: FunctionRegistry) -> FunctionRegistry:
    """The functions of a run; it can call no others, and its prompt may declare no others."""
    found = tuned.among(known)
    others = [name for name in known.names if name not in found]
    if others:
        say(f"{tuned.name} was not tuned on {', '.join(others)}: left out.")
    return found


def _functions_of(model: Model, folder: Path) -> FunctionRegistry:
    return from_schemas(list(model.manifest.get("functions", [])), str(folder))


def _checked(router: Router) -> Router:
    if router.model is not None and router.untrained:
        names = ", ".join(router.untrained)
        left = " Until then they are left to the language model." if router.llm else ""
        say(f"The model has never seen: {names}. Run `funcgemma train` with cases for them.{left}")
    return router


def training_cases(settings: Settings, registry: FunctionRegistry) -> tuple[Case, ...]:
    """All that is learned from: text, and the user's corrections but for those held back."""
    corrections = keeper_of(settings, registry).taught()
    return (*_corpus_cases(settings, registry), *corrections)


def _corpus_cases(settings: Settings, registry: FunctionRegistry) -> tuple[Case, ...]:
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
    """Names the model that belongs to these functions, this text, these corrections."""
    return keeper_of(settings, registry).serving_folder.name


def keeper_of(settings: Settings, registry: FunctionRegistry) -> Keeper:
    """Keeps the models of these functions."""
    return Keeper(
        settings.data_path,
        registry,
        _base_key(settings, registry),
        lambda: _corpus_cases(settings, registry),
    )


def _base_key(settings: Settings, registry: FunctionRegistry) -> str:
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
    keeper = keeper_of(settings, registry)
    kept = keeper.kept()
    if kept is not None:
        return kept
    if no_train:
        older = keeper.older()
        if older is None:
            say("No trained model is kept yet; keywords decide. (Without --no-train one is made.)")
        return older
    try:
        if not _taught(settings, registry):
            raise TrainingError(f"no text calls {', '.join(registry.names)}", TEACH)
        lesson = keeper.learn()
    except FuncGemmaError as error:
        older = keeper.older()
        say(f"Training failed: {error}. {'An older model serves' if older else 'Keywords decide'}.")
        return older
    for line in lesson_lines(lesson, settings.spoken):
        say(line)
    return lesson.model
