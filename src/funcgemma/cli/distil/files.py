"""The files of a teacher: every answer, what is learned of them, and what was counted."""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from funcgemma.data.cases import read_cases, to_line, write_cases
from funcgemma.data.llm.rows import read_rows
from funcgemma.errors import DataError, WorldError
from funcgemma.records import Case
from funcgemma.training.distilled import DISTILLED
from funcgemma.training.teacher import Answer, read_answer

FOLDER = Path("data/teacher")


@dataclass(frozen=True, slots=True)
class Files:
    """Three files side by side.

    Attributes:
        labels: The cases that are learned from: to be read, and mended if need be.
    """

    labels: Path

    @staticmethod
    def of(labels: Path | None, teacher: str) -> "Files":
        """Those that were named, or those of a teacher."""
        slug = re.sub(r"[^\w.-]+", "-", teacher).strip("-.")
        return Files(labels or FOLDER / f"{slug}.jsonl")

    @property
    def answers(self) -> Path:
        """Everything that was answered, in the order of the questions."""
        return self.labels.with_name(f"{self.labels.stem}.answers.jsonl")

    @property
    def report(self) -> Path:
        """Thresholds, counts and agreement."""
        return self.labels.with_name(f"{self.labels.stem}.report.json")

    def read_answers(self, teacher: str, functions: str) -> dict[str, Answer]:
        """What has been answered so far.

        Raises:
            DataError: It is by another teacher, or about other functions.
            WorldError: The file cannot be read.
        """
        answers = [read_answer(case) for case in read_rows(self.answers)]
        for answer in answers:
            if (answer.teacher, answer.functions) != (teacher, functions):
                other = (
                    answer.teacher if answer.teacher != teacher else "the same for other functions"
                )
                raise DataError(
                    f"{self.answers}: holds answers of {other}", "give another file to --labels"
                )
        return {answer.case.id: answer for answer in answers}

    def read_labels(self) -> tuple[Case, ...]:
        """The cases to learn from, as they stand; each with its tag.

        Raises:
            DataError: A line is wrong, or there is none.
        """
        cases = read_cases(self.labels)
        untagged = next((case.id for case in cases if DISTILLED not in case.tags), None)
        if untagged is not None:
            raise DataError(
                f"{self.labels}: {untagged} has no tag '{DISTILLED}'",
                "cases that people have labelled go to --cases",
            )
        if not cases:
            raise DataError(f"{self.labels}: there are no cases in it", "label some with --teacher")
        return cases

    def write_labels(self, cases: Sequence[Case]) -> str:
        """Write the cases to learn from; their hash. What was mended by hand is not replaced.

        Raises:
            DataError: The file is not as it was written last.
            WorldError: The disk is full, or the place cannot be written.
        """
        if self.labels.exists() and _hash(self.labels) != self.read_report().get("labels_hash"):
            raise DataError(
                f"{self.labels}: was changed by hand, or is another file",
                "train with --labels alone to use it as it stands, or move it away",
            )
        write_cases(self.labels, cases)
        return _hash(self.labels)

    def read_report(self) -> dict[str, Any]:
        """What was counted; nothing where nothing was, or where it cannot be read."""
        try:
            data = json.loads(self.report.read_bytes())
        except (OSError, ValueError):
            return {}
        return data if isinstance(data, dict) else {}

    def write_report(self, report: Mapping[str, Any]) -> None:
        """Write what was counted.

        Raises:
            WorldError: The disk is full, or the place cannot be written.
        """
        sibling = self.report.with_name(self.report.name + ".part")
        try:
            self.report.parent.mkdir(parents=True, exist_ok=True)
            sibling.write_text(to_line(report, indent=1) + "\n", encoding="utf-8")
            sibling.replace(self.report)
        except OSError as error:
            sibling.unlink(missing_ok=True)
            raise WorldError(
                f"{self.report}: {error.strerror}", "choose a folder you can write"
            ) from error


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
