"""The answers of OpenAI-compatible servers: events of a stream, and what they add up to."""

from collections.abc import Generator, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from funcgemma.backends.base import Completion, Options, Token
from funcgemma.backends.remote.faults import Peer, cut, error_words, garbage, refusal
from funcgemma.backends.remote.http import decode
from funcgemma.backends.remote.replies import Reply, count_of, text_of, token_of, tokens_of

DONE = "[DONE]"
NOT_DATA = (":", "event:", "id:", "retry:")


def events(lines: Iterable[str], peer: Peer, model: str = "") -> Generator[Mapping[str, Any]]:
    """The JSON objects of a stream of server-sent events, up to `[DONE]`.

    A server that does not stream sends one object without `data:`; it counts as one event.

    Raises:
        BackendError: An event makes no sense, or reports an error.
    """
    for line in lines:
        text = line.strip()
        if not text or text.startswith(NOT_DATA):
            continue
        # Older llama-servers wrote errors as a field of their own.
        for field_name in ("data:", "error:"):
            text = text.removeprefix(field_name).strip()
        if text == DONE:
            return
        event = decode(text, peer)
        if event.get("error") or line.startswith("error:"):
            raise refusal(peer, error_words(event), model=model)
        yield event


@dataclass(slots=True)
class OpenAIReply:
    """An answer as it grows."""

    reply: Reply = field(default_factory=Reply)
    finish: str | None = None
    started: bool = False

    def add(self, event: Mapping[str, Any], peer: Peer) -> str:
        """Take in an event; the text that it brought.

        Raises:
            BackendError: It has the wrong shape.
        """
        self.started = True
        self._count(event)
        choices = event.get("choices")
        if not isinstance(choices, list):
            raise garbage(peer, "it has no choices")
        if not choices:
            # The event that tells the usage has none.
            return ""
        choice = choices[0]
        if not isinstance(choice, Mapping):
            raise garbage(peer, "its choice is no object")
        self.finish = choice.get("finish_reason") or self.finish
        self.reply.length = self.finish == "length"
        self.reply.add_tokens(_tokens(choice.get("logprobs")))
        piece = _piece(choice, peer)
        self.reply.pieces.append(piece)
        return piece

    def check_end(self, peer: Peer) -> None:
        """Whether the answer came to its end.

        Raises:
            BackendError: It is empty (`garbage`) or broke off (`cut`).
        """
        if not self.started:
            raise garbage(peer, "it is empty")
        if self.finish is None or self.finish in ("abort", "error"):
            raise cut(peer)

    def completion(self, options: Options) -> Completion:
        """The whole answer."""
        return self.reply.completion(options)

    def _count(self, event: Mapping[str, Any]) -> None:
        usage = event.get("usage")
        if not isinstance(usage, Mapping):
            return
        details = usage.get("prompt_tokens_details")
        cached = details.get("cached_tokens") if isinstance(details, Mapping) else None
        self.reply.prompt_tokens = count_of(usage.get("prompt_tokens"))
        self.reply.completion_tokens = count_of(usage.get("completion_tokens"))
        self.reply.cached_tokens = count_of(cached)


def _piece(choice: Mapping[str, Any], peer: Peer) -> str:
    """The text of a choice: `text`, `delta.content` or `message.content`.

    What a model thought aloud (`reasoning_content`) is no part of its answer.
    """
    if "text" in choice:
        return text_of(choice["text"], peer)
    message = choice.get("delta", choice.get("message"))
    if not isinstance(message, Mapping):
        raise garbage(peer, "its choice has no text")
    return text_of(message.get("content"), peer)


def _tokens(logprobs: Any) -> list[Token] | None:
    """Tokens in the form of chats (`content`), or in the older one of completions."""
    if not isinstance(logprobs, Mapping):
        return []
    if "content" in logprobs:
        return tokens_of(logprobs["content"])
    texts, numbers = logprobs.get("tokens"), logprobs.get("token_logprobs")
    if not isinstance(texts, list) or not isinstance(numbers, list):
        return []
    pairs = [token_of(text, number) for text, number in zip(texts, numbers, strict=False)]
    known = [token for token in pairs if token is not None]
    return known if len(known) == len(texts) else None
