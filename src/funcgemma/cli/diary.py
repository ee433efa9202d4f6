"""Writes the local log (data/log.py) for those who have switched it on, and never gets in the way.

A log that cannot be written is said once, and nothing stops.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from funcgemma.cli.console import say
from funcgemma.cli.settings import Settings
from funcgemma.data.log import LOG, append_entry, make_entry
from funcgemma.errors import WorldError
from funcgemma.functions.registry import FunctionRegistry
from funcgemma.records import Decision, Dialogue
from funcgemma.router import Router

if TYPE_CHECKING:
    from funcgemma.session import Session, Turn

NOTICE = (
    "発話はこの機械だけに記録されます（設定 log）: {file}",
    "What you say is logged on this machine only (setting log): {file}",
)


class Diary:
    """Writes down what a router decides.

    Args:
        file: The log.
        functions: Names the functions there are.
    """

    def __init__(self, file: Path, functions: str) -> None:
        self._file = file
        self._functions = functions
        self._told = False

    @staticmethod
    def of(settings: Settings, router: Router) -> "Diary | None":
        """The diary of a user; None unless the setting `log` is on."""
        if not settings.log:
            return None
        return Diary(settings.data_path / LOG, functions_of(router))

    def notice(self, language: str) -> str:
        """What to tell the user before the conversation."""
        return NOTICE[0 if language == "ja" else 1].format(file=self._file)

    def turn(self, session: "Session", turn: "Turn") -> None:
        """Write down an utterance in which the router had a say.

        A yes, a no or a choice says nothing about it.
        """
        from funcgemma.session.state import ROUTED

        dialogue = session.state.routed_dialogue
        if turn.how not in ROUTED or dialogue is None:
            return
        # A session fills in the home place and drops weak guesses: the router is asked itself,
        # but where that would keep a language model busy once more.
        alone = session.router.llm is None
        self.note(dialogue, session.router.route(dialogue) if alone else turn.decision, "chat")

    def note(self, dialogue: Dialogue, decision: Decision, source: str) -> None:
        """Write down a decision."""
        try:
            append_entry(self._file, make_entry(dialogue, decision, self._functions, source))
        except WorldError as error:
            if not self._told:
                say(f"Not logged: {error}")
            self._told = True


def functions_of(router: Router) -> str:
    """Names the functions of a router: names and schemas, not descriptions."""
    return FunctionRegistry(tuple(router.definitions.values())).fingerprint()[:12]
