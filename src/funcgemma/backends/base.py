"""What every language-model runtime does for us: the protocol and its values.

A *backend* is one model on one runtime. `complete` continues a prompt that we have rendered
ourselves, control tokens and all; `chat` and `stream` leave the rendering to the runtime.
Every error of a backend is a `BackendError`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol, runtime_checkable


@dataclass(frozen=True, slots=True)
class ChatMessage:
    """One message for a chat model, in the words of every chat API."""

    role: Literal["system", "user", "assistant"]
    content: str


@dataclass(frozen=True, slots=True)
class Options:
    """How to generate.

    Attributes:
        max_tokens: At most so many new tokens.
        temperature: 0 = greedy.
        top_p: Nucleus; without meaning where the temperature is 0.
        seed: Same seed and same prompt, same text, as far as the runtime goes.
        stop: Generation ends before the first of these; they are not part of the text.
        grammar: GBNF that the text must follow; needs `Abilities.grammar`.
        json_schema: JSON schema that the text must follow; needs `Abilities.json_schema`.
        logprobs: Whether `Completion.tokens` is asked for; needs `Abilities.logprobs`.
    """

    max_tokens: int = 256
    temperature: float = 0.0
    top_p: float = 1.0
    seed: int = 0
    stop: tuple[str, ...] = ()
    grammar: str | None = None
    json_schema: Mapping[str, Any] | None = None
    logprobs: bool = False


GREEDY = Options()


@dataclass(frozen=True, slots=True)
class Token:
    """A generated token: its text ("" where the runtime prints nothing) and log-probability."""

    text: str
    logprob: float


@dataclass(frozen=True, slots=True)
class Completion:
    """What a model wrote.

    Attributes:
        text: Without the stop sequence.
        finish: `stop` (end of turn or a stop sequence) or `length` (cut by `max_tokens`).
        tokens: The tokens with their log-probabilities (natural logarithm); None if unknown.
        prompt_tokens: Length of the prompt; None if the runtime does not tell.
        cached_tokens: How many of them were known from before; None if it does not tell.
        completion_tokens: Number of new tokens; None if the runtime does not tell.
    """

    text: str
    finish: Literal["stop", "length"] = "stop"
    tokens: tuple[Token, ...] | None = None
    prompt_tokens: int | None = None
    cached_tokens: int | None = None
    completion_tokens: int | None = None


@dataclass(frozen=True, slots=True)
class Abilities:
    """What a backend can do beyond plain generation.

    Attributes:
        complete: Continues a rendered prompt whose control tokens are read as such.
        grammar: Follows a GBNF grammar.
        json_schema: Follows a JSON schema.
        logprobs: Tells log-probabilities.
    """

    complete: bool = True
    grammar: bool = False
    json_schema: bool = False
    logprobs: bool = False


@runtime_checkable
class Backend(Protocol):
    """One model on one runtime; safe under threads, heavy things are loaded at the first use."""

    @property
    def name(self) -> str:
        """How users name it: `ollama:gemma3:4b`, `llamacpp:/models/x.gguf`."""
        ...

    @property
    def abilities(self) -> Abilities:
        """What it can do."""
        ...

    def check(self) -> None:
        """Whether it could answer now: quick, loads no model.

        Raises:
            BackendError: It could not; says why and what to do.
        """
        ...

    def complete(self, prompt: str, options: Options = GREEDY) -> Completion:
        """Continue a rendered prompt.

        Args:
            prompt: Without the beginning-of-sequence token: the backend adds exactly one.
            options: How to generate.

        Raises:
            BackendError: The runtime failed, or cannot do what the options ask for.
        """
        ...

    def chat(self, messages: Sequence[ChatMessage], options: Options = GREEDY) -> Completion:
        """Answer the last message; the runtime renders the conversation.

        Raises:
            BackendError: The runtime failed, or cannot do what the options ask for.
        """
        ...

    def stream(self, messages: Sequence[ChatMessage], options: Options = GREEDY) -> Iterator[str]:
        """As `chat`, piece by piece; closing the iterator ends the generation.

        Raises:
            BackendError: As `chat`; also in the middle of the text.
        """
        ...

    def close(self) -> None:
        """Give back connections and memory; a further use opens them again."""
        ...
