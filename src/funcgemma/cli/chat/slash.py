"""The commands that begin with a slash."""

import re
import unicodedata
from collections.abc import Callable
from difflib import get_close_matches

from funcgemma.cli.chat.calendar_files import export_file, import_file
from funcgemma.cli.chat.why import trace, why
from funcgemma.cli.chat.words import COMMANDS, say, sentence
from funcgemma.session import Session

FILES = {"/export": export_file, "/import": import_file}
QUIT = ("/quit", "/exit", "/bye")
_COMMAND = re.compile(r"/[A-Za-z?]*$")


def command_in(line: str) -> str | None:
    """The command that a line is; None if it is an utterance (/etc/hosts is one)."""
    words = unicodedata.normalize("NFKC", line).split()
    return words[0].lower() if words and _COMMAND.match(words[0]) else None


def run_command(line: str, session: Session, language: str) -> str:
    """Do what a command line says; every command answers with a text."""
    name, _, rest = unicodedata.normalize("NFKC", line.strip()).partition(" ")
    name = name.lower()
    if name in FILES:
        return FILES[name](session, language, rest.strip())
    actions: dict[str, Callable[[Session, str], str]] = {
        "/functions": _functions,
        "/why": why,
        "/trace": trace,
        "/undo": lambda session, _: session.undo(),
        "/reset": _reset,
        "/help": _help,
        "/?": _help,
        "/": _help,
    }
    action = actions.get(name)
    return action(session, language) if action else _unknown(name, language)


def _functions(session: Session, language: str) -> str:
    lines = []
    for definition in session.router.definitions.values():
        arguments = ", ".join(
            name if name in definition.required else f"[{name}]" for name in definition.properties
        )
        lines += [f"{definition.name}({arguments})", f"    {definition.description}"]
    return "\n".join(lines)


def _reset(session: Session, language: str) -> str:
    session.reset()
    return sentence(language, "reset")


def _help(session: Session, language: str) -> str:
    width = max(map(len, COMMANDS))
    table = [f"  {name:<{width}}  {say(language, words)}" for name, words in COMMANDS.items()]
    return "\n".join((sentence(language, "help"), "", *table))


def _unknown(name: str, language: str) -> str:
    close = get_close_matches(name, COMMANDS, n=1)
    hint = sentence(language, "meant", name=close[0]) if close else ""
    return sentence(language, "unknown", name=name, hint=hint)
