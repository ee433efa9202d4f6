"""Where the conversation is shown: as plain text or as JSON lines; cards.py has the third way."""

from collections.abc import Callable
from typing import Any, Protocol

import click

from funcgemma.cli.console import print_json, say
from funcgemma.functions.run import CallResult
from funcgemma.records import Decision
from funcgemma.session import Turn


class Screen(Protocol):
    """One way of showing a conversation."""

    def begin(self, turn: Turn) -> None:
        """The reply as far as it is known before the chat model speaks."""

    def piece(self, text: str) -> None:
        """The next piece of what the chat model says."""

    def stopped(self) -> None:
        """The chat model was interrupted."""

    def turn(self, turn: Turn) -> None:
        """The whole reply to an utterance; what `begin` and `piece` have shown stays."""

    def command(self, line: str, text: str) -> None:
        """The reply to a /command."""

    def remark(self, text: str) -> None:
        """A reminder that is due, or a warning."""


def argument_rows(turn: Turn, index: int) -> list[tuple[str, str, str]]:
    """(name, value, words it was read from) for each argument of a call that was run."""
    sources = sources_of(turn.decision, index)
    call = turn.results[index].call
    return [
        (name, str(value), source if (source := sources.get(name, "")) != str(value) else "")
        for name, value in call.arguments.items()
    ]


def sources_of(decision: Decision, index: int) -> dict[str, str]:
    """Argument -> the words it was read from, for one call."""
    prefix = f"{index}."
    named = [(m.argument or "", m.text) for m in decision.mentions]
    # The newest mention of an argument comes last and wins.
    return {name.removeprefix(prefix): text for name, text in named if name.startswith(prefix)}


class PlainScreen:
    """Text without colours, a blank line after each turn."""

    def __init__(self) -> None:
        self._begun = self._speaking = False

    def begin(self, turn: Turn) -> None:
        """Calls with their arguments, and their results."""
        self._begun = True
        self._show(turn)

    def piece(self, text: str) -> None:
        """Behind the piece before."""
        self._speaking = True
        echo(text, end="")

    def stopped(self) -> None:
        """What was said stays, and its line ends."""
        if self._speaking:
            echo("")
        self._begun = self._speaking = False

    def turn(self, turn: Turn) -> None:
        """All that was not shown yet, and a blank line."""
        if not self._begun:
            self._show(turn)
        self.stopped()
        echo("")

    def _show(self, turn: Turn) -> None:
        for notice in turn.notices:
            echo(notice)
        for index, result in enumerate(turn.results):
            echo(result.call.name)
            for name, value, source in argument_rows(turn, index):
                echo(f"  {name} = {value}{f'   ← {source}' if source else ''}")
            echo(turn.replies[index])
        for text in (turn.phrased, turn.answer, turn.remark, turn.question):
            if text:
                echo(text)

    def command(self, line: str, text: str) -> None:
        """The text, and a blank line."""
        echo(f"{text}\n")

    def remark(self, text: str) -> None:
        """On a line of its own."""
        echo(f"* {text}")


class LateScreen:
    """A screen that is made when there is something to show: until then nothing heavy is loaded.

    Args:
        make: Makes the screen.
    """

    def __init__(self, make: Callable[[], Screen]) -> None:
        self._make = make
        self._screen: Screen | None = None

    def begin(self, turn: Turn) -> None:
        """As the screen does."""
        self._made().begin(turn)

    def piece(self, text: str) -> None:
        """As the screen does."""
        self._made().piece(text)

    def stopped(self) -> None:
        """As the screen does."""
        self._made().stopped()

    def turn(self, turn: Turn) -> None:
        """As the screen does."""
        self._made().turn(turn)

    def command(self, line: str, text: str) -> None:
        """As the screen does."""
        self._made().command(line, text)

    def remark(self, text: str) -> None:
        """As the screen does."""
        self._made().remark(text)

    def _made(self) -> Screen:
        if self._screen is None:
            self._screen = self._make()
        return self._screen


class JsonScreen:
    """One JSON object an utterance; remarks go to standard error."""

    def begin(self, turn: Turn) -> None:
        """Nothing: an object is printed whole."""

    def piece(self, text: str) -> None:
        """Nothing either."""

    def stopped(self) -> None:
        """Nothing either."""

    def turn(self, turn: Turn) -> None:
        """The whole turn."""
        print_json(turn_to_json(turn))

    def command(self, line: str, text: str) -> None:
        """The command and its reply."""
        print_json({"text": line, "reply": text})

    def remark(self, text: str) -> None:
        """To standard error, so that every line of the output answers a line of the input."""
        say(text)


def turn_to_json(turn: Turn) -> dict[str, Any]:
    """The object that `--json` prints for an utterance.

    Two fields are there only when they say something: `phrased`, the chat model's words about
    the results, and `answer_by`, "model" where the chat model has answered.
    """
    decision = turn.decision
    spoken = {"phrased": turn.phrased} if turn.phrased else {}
    answered = {"answer_by": "model"} if turn.by_model and turn.answer else {}
    return {
        "text": turn.text,
        "calls": [{"name": c.name, "arguments": dict(c.arguments)} for c in decision.calls],
        "missing": list(decision.missing),
        "confidence": round(decision.confidence, 4),
        "stage": decision.stage,
        "results": [_result_to_json(result) for result in turn.results],
        "reply": turn.reply,
        **spoken,
        **answered,
    }


def _result_to_json(result: CallResult) -> dict[str, Any]:
    data: dict[str, Any] = {
        "name": result.call.name,
        "arguments": dict(result.call.arguments),
        "status": result.status,
    }
    if result.problem is not None:
        return data | {"problem": result.problem}
    return data | {"value": dict(result.value)}


def echo(text: str, end: str = "\n") -> None:
    """Print at once; characters that the output cannot show become question marks."""
    try:
        click.echo(text + end, nl=False)
    except UnicodeEncodeError:
        click.echo(text.encode("ascii", errors="replace").decode() + end, nl=False)
