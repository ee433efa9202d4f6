"""Whoever takes corrections: writes them down, and has the model learn them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from funcgemma.cli.keeper import Keeper, Lesson
from funcgemma.cli.settings import Settings
from funcgemma.cli.teach.proposal import propose
from funcgemma.records import Case, Decision, Dialogue, FunctionCall, Mention, Message
from funcgemma.router import Router
from funcgemma.training.corrections import (
    CORRECTIONS,
    add_correction,
    identity,
    make_correction,
    read_corrections,
)
from funcgemma.training.regression import answers


@dataclass(frozen=True, slots=True)
class Teacher:
    """Takes corrections of one set of functions.

    Attributes:
        file: Where corrections are written down.
        max_false_action: As in the settings.
        keeper: Keeps the model that learns them; None = another model serves, which does not.
    """

    file: Path
    max_false_action: float
    keeper: Keeper | None

    @staticmethod
    def of(settings: Settings, keeper: Keeper | None) -> "Teacher":
        """The teacher of a user."""
        return Teacher(settings.data_path / CORRECTIONS, settings.max_false_action, keeper)

    def is_needed(self, router: Router, case: Case) -> bool:
        """Whether there is anything to correct: the router says another thing, or once did."""
        known = read_corrections(self.file).cases
        return not answers(router, case) or identity(case) in map(identity, known)

    def save(self, case: Case) -> bool:
        """Write a correction down; whether it takes the place of an older one.

        Raises:
            WorldError: The disk is full, or the place cannot be written.
        """
        return add_correction(self.file, case) is not None

    def router_after(self, lesson: Lesson, router: Router) -> Router:
        """The router that serves after a lesson, with the same functions."""
        return Router(router.definitions.values(), lesson.model, self.max_false_action)


def serving_router(keeper: Keeper, max_false_action: float, *, train: bool = True) -> Router:
    """The router that serves now, before anything new is learned; without a language model.

    Args:
        keeper: Keeps its model.
        max_false_action: As in the settings.
        train: Whether to train where there is no model yet; keywords decide otherwise.
    """
    model = keeper.kept() or keeper.older() or (keeper.train() if train else None)
    return Router(keeper.registry, model, max_false_action)


def draft(
    router: Router, dialogue: Dialogue, said: Decision, calls: Sequence[FunctionCall]
) -> Case:
    """The correction that says what would have been right."""
    found: list[Mention] = []
    for call in calls:
        found += propose(router, dialogue, said, router.definitions[call.name]).mentions
    return make_correction(dialogue, calls, said, router.definitions, found)


def recalled(router: Router, dialogue: Dialogue) -> Dialogue:
    """The dialogue with the calls of its earlier user messages: given, decided, or decided now."""
    messages: list[Message] = []
    for index, message in enumerate(dialogue.messages[:-1]):
        if message.role == "user" and message.calls is None:
            known = dialogue.decisions.get(index)
            before = Dialogue((*messages, message), dialogue.now)
            calls = known.calls if known is not None else router.route(before).calls
            message = replace(message, calls=calls)
        messages.append(message)
    return Dialogue((*messages, dialogue.messages[-1]), dialogue.now)
