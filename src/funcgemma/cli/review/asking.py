"""One utterance after the other: what the router makes of it, and one key for what is right."""

import sys
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import click

from funcgemma.cli.console import say
from funcgemma.cli.review.marks import add_marks
from funcgemma.cli.review.words import sentence
from funcgemma.cli.teach.asking import ask_calls
from funcgemma.cli.teach.click_asker import ClickAsker
from funcgemma.cli.teach.report import spoken_calls
from funcgemma.cli.teach.teacher import Teacher, draft, recalled
from funcgemma.records import Dialogue, FunctionCall
from funcgemma.router import Router
from funcgemma.training.doubt import Doubtful

RIGHT, WRONG, NONE, SKIP, QUIT = "right", "wrong", "none", "skip", "quit"
KEYS = {"y": RIGHT, "n": WRONG, "0": NONE, "s": SKIP, "q": QUIT}

REVIEWED = "reviewed"
"""Tag of what was kept while reviewing."""

SHOWN = 2
"""Earlier messages that are shown."""

SHORT = 80
"""Characters that are shown of each."""


@dataclass(slots=True)
class Reviewer:
    """Asks about utterances, and keeps the answers as corrections.

    Attributes:
        router: What is judged.
        teacher: Keeps the answers.
        marks: The file of what was reviewed.
        language: `ja` or `en`.
        answers: How often each was given.
        kept: Answers that were written down.
    """

    router: Router
    teacher: Teacher
    marks: Path
    language: str
    answers: Counter[str] = field(default_factory=Counter)
    kept: int = 0

    def review(self, items: Sequence[Doubtful]) -> None:
        """Ask about each until there is none left, or nobody answers any more."""
        self._tell("keys")
        for number, item in enumerate(items, start=1):
            answer = self._about(item, f"[{number}/{len(items)}]")
            if answer == QUIT:
                return
            self.answers[answer] += 1

    def _about(self, item: Doubtful, number: str) -> str:
        dialogue = recalled(self.router, item.entry.case.dialogue)
        self._show(item, number)
        answer = self._key()
        if answer in (SKIP, QUIT):
            return answer
        calls: tuple[FunctionCall, ...] | None = () if answer == NONE else item.decision.calls
        if answer == WRONG:
            calls = self._asked(item, dialogue)
        if calls is None:
            return QUIT
        self._keep(item, dialogue, calls, answer)
        return answer

    def _keep(
        self, item: Doubtful, dialogue: Dialogue, calls: Sequence[FunctionCall], answer: str
    ) -> None:
        case = draft(self.router, dialogue, item.decision, calls)
        case = replace(case, tags=(*case.tags, REVIEWED))
        self.teacher.save(case)
        add_marks(self.marks, (entry.case.id for entry in item.entries), answer)
        self.kept += 1
        self._tell("kept", id=case.id)

    def _asked(self, item: Doubtful, dialogue: Dialogue) -> tuple[FunctionCall, ...] | None:
        """What would have been right, as `funcgemma correct` asks; None = the input has ended."""
        try:
            return ask_calls(ClickAsker(), self.router, dialogue, item.decision, self.language)
        except click.UsageError:
            return None

    def _show(self, item: Doubtful, number: str) -> None:
        case, said = item.entry.case, item.decision
        say("")
        for message in case.history[-SHOWN:]:
            said_by = "U" if message.role == "user" else "A"
            say(f"    {said_by}: {_short(message.content)}")
        times = f"  ×{len(item.entries)}" if len(item.entries) > 1 else ""
        say(f"{number} {_printable(case.text)}{times}")
        sure = sentence(self.language, "sure", share=f"{said.confidence:.2f}")
        unsure = f" · {sentence(self.language, 'unsure')}" if said.unsure else ""
        say(f"    → {spoken_calls(said.calls, self.language)}   ({sure}{unsure})")

    def _key(self) -> str:
        """One key, or a line from a pipe; the end of the input quits."""
        while True:
            pressed = _pressed(sentence(self.language, "judge"))
            answer = QUIT if pressed is None else KEYS.get(pressed)
            if answer is not None:
                return answer
            self._tell("unknown", pressed=pressed)

    def _tell(self, key: str, **values: object) -> None:
        say(sentence(self.language, key, **values))


def _pressed(question: str) -> str | None:
    """What was pressed or written, None at the end."""
    shown = f"{question} [{'/'.join(KEYS)}]"
    if sys.stdin.isatty():
        click.echo(f"{shown} ", nl=False, err=True)
        try:
            pressed = click.getchar()
        except EOFError:
            return None
        say(_printable(pressed))
    else:
        try:
            pressed = click.prompt(shown, default="", show_default=False, err=True)
        except click.Abort:
            return None
    return unicodedata.normalize("NFKC", pressed).strip().lower()


def _printable(text: str) -> str:
    """On one line, without what a terminal would take for orders."""
    return "".join(char if char.isprintable() else " " for char in text).strip()


def _short(text: str) -> str:
    line = _printable(text)
    return line if len(line) <= SHORT else f"{line[:SHORT]}…"
