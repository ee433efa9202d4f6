"""Requests to a model server: whole answers, answers by line, and one kind of error.

httpx is imported with the first request that finds a server listening, so that a machine
without one loses no time over it. Proxies and the environment are ignored: the servers stand
at an address that the user gave.
"""

import json
import socket
import threading
import time
from collections.abc import Generator, Iterator, Mapping
from contextlib import closing
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from funcgemma.backends.remote.faults import (
    Peer,
    bad_address,
    cut,
    garbage,
    not_running,
    refusal,
    too_slow,
    transport_fault,
    words_of,
)

if TYPE_CHECKING:
    import httpx

CONNECT_SECONDS = 0.5
QUICK_SECONDS = 5.0
"""For questions that need no model."""
LONGEST = 8_000_000
"""Bytes of a line or an answer; anything longer is no answer of a model server."""


class ModelServer:
    """An HTTP server that speaks JSON; safe under threads.

    Args:
        peer: Its name, address, and what to say when it fails.
        timeout: Seconds without a whole line (or, where the answer is one piece, without the
            answer) before a generation is given up.
        headers: Sent with each request.
    """

    def __init__(
        self, peer: Peer, timeout: float = 60.0, headers: Mapping[str, str] | None = None
    ) -> None:
        self.peer = peer
        self.timeout = timeout
        self._headers = dict(headers or {})
        self._client: httpx.Client | None = None
        self._lock = threading.Lock()

    def reach(self) -> None:
        """Whether something listens at the address, found out in well under a second.

        Raises:
            BackendError: With reason `not_running`.
        """
        host, port = self._place()
        try:
            socket.create_connection((host, port), CONNECT_SECONDS).close()
        except (OSError, UnicodeError) as error:
            raise not_running(self.peer) from error

    def get(self, path: str) -> Mapping[str, Any]:
        """The JSON object at a path, asked for quickly.

        Raises:
            BackendError: The server failed, or refused.
        """
        return self._whole("GET", path, None, QUICK_SECONDS)

    def post(
        self, path: str, body: Mapping[str, Any], timeout: float | None = None
    ) -> Mapping[str, Any]:
        """The JSON object that answers a question.

        Raises:
            BackendError: The server failed, or refused.
        """
        return self._whole("POST", path, body, timeout or self.timeout)

    def lines(
        self, path: str, body: Mapping[str, Any], timeout: float | None = None
    ) -> Generator[str]:
        """The lines of an answer as they come; closing the iterator ends the request.

        Raises:
            BackendError: The server failed, or refused; also in the middle.
        """
        seconds = timeout or self.timeout
        # Closed in so many words: a generation must not run on until the garbage collector comes.
        with closing(self._pieces("POST", path, body, seconds)) as pieces:
            for line in _split(pieces, self.peer, seconds):
                yield _text(line, self.peer)

    def close(self) -> None:
        """Close the connections; a later request opens new ones."""
        with self._lock:
            client, self._client = self._client, None
        if client is not None:
            client.close()

    def _whole(
        self, method: str, path: str, body: Mapping[str, Any] | None, seconds: float
    ) -> Mapping[str, Any]:
        give_up = time.monotonic() + seconds
        answer = bytearray()
        with closing(self._pieces(method, path, body, seconds)) as pieces:
            for piece in pieces:
                answer += piece
                if len(answer) > LONGEST:
                    raise garbage(self.peer, f"more than {LONGEST:,} bytes")
                if time.monotonic() > give_up:
                    raise too_slow(self.peer, seconds)
        return decode(_text(bytes(answer), self.peer), self.peer)

    def _pieces(
        self, method: str, path: str, body: Mapping[str, Any] | None, seconds: float
    ) -> Generator[bytes]:
        if self._client is None:
            self.reach()
        import httpx

        limits = httpx.Timeout(seconds, connect=CONNECT_SECONDS)
        url = self.peer.url.rstrip("/") + path
        sent = None if body is None else _encode(body)
        try:
            with self._connection().stream(method, url, content=sent, timeout=limits) as response:
                if response.status_code >= 300:
                    raise self._refused(response, body)
                yield from response.iter_bytes()
        except httpx.HTTPError as error:
            raise transport_fault(self.peer, error, seconds) from error
        except httpx.InvalidURL as error:
            raise bad_address(self.peer) from error
        except RuntimeError as error:
            # Another thread closed the connections under way.
            raise cut(self.peer) from error

    def _refused(self, response: "httpx.Response", body: Mapping[str, Any] | None) -> Exception:
        answer = bytearray()
        for piece in response.iter_bytes():
            answer += piece
            if len(answer) > LONGEST:
                break
        model = str((body or {}).get("model", ""))
        return refusal(self.peer, words_of(bytes(answer)), response.status_code, model)

    def _place(self) -> tuple[str, int]:
        try:
            parts = urlsplit(self.peer.url)
            port = parts.port or {"http": 80, "https": 443}[parts.scheme]
        except (ValueError, KeyError) as error:
            raise bad_address(self.peer) from error
        if not parts.hostname:
            raise bad_address(self.peer)
        return parts.hostname, port

    def _connection(self) -> "httpx.Client":
        import httpx

        with self._lock:
            if self._client is None:
                # Compression would hold back the pieces of a stream.
                headers = {
                    "Accept-Encoding": "identity",
                    "Content-Type": "application/json",
                    **self._headers,
                }
                # A kept connection may be a dead one: a new one costs nothing on a loopback.
                single = httpx.Limits(max_keepalive_connections=0)
                # As bytes, because a key may hold anything.
                sent = [(name.encode(), value.encode()) for name, value in headers.items()]
                self._client = httpx.Client(headers=sent, limits=single, trust_env=False)
            return self._client


def decode(line: str, peer: Peer) -> Mapping[str, Any]:
    """The JSON object on a line.

    Raises:
        BackendError: It is none, with reason `garbage`.
    """
    if not line.strip():
        raise garbage(peer, "it is empty")
    try:
        value = json.loads(line)
    except (ValueError, RecursionError) as error:
        start = " ".join(line[:60].split())
        raise garbage(peer, f"not JSON: {start!r}") from error
    if not isinstance(value, Mapping):
        raise garbage(peer, f"not a JSON object but {type(value).__name__}")
    return value


def _encode(body: Mapping[str, Any]) -> bytes:
    # Half a character (a lone surrogate) has no UTF-8; a question mark takes its place.
    return json.dumps(body, ensure_ascii=False).encode("utf-8", "replace")


def _split(pieces: Iterator[bytes], peer: Peer, seconds: float) -> Iterator[bytes]:
    """Whole lines, cut at line feeds only: a text may hold U+2028 and its kin.

    A byte now and then is no sign of life: only a finished line is.
    """
    rest: list[bytes] = []
    size = 0
    give_up = time.monotonic() + seconds
    for piece in pieces:
        *whole, last = piece.split(b"\n")
        for part in whole:
            line = b"".join([*rest, part])
            rest, size = [], 0
            yield line
            # The time that the reader of the lines took is not the server's.
            give_up = time.monotonic() + seconds
        rest.append(last)
        size += len(last)
        if size > LONGEST:
            raise garbage(peer, f"a line of more than {LONGEST:,} bytes")
        if time.monotonic() > give_up:
            raise too_slow(peer, seconds)
    if size:
        yield b"".join(rest)


def _text(line: bytes, peer: Peer) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError as error:
        raise garbage(peer, "it is not UTF-8") from error
