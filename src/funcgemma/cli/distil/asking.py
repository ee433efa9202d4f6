"""Open the teacher, and ask it what it has not been asked yet."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from funcgemma.cli.console import progress, say
from funcgemma.cli.diary import functions_of
from funcgemma.cli.distil.away import check_private, leaves_to
from funcgemma.cli.distil.files import Files
from funcgemma.cli.language_model import language_stage
from funcgemma.cli.resolvers import RESOLVERS, UNTUNED, WHEN, Chosen, choose, place_of, with_model
from funcgemma.cli.settings import Settings
from funcgemma.cli.tuned import Tuned
from funcgemma.data.llm.rows import append_rows
from funcgemma.errors import SettingsError, WorldError
from funcgemma.functions.registry import FunctionRegistry
from funcgemma.records import Case
from funcgemma.resolver.language_stage import LanguageStage
from funcgemma.router import Router
from funcgemma.training.teacher import Answer, Part, ask_all, key_of

LEAST_TIMEOUT = 300.0
"""Seconds: a large model on a small machine is loaded and reads a long prompt in silence."""

DIGITS = 10

GO_ON = "What was answered stays; the same command goes on from there."


def open_teacher(
    spec: str, settings: Settings, registry: FunctionRegistry, *, private: bool = False
) -> tuple[LanguageStage, str]:
    """The teacher, and what it is called.

    Args:
        spec: A resolver that asks a language model (`peft:1`, `cascade`, …), or the spec of a
            backend, which then decides alone.
        settings: The user's settings.
        registry: The functions.
        private: Whether it is to be asked about the local log, which is sent nowhere.

    Raises:
        SettingsError: The resolver asks no language model, or the log would leave this machine.
        BackendError: The model does not answer.
    """
    head = spec.partition(":")[0]
    if head in RESOLVERS and head not in WHEN:
        raise SettingsError(
            f"{head} asks no language model and cannot teach", f"known: {', '.join(WHEN)}"
        )
    backend = None if head in WHEN else spec
    chosen = choose(settings, spec, None) if backend is None else Chosen(UNTUNED)
    patient = replace(settings, llm_timeout=max(settings.llm_timeout, LEAST_TIMEOUT))
    ready = with_model(patient, chosen, backend)
    place = place_of(ready)
    if private:
        check_private(ready.resolver_model, place)
    elif there := leaves_to(ready.resolver_model, place):
        say(f"The texts are sent to {there}.")
    stage = language_stage(ready, chosen, {d.name: d for d in registry}, strict=True)
    if stage is None:
        raise SettingsError(f"{spec} asks no language model", "name one")
    model = _tuned_name(chosen.tuned) if chosen.tuned else stage.resolver.name
    name = model if backend is not None else f"{chosen.name} of {model}"
    return stage, name


def _tuned_name(tuned: Tuned) -> str:
    """With its weights: another model may stand in the place of an older one."""
    return f"{tuned.name} {tuned.weights_hash()[:DIGITS]}"


def ask_missing(
    teacher: Router, name: str, wanted: Sequence[tuple[Case, Part]], files: Files
) -> Mapping[str, Answer]:
    """The answers to all questions by their keys; those that were given before are not asked again.

    Raises:
        DataError: The file of answers belongs to another teacher.
        WorldError: The teacher or the disk failed; what was answered is written down.
    """
    functions = functions_of(teacher)
    answers = files.read_answers(name, functions)
    left = [(case, part) for case, part in wanted if key_of(case) not in answers]
    try:
        with progress(f"Asking {name} about {len(left)} texts ...") as update:
            for number, answer in enumerate(ask_all(teacher, name, functions, left), start=1):
                append_rows(files.answers, (answer.case,))
                answers[answer.case.id] = answer
                update(number / len(left), f"{number} of {len(left)}")
    except (KeyboardInterrupt, WorldError):
        say(GO_ON)
        raise
    return {key_of(case): replace(answers[key_of(case)], part=part) for case, part in wanted}
