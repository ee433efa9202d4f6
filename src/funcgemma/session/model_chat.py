"""A language-model runtime as the chat model of a session."""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace

from funcgemma.backends.base import Backend, ChatMessage, Options
from funcgemma.backends.recovery import Recovery
from funcgemma.errors import BackendError
from funcgemma.records import Message
from funcgemma.session.untrusted import visible
from funcgemma.session.window import fitted, prompt_tokens

NUM_CTX = 4096
LONGEST_REPLY = 2048
"""New tokens of an answer that is wanted whole; a model that says more is going in circles."""
TOP_P = 0.95
QUIET = frozenset(("not_running", "not_installed"))
"""Reasons that mean there is no model on this machine, as long as there never was one."""


class ModelChat:
    """Chats through a backend, which is opened when it is first needed; safe under threads.

    Args:
        open_backend: Makes the backend.
        num_ctx: Its context window in tokens.
        recovery: Remembers failures, so that nobody waits for a dead server each time.
    """

    def __init__(
        self,
        open_backend: Callable[[], Backend],
        *,
        num_ctx: int = NUM_CTX,
        recovery: Recovery | None = None,
    ) -> None:
        self._open = open_backend
        self._num_ctx = num_ctx
        self._recovery = recovery or Recovery()
        self._lock = threading.Lock()
        self._backend: Backend | None = None
        self._seen = False

    def reachable(self) -> bool:
        """Whether it could answer now; not asked again for a while after a failure."""
        if not self._recovery.ready():
            return False
        try:
            self._opened().check()
        except BackendError as error:
            self._recovery.failed(error)
            return False
        self._seen = True
        return True

    @property
    def problem(self) -> BackendError | None:
        """Why it does not answer; None while it does, or where there never was one."""
        error = self._recovery.error
        if not isinstance(error, BackendError):
            return None
        return None if error.reason in QUIET and not self._seen else error

    def reply(self, messages: Sequence[Message], *, system: str = "") -> str:
        """The whole answer to the last message.

        Raises:
            BackendError: The runtime failed, or the answer is too long for the window.
        """
        spoken, limit = self._fitted(messages, system, self._num_ctx // 4)
        room = self._num_ctx - prompt_tokens(spoken)
        options = Options(max_tokens=min(LONGEST_REPLY, max(room, limit)))
        try:
            completion = self._opened().chat(spoken, options)
        except BackendError as error:
            self._recovery.failed(error)
            raise
        self._worked()
        if completion.finish == "length":
            raise BackendError(
                f"{self._opened().name} was cut after {options.max_tokens} tokens",
                "cut",
                "take a shorter text, or raise num_ctx",
            )
        return visible(completion.text)

    def stream(
        self,
        messages: Sequence[Message],
        *,
        system: str = "",
        limit: int = 512,
        temperature: float = 0.0,
    ) -> Iterator[str]:
        """Answer the last message piece by piece; closing the iterator ends the generation.

        Raises:
            BackendError: The runtime failed; also in the middle of the text.
        """
        spoken, limit = self._fitted(messages, system, limit)
        options = Options(max_tokens=limit, temperature=temperature)
        if temperature:
            options = replace(options, top_p=TOP_P)
        try:
            yield from self._pieces(spoken, options)
        except BackendError as error:
            self._recovery.failed(error)
            raise

    def close(self) -> None:
        """Give back what the backend holds; a further use opens it again."""
        with self._lock:
            backend, self._backend = self._backend, None
        if backend is not None:
            with suppress(BackendError):
                backend.close()

    def _pieces(self, spoken: Sequence[ChatMessage], options: Options) -> Iterator[str]:
        pieces = self._opened().stream(spoken, options)
        try:
            for piece in pieces:
                self._worked()  # whoever listens may stop at any piece
                yield visible(piece)
        finally:
            close = getattr(pieces, "close", None)
            if close is not None:
                close()

    def _fitted(
        self, messages: Sequence[Message], system: str, limit: int
    ) -> tuple[tuple[ChatMessage, ...], int]:
        """What the model is given, and how much it may say: at most half of the window."""
        limit = min(limit, self._num_ctx // 2)
        return fitted(messages, system, self._num_ctx - limit), limit

    def _worked(self) -> None:
        self._seen = True
        if self._recovery.error is not None:
            self._recovery.worked()

    def _opened(self) -> Backend:
        with self._lock:
            if self._backend is None:
                self._backend = self._open()
            return self._backend
