"""Generated tokens as text, piece by piece: whole characters only, and nothing after a stop."""

from collections.abc import Callable, Collection, Sequence

UNFINISHED = "\ufffd"
"""What tokenizers print for bytes that are no whole character yet."""


class Printer:
    """Prints tokens as they come.

    Args:
        decode: The text of a sequence of tokens.
        silent: Tokens that are not printed.
    """

    def __init__(
        self, decode: Callable[[Sequence[int]], str], silent: Collection[int] = ()
    ) -> None:
        self._decode = decode
        self._silent = silent
        # Decoded once more with each token, because spaces depend on the token before.
        self._before: list[int] = []
        self._now: list[int] = []

    def add(self, token: int) -> str:
        """The text that this token completes, "" if a character is still unfinished."""
        if token in self._silent:
            return ""
        self._now.append(token)
        known = self._decode(self._before) if self._before else ""
        text = self._decode(self._before + self._now)
        if text.endswith(UNFINISHED):
            return ""
        self._before, self._now = self._now, []
        return text[len(known) :]


class Stopper:
    """Lets text pass up to the first stop sequence.

    Args:
        stop: The sequences; none of them is let through.

    Attributes:
        hit: Whether one of them has come.
    """

    def __init__(self, stop: Sequence[str]) -> None:
        self._stop = [mark for mark in stop if mark]
        self._held = ""
        self.hit = False

    def feed(self, piece: str) -> str:
        """The text that can pass: what may become a stop sequence is held back."""
        text = self._held + piece
        places = [place for mark in self._stop if (place := text.find(mark)) >= 0]
        if places:
            self.hit, self._held = True, ""
            return text[: min(places)]
        kept = max((_beginning(text, mark) for mark in self._stop), default=0)
        self._held = text[len(text) - kept :]
        return text[: len(text) - kept]

    def rest(self) -> str:
        """What was held back, once nothing more comes."""
        held, self._held = self._held, ""
        return held


def _beginning(text: str, mark: str) -> int:
    """How many characters at the end of the text may be the beginning of the mark."""
    most = min(len(text), len(mark) - 1)
    return next((n for n in range(most, 0, -1) if text.endswith(mark[:n])), 0)
