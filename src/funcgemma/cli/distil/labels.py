"""From texts to labels: ask, choose thresholds where the answer is known, keep and count."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from funcgemma.cli.console import say
from funcgemma.cli.distil.asking import ask_missing
from funcgemma.cli.distil.files import Files
from funcgemma.cli.distil.options import Request
from funcgemma.cli.settings import Settings
from funcgemma.data.examples import CLOCK
from funcgemma.data.labels import count_labels
from funcgemma.data.log import LOG, read_log
from funcgemma.data.unlabelled import read_texts
from funcgemma.errors import DataError
from funcgemma.functions.registry import FunctionRegistry
from funcgemma.records import Case
from funcgemma.router import Router
from funcgemma.training.distilled import is_measured
from funcgemma.training.regression import stratified_sample
from funcgemma.training.teacher import (
    Answer,
    Part,
    judge,
    kept,
    key_of,
    new_texts,
    part_of,
    refusal,
)
from funcgemma.training.trust import Thresholds, agreement, choose_thresholds, given_thresholds

OWN_LOG = "log"
"""What stands for the local log where a file of texts is asked for."""


@dataclass(frozen=True, slots=True)
class Labels:
    """What a teacher has said.

    Attributes:
        cases: To learn from.
        held: Answers that are good enough to learn from, but held out.
        report: What was counted.
    """

    cases: tuple[Case, ...]
    held: tuple[Answer, ...]
    report: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Questions:
    """What a teacher is asked.

    Attributes:
        gold: Cases whose answers are known, by their keys.
        fresh: Texts whose answers are not.
        skipped: How many others are not asked about, by reason.
    """

    gold: Mapping[str, Case]
    fresh: tuple[Case, ...]
    skipped: Mapping[str, int]

    @property
    def parts(self) -> list[tuple[Case, Part]]:
        """All of them, each with what it is asked for."""
        asked: list[tuple[Case, Part]] = [(case, "gold") for case in self.gold.values()]
        return asked + [(case, part_of(key_of(case))) for case in self.fresh]


def gather(
    request: Request, settings: Settings, registry: FunctionRegistry, gold: Sequence[Case]
) -> Questions:
    """What there is to ask.

    Args:
        request: What was asked for.
        settings: The user's settings.
        registry: The functions.
        gold: Cases that people have labelled.

    Raises:
        DataError: A file cannot be read, or no text is new.
    """
    texts = [case for name in request.texts for case in _texts(name, settings, registry)]
    fresh, skipped = new_texts(texts, gold)
    if not fresh:
        raise DataError("every text is known, or empty", "give other texts to --texts")
    known = {key_of(case): case for case in gold_sample(gold, request.gold)}
    return Questions(known, tuple(fresh), dict(sorted(skipped.items())))


def asks_log(request: Request) -> bool:
    """Whether the local log is among the texts."""
    return any(_is_log(name) for name in request.texts)


def label(
    request: Request,
    questions: Questions,
    teacher: Router,
    name: str,
    registry: FunctionRegistry,
    files: Files,
) -> Labels:
    """Have a teacher label texts; its answers, the labels and the counts go to files.

    Args:
        request: What was asked for.
        questions: What to ask.
        teacher: The teacher.
        name: What it is called.
        registry: The functions.
        files: Where it is all written down.

    Raises:
        FuncGemmaError: The teacher or the disk failed, or a file is another's.
    """
    known, fresh = questions.gold, questions.fresh
    answers = ask_missing(teacher, name, questions.parts, files)
    thresholds, about = _trust(request, [answers[key] for key in known], known, registry)
    report: dict[str, Any] = {
        "teacher": name,
        "functions": registry.fingerprint()[:12],
        "texts": {"new": len(fresh), "skipped": questions.skipped},
        "gold": about,
        "thresholds": {"calls": asdict(thresholds.calls), "none": asdict(thresholds.none)},
    }
    parts: dict[str, tuple[Answer, ...]] = {}
    for part in ("train", "held"):
        asked = [answers[key] for key in map(key_of, fresh) if part_of(key) == part]
        parts[part], refused = kept(asked, thresholds)
        report[part] = _counts(asked, parts[part], refused)
    cases = tuple(answer.case for answer in parts["train"])
    report["labels_hash"] = files.write_labels(cases)
    files.write_report(report)
    return Labels(cases, parts["held"], report)


def gold_sample(gold: Sequence[Case], count: int) -> list[Case]:
    """Cases of every category, whose answers are known."""
    measured = [case for case in gold if is_measured(case)]
    return stratified_sample(measured, count) if count and measured else []


def _is_log(name: str) -> bool:
    return name == OWN_LOG and not Path(name).exists()


def _texts(name: str, settings: Settings, registry: FunctionRegistry) -> tuple[Case, ...]:
    if not _is_log(name):
        return read_texts(Path(name), registry.schemas, CLOCK)
    log = read_log(settings.data_path / LOG)
    for problem in log.problems:
        say(f"Left out: {problem}")
    if not log.entries:
        raise DataError("the local log is empty", "`funcgemma review` says how to switch it on")
    return tuple(entry.case for entry in log.entries)


def _trust(
    request: Request,
    answers: Sequence[Answer],
    known: Mapping[str, Case],
    registry: FunctionRegistry,
) -> tuple[Thresholds, dict[str, Any]]:
    """The thresholds, and how well the teacher does where the right answer is known."""
    schemas = registry.schemas
    usable = [answer for answer in answers if not refusal(answer)]
    judged = [judge(answer, known[answer.case.id], schemas) for answer in usable]
    if request.threshold is None:
        thresholds = choose_thresholds(judged, request.precision)
    else:
        thresholds = given_thresholds(request.threshold, judged)
    good, refused = kept(answers, thresholds)
    about = {
        "all": _agrees(answers, known, registry),
        "kept": _agrees(good, known, registry),
        "refused": dict(refused),
    }
    return thresholds, about


def _agrees(
    answers: Sequence[Answer], known: Mapping[str, Case], registry: FunctionRegistry
) -> dict[str, Any]:
    pairs = [
        (a.case.calls, [c for c in known[a.case.id].calls if c.name in registry]) for a in answers
    ]
    return agreement(pairs, registry.schemas).to_json()


def _counts(
    asked: Sequence[Answer], good: Sequence[Answer], refused: Counter[str]
) -> dict[str, Any]:
    return {
        "asked": len(asked),
        "kept": len(good),
        "refused": dict(sorted(refused.items())),
        "labels": count_labels(answer.case for answer in good),
    }
