"""The conversation at a terminal: a line editor with history, cards, and reminders in between."""

import asyncio
from collections.abc import Callable
from pathlib import Path

from prompt_toolkit import PromptSession
from prompt_toolkit.application import get_app, run_in_terminal
from prompt_toolkit.completion import WordCompleter
from prompt_toolkit.history import FileHistory, History, InMemoryHistory
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent

from funcgemma.cli.chat.desk import Desk
from funcgemma.cli.chat.words import COMMANDS, sentence
from funcgemma.cli.console import say
from funcgemma.cli.world import World
from funcgemma.session.consent import agreement

POLL_SECONDS = 5.0
"""How often due reminders are looked for while the prompt waits."""


class PromptAsker:
    """Asks between two utterances; Ctrl-C and Ctrl-D leave the questions.

    Args:
        world: Knows the language.
    """

    def __init__(self, world: World) -> None:
        self._world = world
        self._prompt: PromptSession[str] = PromptSession(enable_open_in_editor=False)

    def tell(self, text: str) -> None:
        """A line of its own."""
        say(text)

    def ask(self, question: str, default: str) -> str:
        """A line of text."""
        shown = f" [{default}]" if default else ""
        try:
            return self._prompt.prompt(f"{question}{shown}: ") or default
        except EOFError:
            raise KeyboardInterrupt from None

    def agree(self, question: str) -> bool:
        """Yes or no; what is neither is asked again."""
        while True:
            said = agreement(self.ask(f"{question} [Y/n]", "") or "y")
            if said is not None:
                return said
            self.tell(sentence(self._world.language, "yes_or_no"))


def talk(desk: Desk, data_path: Path) -> None:
    """Hear and answer until Ctrl-D or /quit."""
    prompt = _prompt(data_path / "chat_history")
    say(sentence(desk.language, "hello"))
    going = True
    while going:
        try:
            line = prompt.prompt("> ", pre_run=lambda: _watch(desk))
        except EOFError:
            return
        except KeyboardInterrupt:
            say(sentence(desk.language, "leave"))
            continue
        going = _interruptible(desk, line)


def _interruptible(desk: Desk, line: str) -> bool:
    """Ctrl-C while a function runs gives the prompt back."""
    try:
        return desk.hear(line)
    except KeyboardInterrupt:
        say(sentence(desk.language, "stopped"))
        return True


def _prompt(history: Path) -> "PromptSession[str]":
    return PromptSession(
        history=_history(history),
        key_bindings=_keys(),
        completer=WordCompleter(list(COMMANDS), sentence=True),
        complete_while_typing=False,
        enable_open_in_editor=False,
    )


def _history(path: Path) -> History:
    """What was typed before; it is the user's alone, and only remembered for now if it must be."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        with path.open("ab"):
            return FileHistory(path)
    except OSError:
        return InMemoryHistory()


def _keys() -> KeyBindings:
    keys = KeyBindings()

    @keys.add("c-c")
    def clear(event: KeyPressEvent) -> None:
        """Clear the line; on an empty one say how to leave."""
        if event.current_buffer.text:
            event.current_buffer.reset()
        else:
            event.app.exit(exception=KeyboardInterrupt())

    return keys


def _watch(desk: Desk) -> None:
    """Look for due reminders as long as this prompt is open."""
    get_app().create_background_task(_poll(desk))


async def _poll(desk: Desk) -> None:
    """Not in a thread: a reminder that was fetched there could get lost when the prompt ends."""
    while True:
        texts = desk.due()
        if texts:
            await run_in_terminal(_teller(desk, texts))
        await asyncio.sleep(POLL_SECONDS)


def _teller(desk: Desk, texts: list[str]) -> Callable[[], None]:
    def tell() -> None:
        for text in texts:
            desk.screen.remark(text)

    return tell
