"""What can go wrong between here and a server, as one kind of error with a reason."""

from collections.abc import Mapping
from datetime import UTC
from email.utils import parsedate_to_datetime

from funcgemma.errors import Unavailable


class PassingFault(Unavailable):
    """A fault that may be gone at the next attempt.

    Args:
        message: What went wrong.
        reason: A short machine-readable word.
        hint: What the user can do next.
        retry_after: Seconds the server asked to be left alone, if it said so.
    """

    def __init__(
        self, message: str, reason: str, hint: str = "", retry_after: float | None = None
    ) -> None:
        super().__init__(message, reason, hint)
        self.retry_after = retry_after


def check_status(status: int, headers: Mapping[str, str], host: str, now: float) -> None:
    """Let a good status pass.

    Raises:
        Unavailable: For every other one; a `PassingFault` for 429 and 5xx.
    """
    if 200 <= status < 300:
        return
    if status in (404, 410):
        raise Unavailable(f"{host} has no such page ({status})", "not_found", "check the name")
    wait = _retry_after(headers.get("retry-after", ""), now)
    if status == 429:
        hint = f"try again in {wait:.0f} seconds" if wait else "try again later"
        raise PassingFault(f"{host} is asked too often ({status})", "rate_limited", hint, wait)
    if status >= 500:
        raise PassingFault(f"{host} has a problem ({status})", "server", "try again later", wait)
    raise Unavailable(
        f"{host} refused the request ({status})", "server", "check the address in the settings"
    )


def transport_fault(error: Exception, host: str) -> Unavailable:
    """The error for an exception of httpx."""
    import httpx

    if isinstance(error, httpx.ConnectTimeout):
        return PassingFault(f"{host} does not take calls", "timeout", "check the connection")
    if isinstance(error, httpx.TimeoutException):
        return Unavailable(f"{host} does not answer in time", "timeout", "try again later")
    if isinstance(error, httpx.NetworkError | httpx.ProxyError):
        return PassingFault(f"{host} cannot be reached", "offline", "check the connection")
    # Also a kept connection that the server closed meanwhile, hence worth another attempt.
    if isinstance(error, httpx.RemoteProtocolError):
        return PassingFault(f"{host} broke off its answer", "bad_reply", "try again later")
    if isinstance(error, httpx.DecodingError | httpx.TooManyRedirects):
        return Unavailable(f"{host} sent an answer that cannot be read", "bad_reply")
    return Unavailable(
        f"'{host}' cannot be asked: {error}", "bad_url", "check the address in the settings"
    )


def _retry_after(value: str, now: float) -> float | None:
    """Seconds to wait, from a number or a date; None where nothing useful is said."""
    if value.strip().isdecimal():
        return float(value)
    try:
        moment = parsedate_to_datetime(value)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, moment.timestamp() - now)
