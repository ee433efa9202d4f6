"""Models on an Ollama server: rendered prompts through `/api/generate`, chats through `/api/chat`.

A rendered prompt goes out `raw`: Ollama's own renderer and parser of FunctionGemma are left
aside. The server still adds the beginning-of-sequence token, as the model's file asks for.
"""

from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import closing
from typing import Any

from funcgemma.backends.base import GREEDY, Abilities, ChatMessage, Completion, Options
from funcgemma.backends.catalogue import Place
from funcgemma.backends.demands import check_options, without_bos
from funcgemma.backends.ollama.server import (
    MINIMUM_VERSION,
    OllamaServer,
    canonical,
    parse_version,
)
from funcgemma.backends.remote.faults import Peer, cut, error_words, garbage, refusal
from funcgemma.backends.remote.http import decode
from funcgemma.backends.remote.replies import Reply, count_of, text_of, tokens_of
from funcgemma.errors import BackendError

__all__ = ["OllamaBackend", "OllamaServer"]

ABILITIES = Abilities(complete=True, grammar=False, json_schema=True, logprobs=True)


class OllamaBackend:
    """One model of an Ollama server.

    Args:
        model: As Ollama names it: `gemma3:4b`.
        place: Address, context window, time-out and keep-alive.
    """

    def __init__(self, model: str, place: Place | None = None) -> None:
        self.model = model
        self._place = place or Place()
        self.server = OllamaServer(self._place.ollama_url, self._place.timeout)

    @property
    def name(self) -> str:
        """How users name it."""
        return f"ollama:{self.model}"

    @property
    def abilities(self) -> Abilities:
        """All but grammars: Ollama's API takes none."""
        return ABILITIES

    def check(self) -> None:
        """Whether the server runs and has the model; loads nothing.

        Raises:
            BackendError: It does not, or is too old for the model.
        """
        self.server.find(self.model)
        if canonical(self.model).rpartition("/")[2].startswith("functiongemma"):
            self._check_version()

    def complete(self, prompt: str, options: Options = GREEDY) -> Completion:
        """Continue a rendered prompt, control tokens and all.

        Raises:
            BackendError: The server failed, or cannot do what the options ask for.
        """
        body = {**self._body(options), "prompt": without_bos(prompt), "raw": True}
        # A prompt cut by the server would lose its declarations: rather an error.
        body["truncate"] = False
        return self._gather("/api/generate", body, options)

    def chat(self, messages: Sequence[ChatMessage], options: Options = GREEDY) -> Completion:
        """Answer the last message; the server renders the conversation.

        Raises:
            BackendError: The server failed, or cannot do what the options ask for.
        """
        return self._gather("/api/chat", self._chat_body(messages, options), options)

    def stream(self, messages: Sequence[ChatMessage], options: Options = GREEDY) -> Iterator[str]:
        """As `chat`, piece by piece; closing the iterator ends the generation.

        Raises:
            BackendError: As `chat`; also in the middle of the text.
        """
        return self._texts(self._chat_body(messages, options))

    def close(self) -> None:
        """Close the connections; a further use opens them again."""
        self.server.close()

    def _texts(self, body: Mapping[str, Any]) -> Iterator[str]:
        with closing(self._parts("/api/chat", body)) as parts:
            for part in parts:
                piece = self._text(part)
                if piece:
                    yield piece

    def _gather(self, path: str, body: Mapping[str, Any], options: Options) -> Completion:
        reply = Reply()
        for part in self._parts(path, body):
            reply.pieces.append(self._text(part))
            reply.add_tokens(tokens_of(part.get("logprobs")))
            reply.length = part.get("done_reason") == "length"
            reply.prompt_tokens = count_of(part.get("prompt_eval_count"))
            reply.cached_tokens = count_of(part.get("prompt_eval_cached_count"))
            reply.completion_tokens = count_of(part.get("eval_count"))
        return reply.completion(options)

    def _parts(self, path: str, body: Mapping[str, Any]) -> Generator[Mapping[str, Any]]:
        """The lines of an answer up to the one that says `done`."""
        part: Mapping[str, Any] | None = None
        with closing(self.server.http.lines(path, body)) as lines:
            for line in lines:
                part = decode(line, self._peer)
                if part.get("error"):
                    raise refusal(self._peer, error_words(part), model=self.model)
                if "done" not in part:
                    raise garbage(self._peer, "a line without 'done'")
                yield part
                if part["done"]:
                    return
        # Also what becomes of an answer that Ollama gives up because it repeats itself.
        raise cut(self._peer) if part is not None else garbage(self._peer, "it is empty")

    def _text(self, part: Mapping[str, Any]) -> str:
        message = part.get("message", part)
        if not isinstance(message, Mapping):
            raise garbage(self._peer, "its message is no object")
        key = "content" if "message" in part else "response"
        return text_of(message.get(key), self._peer)

    def _chat_body(self, messages: Sequence[ChatMessage], options: Options) -> dict[str, Any]:
        rows = [{"role": message.role, "content": message.content} for message in messages]
        # Models that can think would do so unasked, and take their time over it.
        return {**self._body(options), "messages": rows, "think": False}

    def _body(self, options: Options) -> dict[str, Any]:
        check_options(self.name, ABILITIES, options)
        body: dict[str, Any] = {
            "model": self.model,
            "stream": True,
            "keep_alive": self._place.keep_alive,
            "options": _sampling(options, self._place.num_ctx),
        }
        if options.json_schema is not None:
            body["format"] = dict(options.json_schema)
        if options.logprobs:
            body["logprobs"] = True
        return body

    @property
    def _peer(self) -> Peer:
        return self.server.http.peer

    def _check_version(self) -> None:
        version = self.server.version()
        numbers = parse_version(version)
        # Somebody's own build calls itself 0.0.0.
        if any(numbers) and numbers < MINIMUM_VERSION:
            needed = ".".join(map(str, MINIMUM_VERSION))
            raise BackendError(
                f"Ollama {version} is too old for {self.model}",
                "unsupported",
                f"update it to {needed} or newer: https://ollama.com/download",
            )


def _sampling(options: Options, num_ctx: int) -> dict[str, Any]:
    sampling: dict[str, Any] = {
        "num_ctx": num_ctx,
        "num_predict": options.max_tokens,
        "temperature": options.temperature,
        "top_p": options.top_p,
        "seed": options.seed,
        # The server's own default punishes repetition: a call that copies the user's words.
        "repeat_penalty": 1.0,
        "presence_penalty": 0.0,
        "frequency_penalty": 0.0,
    }
    if options.stop:
        # Sent only then: it replaces the stop sequences that the model brings along.
        sampling["stop"] = list(options.stop)
    return sampling
