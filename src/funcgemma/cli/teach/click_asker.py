"""Asking on standard error and reading answers from standard input, at a terminal or a pipe."""

import sys

import click

from funcgemma.cli.console import say


class ClickAsker:
    """Asks as other commands do; results alone go to standard output."""

    def tell(self, text: str) -> None:
        """A line of its own."""
        say(text)

    def ask(self, question: str, default: str) -> str:
        """A line of input."""
        try:
            answer: str = click.prompt(
                question, default=default, show_default=bool(default), err=True
            )
        except click.Abort:
            if sys.stdin.isatty():
                raise
            raise click.UsageError(
                "the answers ended too early; give --function NAME ARGUMENT=VALUE …, or --none"
            ) from None
        return answer

    def agree(self, question: str) -> bool:
        """Yes or no."""
        return click.confirm(question, default=True, err=True)
