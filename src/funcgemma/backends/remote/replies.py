"""Pieces of a model's answer, read strictly from JSON and put together."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from funcgemma.backends.base import Completion, Options, Token
from funcgemma.backends.demands import cut_at_stop
from funcgemma.backends.remote.faults import Peer, garbage


@dataclass(slots=True)
class Reply:
    """An answer as it grows.

    Attributes:
        pieces: Its text so far.
        tokens: Its tokens so far; None once one came without a number.
        length: Whether it ended because it became too long.
        prompt_tokens: As `Completion`.
        cached_tokens: As `Completion`.
        completion_tokens: As `Completion`.
    """

    pieces: list[str] = field(default_factory=list)
    tokens: list[Token] | None = field(default_factory=list)
    length: bool = False
    prompt_tokens: int | None = None
    cached_tokens: int | None = None
    completion_tokens: int | None = None

    def add_tokens(self, rows: Sequence[Token] | None) -> None:
        """Append tokens; None makes all of them unknown."""
        self.tokens = None if rows is None or self.tokens is None else [*self.tokens, *rows]

    def completion(self, options: Options) -> Completion:
        """The whole answer; a stop sequence that the server let through is cut off."""
        raw = "".join(self.pieces)
        text = cut_at_stop(raw, options.stop)
        known = self.tokens if options.logprobs and self.tokens else None
        return Completion(
            text=text,
            finish="length" if self.length and text == raw else "stop",
            tokens=tuple(known) if known is not None else None,
            prompt_tokens=self.prompt_tokens,
            cached_tokens=self.cached_tokens,
            completion_tokens=self.completion_tokens,
        )


def text_of(value: Any, peer: Peer) -> str:
    """A piece of text; null is an empty one.

    Raises:
        BackendError: It is something else, with reason `garbage`.
    """
    if value is None:
        return ""
    if not isinstance(value, str):
        raise garbage(peer, f"its text is {type(value).__name__}")
    # JSON can hold half a character; nothing after this could write it down.
    return value.encode("utf-8", "replace").decode("utf-8")


def count_of(value: Any) -> int | None:
    """A number of tokens; None where it is missing or no such number."""
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


def tokens_of(rows: Any) -> list[Token] | None:
    """Tokens from `[{"token": …, "logprob": …}]`; None where a number is missing."""
    if rows is None:
        return []
    if not isinstance(rows, list):
        return None
    tokens = [_token(row) for row in rows]
    known = [token for token in tokens if token is not None]
    return known if len(known) == len(tokens) else None


def token_of(text: Any, logprob: Any) -> Token | None:
    """One token; None where its number is missing or not finite."""
    if isinstance(logprob, bool) or not isinstance(logprob, int | float):
        return None
    if not math.isfinite(logprob):
        return None
    return Token(text if isinstance(text, str) else "", float(logprob))


def _token(row: Any) -> Token | None:
    return token_of(row.get("token"), row.get("logprob")) if isinstance(row, Mapping) else None
