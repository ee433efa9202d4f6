"""Calls and results as cards on a terminal."""

import re
from collections.abc import Iterator

from rich.cells import cell_len, chop_cells
from rich.console import Console, ConsoleOptions, Group, RenderableType
from rich.panel import Panel
from rich.rule import Rule
from rich.status import Status
from rich.table import Table
from rich.text import Text

from funcgemma.cli.chat.screen import argument_rows
from funcgemma.session import Turn

COLOURS = {"ok": "green", "failed": "red", "invalid": "red", "unavailable": "yellow"}
"""Status of a result -> colour of its card's border; other words are a handler's own."""

NARROWEST = 2
"""Columns that one Japanese character takes: less room cannot be filled."""

_WORD_START = re.compile(r"[!-~]")
_WORD_END = re.compile(r"[!-~]+$")


class Prose:
    """Text whose long lines are broken as its language breaks them.

    Words between spaces stay whole in English; Japanese has none, and lines may end anywhere.

    Args:
        text: Lines of plain text.
        style: A rich style.
    """

    def __init__(self, text: str, style: str = "") -> None:
        self._text = text
        self._style = style

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Text]:
        """The lines, each no wider than there is room."""
        for line in self._text.split("\n"):
            pieces = [line] if line.isascii() else _pieces(line, options.max_width)
            for piece in pieces:
                yield Text(piece, style=self._style)


def _pieces(line: str, width: int) -> Iterator[str]:
    """A line in pieces that fit; a Latin word or number goes whole to the next piece."""
    while cell_len(line) > max(width, NARROWEST):
        piece = chop_cells(line, max(width, NARROWEST))[0]
        tail = _WORD_END.search(piece) if _WORD_START.match(line[len(piece) :]) else None
        if tail and tail.start():
            piece = piece[: tail.start()]
        yield piece.rstrip()
        line = line[len(piece) :].lstrip()
    yield line


class CardScreen:
    """Cards for calls; everything else as plain lines.

    Args:
        console: The terminal; default: standard output.
    """

    def __init__(self, console: Console | None = None) -> None:
        self._console = console or Console()
        self._begun = self._speaking = False
        self._waiting: Status | None = None

    def begin(self, turn: Turn) -> None:
        """One card a call; then a sign that the chat model is at work."""
        self._begun = True
        self._show(turn)
        if self._console.is_terminal:
            self._waiting = self._console.status("")
            self._waiting.start()

    def piece(self, text: str) -> None:
        """Behind the piece before; the terminal breaks the lines."""
        self._awaken()
        self._speaking = True
        self._console.print(Text(text), end="", soft_wrap=True)

    def stopped(self) -> None:
        """What was said stays, and its line ends."""
        self._awaken()
        if self._speaking:
            self._console.print()
        self._begun = self._speaking = False

    def turn(self, turn: Turn) -> None:
        """All that was not shown yet."""
        if not self._begun:
            self._show(turn)
        self.stopped()

    def _awaken(self) -> None:
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            waiting.stop()

    def _show(self, turn: Turn) -> None:
        """One card a call, then the rest of the reply."""
        for notice in turn.notices:
            self._console.print(Prose(notice, "dim"))
        for index in range(len(turn.results)):
            self._console.print(_card(turn, index))
        said = ((turn.phrased, ""), (turn.answer, ""), (turn.remark, "dim"))
        for text, style in (*said, (turn.question, "bold")):
            if text:
                self._console.print(Prose(text, style))

    def command(self, line: str, text: str) -> None:
        """The text as it is."""
        self._console.print(Prose(text))

    def remark(self, text: str) -> None:
        """In a colour that is seen between the lines of a conversation."""
        self._console.print(Prose(f"* {text}", "yellow"))


def _card(turn: Turn, index: int) -> RenderableType:
    result = turn.results[index]
    colour = COLOURS.get(result.status, "green")
    parts: list[RenderableType] = []
    rows = argument_rows(turn, index)
    if rows:
        parts += [_arguments(rows), Rule(style="dim")]
    parts.append(Prose(turn.replies[index]))
    title = Text(result.call.name, style=f"bold {colour}")
    return Panel(Group(*parts), title=title, title_align="left", border_style=colour)


def _arguments(rows: list[tuple[str, str, str]]) -> Table:
    table = Table.grid(padding=(0, 2))
    for name, value, source in rows:
        words = Text(f"← {source}" if source else "", style="dim")
        table.add_row(Text(name, style="cyan"), Text(value, overflow="fold"), words)
    return table
