"""The chat model as one utterance meets it: whether it is there is asked once, when it matters."""

from collections.abc import Generator, Sequence

from funcgemma.errors import WorldError
from funcgemma.functions.context import ChatModel, StreamingChat
from funcgemma.records import Message


class Voice:
    """A chat model for the length of one utterance.

    Args:
        model: The chat model; None without one.
    """

    def __init__(self, model: ChatModel | None) -> None:
        self._model = model
        self._present: bool | None = None

    @property
    def present(self) -> bool:
        """Whether there is a model that answers."""
        if self._present is None:
            model = self._model
            self._present = model.reachable() if isinstance(model, StreamingChat) else bool(model)
        return self._present

    @property
    def model(self) -> ChatModel | None:
        """The model for handlers; None where it would not answer."""
        return self._model if self.present else None

    @property
    def unasked(self) -> ChatModel | None:
        """The model, whether it would answer or not."""
        return self._model

    def reply(self, messages: Sequence[Message], *, system: str = "") -> str:
        """The whole answer to the last message; "" without a model.

        Raises:
            WorldError: The model failed.
        """
        return self._model.reply(messages, system=system) if self._model else ""

    @property
    def problem(self) -> WorldError | None:
        """Why a model that there should be does not answer; None where there never was one."""
        return self._model.problem if isinstance(self._model, StreamingChat) else None

    @property
    def is_lost(self) -> bool:
        """Whether a failure just now means that the model is gone, not asked wrongly."""
        return not isinstance(self._model, StreamingChat) or self._model.problem is not None

    def pieces(
        self, messages: Sequence[Message], *, system: str, limit: int, temperature: float
    ) -> Generator[str, None, None]:
        """The model's answer, piece by piece; a model that cannot do that gives one piece.

        Raises:
            WorldError: The model failed; also in the middle of the text.
        """
        model = self._model
        if isinstance(model, StreamingChat):
            answer = model.stream(messages, system=system, limit=limit, temperature=temperature)
            try:
                yield from answer
            finally:
                close = getattr(answer, "close", None)
                if close is not None:
                    close()
        elif model is not None:
            yield model.reply(messages, system=system)
