"""`funcgemma train --teacher`: a larger model labels texts, and the router learns from them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from funcgemma.cli.bootstrap import keeper_of
from funcgemma.cli.console import progress, say
from funcgemma.cli.distil.asking import open_teacher
from funcgemma.cli.distil.files import Files
from funcgemma.cli.distil.labels import Labels, asks_log, gather, label
from funcgemma.cli.distil.options import Request
from funcgemma.cli.distil.show import show_labels, show_lesson
from funcgemma.cli.settings import Settings
from funcgemma.data.llm.rows import read_rows
from funcgemma.errors import DataError, TrainingError
from funcgemma.functions.registry import FunctionRegistry
from funcgemma.model import Model, save_model
from funcgemma.records import Case
from funcgemma.router import Router
from funcgemma.training.distilled import is_measured, settled
from funcgemma.training.teacher import Answer, kept, read_answer
from funcgemma.training.trust import Threshold, Thresholds, agreement


@dataclass(frozen=True, slots=True)
class Course:
    """What a lesson begins with.

    Attributes:
        settings: The user's settings.
        registry: The functions.
        gold: What is learned from anyway.
        usual: Whether that is what the program learns from by itself.
        seed: Of the training.
    """

    settings: Settings
    registry: FunctionRegistry
    gold: tuple[Case, ...]
    usual: bool
    seed: int


def distil(
    course: Course, request: Request | None, labels: Path | None, output: Path | None
) -> int:
    """Label, train, and say what became of it; the exit code.

    Args:
        course: What it begins with.
        request: Whom to ask about what; None = the labels are there.
        labels: The file of labels; None = one named after the teacher.
        output: The folder of the model; None = only label.

    Raises:
        FuncGemmaError: Texts cannot be read, the teacher or the disk failed.
    """
    files = Files.of(labels, request.teacher if request else "")
    if request is not None:
        questions = gather(request, course.settings, course.registry, course.gold)
        stage, name = open_teacher(
            request.teacher, course.settings, course.registry, private=asks_log(request)
        )
        gated = stage.when != "always"
        before = _student(course) if gated or output is not None else None
        teacher = Router(course.registry, before, course.settings.max_false_action, stage)
        found = label(request, questions, teacher, name, course.registry, files)
        show_labels(found.report)
        if found.cases:
            say(f"{files.labels}: {len(found.cases)} cases to learn from; read them first")
    else:
        found, before = _labelled(files), _student(course)
    if not found.cases:
        say("Nothing was kept, so there is nothing to learn: the tables say why.")
        return 1
    if output is not None:
        _teach(course, found, before, files, output)
    return 0


def _student(course: Course) -> Model | None:
    """The model before the lesson; None if there is too little to learn from without a teacher."""
    if course.usual:
        keeper = keeper_of(course.settings, course.registry)
        known = keeper.kept() or keeper.older()
        if known is not None:
            return known
    try:
        return _train(course, course.gold, "Training without the teacher")
    except TrainingError:
        return None


def _labelled(files: Files) -> Labels:
    """Labels that are there, with what was held out when they were made."""
    cases, report = files.read_labels(), files.read_report()
    held: tuple[Answer, ...] = ()
    if "thresholds" in report:
        answers = [read_answer(case) for case in read_rows(files.answers)]
        held, _ = kept([a for a in answers if a.part == "held"], _thresholds(files, report))
    return Labels(cases, held, report)


def _thresholds(files: Files, report: Mapping[str, Any]) -> Thresholds:
    try:
        calls, none = (Threshold(**report["thresholds"][kind]) for kind in ("calls", "none"))
        return Thresholds(calls, none)
    except (KeyError, TypeError) as error:
        raise DataError(
            f"{files.report}: its thresholds are damaged", "remove the file, or label again"
        ) from error


def _teach(course: Course, found: Labels, before: Model | None, files: Files, output: Path) -> None:
    """Train with the labels, compare the student with the teacher before and after, save."""
    from funcgemma.training.card import model_card

    labels = settled(found.cases, course.gold)
    after = _train(
        course, (*course.gold, *labels), f"Training with {len(found.cases)} cases of the teacher"
    )
    report: dict[str, Any] = {
        **found.report,
        "learned": len(labels),
        "measured": sum(map(is_measured, labels)),
        "student": {
            "before": _agreement(before, found.held, course),
            "after": _agreement(after, found.held, course),
        },
        "metrics": {
            "before": before.manifest["metrics"] if before else None,
            "after": after.manifest["metrics"],
        },
    }
    files.write_report(report)
    show_lesson(report)
    taught = replace(after, manifest={**after.manifest, "teacher": report})
    save_model(taught, output, model_card(taught) + _card(report))
    say(f"Saved to {output}")


def _train(course: Course, cases: Sequence[Case], title: str) -> Model:
    from funcgemma.training.build import build_model

    with progress(f"{title}, {len(cases)} cases in all ...") as update:
        return build_model(cases, course.registry, seed=course.seed, progress=update)


def _agreement(
    model: Model | None, held: Sequence[Answer], course: Course
) -> dict[str, Any] | None:
    """How often the student says what the teacher says; None if there is nothing to compare."""
    if model is None or not held:
        return None
    router = Router(course.registry, model, course.settings.max_false_action)
    pairs = [(router.route(replace(a.case, calls=()).dialogue).calls, a.case.calls) for a in held]
    return agreement(pairs, course.registry.schemas).to_json()


def _card(report: dict[str, Any]) -> str:
    return (
        f"\n## Teacher\n\n{report['learned']} cases were labelled by "
        f"{report.get('teacher', 'a language model')}; they are learned from and, where people "
        "have labelled enough, not measured.\n"
    )
