"""llama.cpp's answers, piece by piece, as ours."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal

from funcgemma.backends.base import Completion, Options, Token
from funcgemma.errors import BackendError

Chunk = Mapping[str, Any]
JSON_START = re.compile(r'\s*[{\["\-0-9tfn]')


def gather(name: str, chunks: Iterable[Chunk], options: Options) -> Completion:
    """One completion of all pieces.

    Raises:
        BackendError: One of them is an error, or the text breaks the JSON schema's form.
    """
    texts: list[str] = []
    tokens: list[Token] = []
    finish: Literal["stop", "length"] = "stop"
    usage: Mapping[str, Any] = {}
    for chunk in checked(name, chunks):
        usage = chunk.get("usage") or usage
        for choice in chunk.get("choices", ()):
            texts.append(_text(choice))
            tokens += _tokens(choice)
            if choice.get("finish_reason") == "length":
                finish = "length"
    text = "".join(texts)
    if options.json_schema is not None:
        _check_json(name, text, finish == "stop")
    return Completion(
        text,
        finish,
        tuple(tokens) if options.logprobs else None,
        usage.get("prompt_tokens"),
        (usage.get("prompt_tokens_details") or {}).get("cached_tokens"),
        usage.get("completion_tokens"),
    )


def pieces(name: str, chunks: Iterable[Chunk]) -> Iterator[str]:
    """The pieces of text.

    Raises:
        BackendError: One of the chunks is an error.
    """
    for chunk in checked(name, chunks):
        for choice in chunk.get("choices", ()):
            if text := _text(choice):
                yield text


def checked(name: str, chunks: Iterable[Chunk]) -> Iterator[Chunk]:
    """The chunks up to the first that is an error.

    Raises:
        BackendError: That error.
    """
    for chunk in chunks:
        if "error" in chunk:
            raise _fault(name, chunk["error"])
        yield chunk


def _text(choice: Mapping[str, Any]) -> str:
    piece = choice["delta"].get("content") if "delta" in choice else choice.get("text")
    return piece or ""


def _tokens(choice: Mapping[str, Any]) -> list[Token]:
    found = (choice.get("logprobs") or {}).get("content") or ()
    return [Token(token["token"], float(token["logprob"])) for token in found]


def _check_json(name: str, text: str, whole: bool) -> None:
    """llama.cpp follows no schema at all, and says nothing, where it lacks one of its keywords."""
    try:
        if whole:
            json.loads(text)
        elif text.strip() and not JSON_START.match(text):
            raise ValueError(text)
    except ValueError as error:
        raise BackendError(
            f"{name} could not follow the JSON schema",
            "unsupported",
            "use a simpler one: type, properties, required, items, enum, anyOf",
        ) from error


def _fault(name: str, error: Mapping[str, Any]) -> BackendError:
    message = str(error.get("message", error))
    if error.get("type") == "exceed_context_size_error":
        return BackendError(
            f"{name}: the prompt has {error.get('n_prompt_tokens')} tokens, "
            f"the context window {error.get('n_ctx')}",
            "refused",
            "shorten the prompt or set a larger num_ctx",
        )
    if "parse grammar" in message:
        return BackendError(
            f"{name} cannot read the grammar", "unsupported", "check it: it must be GBNF"
        )
    if "grammar stack" in message:
        return BackendError(
            f"{name} cannot follow the grammar to its end",
            "unsupported",
            "end it where the turn ends: the end-of-turn token must not stand in it",
        )
    return BackendError(f"{name} refused: {message}", "refused")
