"""GET requests for JSON: time-outs, retries, a cache, and one kind of error.

httpx is imported with the first request, so that importing this module stays
cheap. Proxies are an argument: the environment is not read here.
"""

import json
import random
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlencode, urlsplit

from funcgemma.errors import Unavailable
from funcgemma.functions.http_cache import DiskCache
from funcgemma.functions.http_faults import PassingFault, check_status, transport_fault

if TYPE_CHECKING:
    import httpx

FIRST_PAUSE = 0.3
"""Seconds before the second attempt; each further pause is twice as long."""
LONGEST_PAUSE = 5.0
"""A server that asks for more than this is not waited for."""


class HttpClient:
    """Reads JSON from the web; safe to share between threads.

    Args:
        cache_dir: Folder for answers; None keeps nothing.
        timeout: Seconds to wait for each piece of an answer.
        connect_timeout: Seconds to wait for a connection.
        deadline: Seconds for a whole `get_json`, retries included.
        attempts: How often a request is sent at most.
        max_bytes: Longest answer that is read.
        cache_bytes: How large the cache may become.
        proxy: Address of a proxy, if one must be used.
        transport: Another httpx transport, for a server that is not on a socket.
        clock: Seconds since the epoch, for the age of cached answers.
        sleep: Waits between two attempts.
    """

    def __init__(
        self,
        cache_dir: Path | None = None,
        *,
        timeout: float = 8.0,
        connect_timeout: float = 4.0,
        deadline: float = 20.0,
        attempts: int = 3,
        max_bytes: int = 4_000_000,
        cache_bytes: int = 20_000_000,
        proxy: str | None = None,
        transport: "httpx.BaseTransport | None" = None,
        clock: Callable[[], float] = time.time,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._cache = DiskCache(cache_dir, cache_bytes, clock) if cache_dir else None
        self._timeouts = (timeout, connect_timeout)
        self._deadline = deadline
        self._attempts = attempts
        self._max_bytes = max_bytes
        self._proxy = proxy
        self._transport = transport
        self._clock = clock
        self._sleep = sleep
        self._client: httpx.Client | None = None
        self._lock = threading.Lock()

    def get_json(
        self, url: str, params: Mapping[str, Any] | None = None, *, max_age: float = 600.0
    ) -> Any:
        """The JSON value at an address, from the cache if it is young enough.

        Args:
            url: The address without its query.
            params: The query, in this order.
            max_age: How old a cached answer may be in seconds; 0 always asks the server.

        Raises:
            Unavailable: With reason offline, timeout, not_found, rate_limited, server,
                bad_reply, too_large or bad_url.
        """
        address = f"{url}?{urlencode(params, errors='replace')}" if params else url
        known = self._cache.get(address, max_age) if self._cache and max_age > 0 else None
        if known is not None:
            return known.body
        body = self._fetch(address)
        if self._cache and max_age > 0:
            self._cache.put(address, body)
        return body

    def close(self) -> None:
        """Close the connections; a later request opens new ones."""
        with self._lock:
            client, self._client = self._client, None
        if client is not None:
            client.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.close()

    def _fetch(self, address: str) -> Any:
        give_up = time.monotonic() + self._deadline
        attempt = 0
        while True:
            attempt += 1
            try:
                return self._once(address, give_up)
            except PassingFault as fault:
                pause = self._pause(fault, attempt)
                if pause is None or time.monotonic() + pause > give_up:
                    raise
                self._sleep(pause)

    def _pause(self, fault: PassingFault, attempt: int) -> float | None:
        if attempt >= self._attempts:
            return None
        if fault.retry_after is not None:
            return fault.retry_after if fault.retry_after <= LONGEST_PAUSE else None
        # Jitter keeps many clients from coming back in the same moment.
        return FIRST_PAUSE * float(2 ** (attempt - 1)) * random.uniform(0.5, 1.5)

    def _once(self, address: str, give_up: float) -> Any:
        import httpx

        host = _host(address)
        try:
            with self._connection().stream("GET", address) as response:
                check_status(response.status_code, response.headers, host, self._clock())
                body = self._read(response, host, give_up)
        except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
            raise transport_fault(error, host) from error
        return _decode(body, host)

    def _connection(self) -> "httpx.Client":
        import httpx

        read, connect = self._timeouts
        with self._lock:
            if self._client is None:
                self._client = httpx.Client(
                    headers={
                        "User-Agent": _user_agent(),
                        "Accept": "application/json",
                    },
                    timeout=httpx.Timeout(read, connect=connect),
                    transport=self._transport,
                    proxy=self._proxy,
                    trust_env=False,
                    follow_redirects=True,
                    max_redirects=3,
                )
            return self._client

    def _read(self, response: "httpx.Response", host: str, give_up: float) -> bytes:
        body = bytearray()
        for piece in response.iter_bytes():
            body += piece
            if len(body) > self._max_bytes:
                raise Unavailable(
                    f"{host} sent more than {self._max_bytes:,} bytes",
                    "too_large",
                    "ask for something narrower",
                )
            # A server that sends a byte now and then never runs into the read time-out.
            if time.monotonic() > give_up:
                raise Unavailable(f"{host} sends too slowly", "timeout", "try again later")
        return bytes(body)


def _user_agent() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return f"FuncGemma/{version('funcgemma')} (local function-calling router)"
    except PackageNotFoundError:
        return "FuncGemma (local function-calling router)"


def _host(address: str) -> str:
    try:
        return urlsplit(address).hostname or address
    except ValueError:
        return address


def _decode(body: bytes, host: str) -> Any:
    try:
        return json.loads(body, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise Unavailable(
            f"{host} did not answer in JSON", "bad_reply", "check the address in the settings"
        ) from error


def _refuse(constant: str) -> Any:
    raise ValueError(f"{constant} is not JSON")
