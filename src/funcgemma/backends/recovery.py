"""When to ask a runtime again that has failed: at growing intervals, one caller at a time.

Whoever asks a runtime says how it went; between a failure and the next attempt nobody
waits for a server that is dead.
"""

import threading
import time
from collections.abc import Callable

FIRST_PAUSE = 1.0
"""Seconds after the first failure; each further one doubles them."""
LONGEST_PAUSE = 60.0


class Recovery:
    """What is known of a runtime's health; safe under threads.

    Args:
        clock: Seconds that never go back.
        first: Seconds until the next attempt after a first failure.
        longest: The pause grows no further than this.
    """

    def __init__(
        self,
        clock: Callable[[], float] = time.monotonic,
        *,
        first: float = FIRST_PAUSE,
        longest: float = LONGEST_PAUSE,
    ) -> None:
        self._clock = clock
        self._first = first
        self._longest = longest
        self._lock = threading.Lock()
        self._error: Exception | None = None
        self._failures = 0
        self._next = 0.0

    @property
    def error(self) -> Exception | None:
        """How the latest attempt failed; None = the runtime is well, as far as is known."""
        return self._error

    def ready(self) -> bool:
        """Whether to ask it now.

        After a failure this is the leave for *one* attempt: until it is reported, others
        are told no, and an attempt that is never reported counts as one that failed.
        """
        with self._lock:
            if self._error is None:
                return True
            now = self._clock()
            if now < self._next:
                return False
            self._next = now + self._pause()
            return True

    def failed(self, error: Exception) -> None:
        """An attempt failed: the next one has to wait, each time for longer."""
        with self._lock:
            self._error = error
            self._failures += 1
            self._next = self._clock() + self._pause()

    def worked(self) -> None:
        """An attempt succeeded; nobody waits any more."""
        with self._lock:
            self._error = None
            self._failures = 0

    def _pause(self) -> float:
        doublings = min(max(self._failures - 1, 0), 32)
        return min(self._longest, self._first * 2.0**doublings)
