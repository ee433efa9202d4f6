"""What llama.cpp is asked for: our options in the words of its server."""

from collections.abc import Mapping, Sequence
from typing import Any

from funcgemma.backends.base import ChatMessage, Options
from funcgemma.backends.demands import CONTROL_TOKENS, without_bos
from funcgemma.errors import BackendError

TOP_K = 64
COMPACT = {"whitespace_flexible": False, "item_separator": ", ", "key_separator": ": "}
"""Small models otherwise fill the room between two JSON tokens with white space."""


def completion_body(prompt: str, options: Options) -> dict[str, Any]:
    """The request that continues a rendered prompt.

    FunctionGemma's control tokens stay in the text whatever their type in the file; the end of a
    turn, which is none of them, does not.
    """
    return {
        **_body(options),
        "prompt": _plain(without_bos(prompt)),
        "preserved_tokens": list(CONTROL_TOKENS),
    }


def chat_body(messages: Sequence[ChatMessage], options: Options) -> dict[str, Any]:
    """The request that answers a conversation, rendered by the template in the file."""
    said = [{"role": m.role, "content": _plain(m.content)} for m in messages]
    return {**_body(options), "messages": said}


def _body(options: Options) -> dict[str, Any]:
    body: dict[str, Any] = {
        "max_tokens": options.max_tokens,
        "temperature": options.temperature,
        "top_p": options.top_p,
        "top_k": TOP_K,
        "min_p": 0.0,
        "seed": options.seed % 0xFFFFFFFF,  # the greatest number asks for a random one
        "stop": [mark for mark in options.stop if mark],
        "stream": True,
        "stream_options": {"include_usage": True},
        "return_progress": True,
        "cache_prompt": True,
    }
    if options.grammar is not None:
        body["grammar"] = _grammar(options.grammar)
    if options.json_schema is not None:
        body["grammar"] = _schema(options.json_schema)
    if options.logprobs:
        body["n_probs"] = 1
    return body


def _plain(text: str) -> str:
    """Half a character (a lone surrogate) has no UTF-8; a question mark takes its place."""
    return text.encode("utf-8", "replace").decode()


def _grammar(rules: str) -> str:
    """The grammar; an empty one would allow everything."""
    if not rules.strip():
        raise BackendError("the grammar is empty", "unsupported", "write it as GBNF")
    return rules


def _schema(schema: Mapping[str, Any]) -> str:
    """The schema as a grammar of the kind that this build of llama.cpp follows."""
    from xllamacpp import json_schema_to_grammar

    try:
        return str(json_schema_to_grammar({**schema, "x-guidance": COMPACT}))
    except (RuntimeError, TypeError, ValueError) as error:
        raise BackendError(
            f"llama.cpp cannot read the JSON schema: {error}", "unsupported", "use a simpler one"
        ) from error
