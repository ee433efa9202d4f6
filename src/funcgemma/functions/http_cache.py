"""Answers from the web, kept on disk for a while."""

import contextlib
import hashlib
import json
import re
import threading
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

# Only files of this form are ever removed, should someone point the cache at their own folder.
_OURS = re.compile(r"[0-9a-f]{64}\.(?:json|[0-9a-f]{32}\.tmp)")


@dataclass(frozen=True, slots=True)
class Entry:
    """A kept answer; its body may be any JSON value, also null."""

    body: Any
    stored: float


class DiskCache:
    """One JSON file an answer, named by the hash of its address.

    The cache never fails: what cannot be read or written is as good as absent.

    Args:
        folder: Where the files lie; made when the first one is written.
        max_bytes: The oldest files go once all together are larger.
        clock: Seconds since the epoch.
    """

    def __init__(self, folder: Path, max_bytes: int, clock: Callable[[], float]) -> None:
        self._folder = folder
        self._max_bytes = max_bytes
        self._clock = clock
        self._lock = threading.Lock()

    def get(self, address: str, max_age: float) -> Entry | None:
        """The kept answer, if there is one and it is not older than `max_age` seconds."""
        try:
            kept = json.loads(self._path(address).read_bytes())
            entry = Entry(kept["body"], float(kept["stored"]))
            same = kept["address"] == address
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            return None
        # An entry from the future means that the clock was set back: its age is unknown.
        return entry if same and 0 <= self._clock() - entry.stored <= max_age else None

    def put(self, address: str, body: Any) -> None:
        """Keep an answer."""
        path = self._path(address)
        kept = {"address": address, "stored": self._clock(), "body": body}
        sibling = path.with_suffix(f".{uuid.uuid4().hex}.tmp")
        try:
            # The addresses tell what the user asked about, so the folder is the user's alone.
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            sibling.write_text(json.dumps(kept, ensure_ascii=False), encoding="utf-8")
            sibling.replace(path)
            self._prune()
        except (OSError, ValueError):
            with contextlib.suppress(OSError):
                sibling.unlink()

    def _path(self, address: str) -> Path:
        name = hashlib.sha256(address.encode(errors="replace")).hexdigest()
        return self._folder / f"{name}.json"

    def _prune(self) -> None:
        with self._lock:
            files = [
                (status.st_mtime, status.st_size, path)
                for path in self._folder.iterdir()
                if _OURS.fullmatch(path.name) and (status := path.stat())
            ]
            total = 0
            for _, size, path in sorted(files, reverse=True):
                total += size
                if total > self._max_bytes:
                    path.unlink(missing_ok=True)
