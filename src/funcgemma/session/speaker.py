"""A reply while it is being made: passed on piece by piece, and kept as it was heard."""

from collections.abc import Callable
from dataclasses import replace

from funcgemma.session.state import Turn


class Speaker:
    """Completes a turn with what is said about it, and lets others hear it at once.

    Whatever is given to `stream` makes up the reply of the finished turn, character by
    character. With `begin` the reply is passed on in two parts: what is known before the
    model speaks goes there as a turn, and only the rest goes to `stream`.

    Args:
        turn: The turn so far.
        stream: Hears the reply, piece by piece.
        begin: Hears the turn so far when the model is about to speak.
    """

    def __init__(
        self,
        turn: Turn,
        stream: Callable[[str], None] | None = None,
        begin: Callable[[Turn], None] | None = None,
    ) -> None:
        self.turn = turn
        self._stream = stream
        self._begin = begin
        self._started = False
        self._gap = ""
        self._blanks = ""

    def start(self) -> None:
        """The model is about to speak: what is known so far is passed on."""
        if self._started:
            return
        self._started = True
        if self._begin is not None:
            self._begin(self.turn)
        elif self.turn.reply:
            self._emit(self.turn.reply)
            self._gap = "\n"

    def say(self, piece: str, *, by_model: bool = True) -> None:
        """One more piece: of the answer, or of what is said about results."""
        self.start()
        said = self._said
        text = self._blanks + piece if said else piece.lstrip()
        heard = text.rstrip()
        self._blanks = text[len(heard) :] if said or heard else ""
        if heard:
            # It counts as said even if whoever hears it breaks off.
            self._keep(said + heard, by_model)
            self._emit(heard)

    def answer(self, text: str) -> None:
        """Answer in the program's own words, where the model is not there to speak."""
        self.turn = replace(self.turn, answer=text)

    def remark(self, text: str) -> None:
        """Say a sentence of the program's own behind what the model said."""
        self.start()
        if self._said or self.turn.remark:
            self._gap = "\n"
        joined = f"{self.turn.remark}\n{text}" if self.turn.remark else text
        self.turn = replace(self.turn, remark=joined)
        self._emit(text)

    def finish(self) -> Turn:
        """The whole turn; what nobody has heard yet is passed on."""
        if not self._started and self._stream is not None and self._begin is None:
            self._started = True
            if self.turn.reply:
                self._stream(self.turn.reply)
        return self.turn

    @property
    def _said(self) -> str:
        return self.turn.answer if self.turn.asks_nothing else self.turn.phrased

    def _keep(self, said: str, by_model: bool) -> None:
        by_model = by_model or self.turn.by_model
        if self.turn.asks_nothing:
            self.turn = replace(self.turn, answer=said, by_model=by_model)
        else:
            self.turn = replace(self.turn, phrased=said, by_model=by_model)

    def _emit(self, text: str) -> None:
        gap, self._gap = self._gap, ""
        if self._stream is not None:
            self._stream(gap + text)
