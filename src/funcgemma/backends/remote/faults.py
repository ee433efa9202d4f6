"""What can go wrong between here and a model server, as one kind of error with a reason."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from funcgemma.errors import BackendError

if TYPE_CHECKING:
    import httpx

LONGEST_WORDS = 300
"""Characters of a server's own message that are repeated to the user."""
MISSING = re.compile(r"model.{0,120}?(not found|does not exist|not exist)", re.I | re.S)
MEMORY = re.compile(
    r"requires more system memory|out of memory|not enough memory|insufficient memory"
    r"|(failed|unable) to allocate|cudaMalloc failed|OutOfMemory",
    re.I,
)
TOO_LONG = re.compile(
    r"context (length|size|window)|exceeds? the (available |maximum )?context|too many tokens", re.I
)

GRAMMAR = re.compile(r"pars\w+ grammar|grammar stack", re.I)


@dataclass(frozen=True, slots=True)
class Peer:
    """A model server in words, for messages.

    Attributes:
        name: What it is: `Ollama`, `the OpenAI-compatible server`.
        url: Where it is.
        start: What to do when it does not run.
        fetch: What to do when it does not have the model; `{model}` is replaced.
    """

    name: str
    url: str
    start: str
    fetch: str

    def __str__(self) -> str:
        return f"{self.name} at {self.url}"


def not_running(peer: Peer) -> BackendError:
    """Nothing listens at the address."""
    return BackendError(f"{peer} is not running", "not_running", peer.start)


def too_slow(peer: Peer, seconds: float) -> BackendError:
    """The server gave no sign of life for so long."""
    return BackendError(
        f"{peer} gave no sign of life for {seconds:g} s",
        "timeout",
        "the model may still be loading: try again, or allow it more time",
    )


def cut(peer: Peer) -> BackendError:
    """The answer broke off."""
    return BackendError(f"{peer} broke off its answer", "cut", "try again; its log may say why")


def garbage(peer: Peer, what: str) -> BackendError:
    """The answer makes no sense; `what` says in which way."""
    return BackendError(
        f"{peer} sent an answer that makes no sense: {what}",
        "garbage",
        f"check that {peer.url} is the address of {peer.name}",
    )


def no_model(peer: Peer, model: str) -> BackendError:
    """The server does not have the model."""
    return BackendError(
        f"{peer} has no model {model!r}", "not_pulled", peer.fetch.replace("{model}", model)
    )


def refusal(peer: Peer, words: str, status: int | None = None, model: str = "") -> BackendError:
    """The server answered with an error, in its own words."""
    words = " ".join(words.split())[:LONGEST_WORDS]
    code = f" ({status})" if status else ""
    if MEMORY.search(words):
        hint = "close other programs, unload other models, or use a smaller model or num_ctx"
        return BackendError(f"{peer} ran out of memory: {words}", "memory", hint)
    if MISSING.search(words) and status in (400, 404, None):
        return no_model(peer, model)
    if GRAMMAR.search(words):
        hint = "check it: GBNF, without the end-of-turn token; or update the server"
        return BackendError(f"{peer} cannot follow the grammar: {words}", "unsupported", hint)
    said = f"{peer} refused the request{code}: {words or 'it did not say why'}"
    return BackendError(said, "refused", _refusal_hint(peer, words, status))


def _refusal_hint(peer: Peer, words: str, status: int | None) -> str:
    if TOO_LONG.search(words):
        return "shorten the conversation, or raise num_ctx"
    if status in (401, 403):
        return "set the server's key in the settings"
    if status == 503:
        return "it is busy or still loading the model: try again in a moment"
    if status is not None and (status == 404 or status < 400):
        return f"check the address {peer.url}"
    return "its log may say more"


def transport_fault(peer: Peer, error: "httpx.HTTPError", seconds: float) -> BackendError:
    """The error for an exception of httpx."""
    import httpx

    # A loopback port that neither accepts nor refuses is no server either.
    if isinstance(error, httpx.ConnectError | httpx.ConnectTimeout | httpx.ProxyError):
        return not_running(peer)
    if isinstance(error, httpx.TimeoutException):
        return too_slow(peer, seconds)
    if isinstance(error, httpx.UnsupportedProtocol | httpx.LocalProtocolError):
        return bad_address(peer)
    if isinstance(error, httpx.DecodingError):
        return garbage(peer, "its encoding cannot be read")
    if isinstance(error, httpx.RemoteProtocolError) and "illegal" in str(error).lower():
        return garbage(peer, "it does not speak HTTP")
    return cut(peer)


def bad_address(peer: Peer) -> BackendError:
    """The address itself is wrong."""
    return BackendError(
        f"{peer.url!r} is not the address of a server",
        "not_running",
        "write it as http://127.0.0.1:11434",
    )


def words_of(body: bytes) -> str:
    """A server's own words in the body of an error: `{"error": "…"}`, its kin, or plain text."""
    text = body.decode("utf-8", "replace").strip()
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return "" if text.startswith("<") else text
    return error_words(value) or text


def error_words(value: Any) -> str:
    """The message in `{"error": …}` or `{"message": …}`, however deep; "" if there is none."""
    if isinstance(value, str):
        # Ollama hands on its runner's JSON inside a string.
        return words_of(value.encode()) if value.startswith("{") else value
    if isinstance(value, Mapping):
        for key in ("error", "message", "detail"):
            if value.get(key):
                return error_words(value[key])
    return ""
