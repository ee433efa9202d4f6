"""How much memory the machine has, without a library for it: Linux and macOS."""

import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

MEMINFO = Path("/proc/meminfo")
FREE = ("Pages free", "Pages inactive", "Pages speculative")
"""What macOS can hand out without writing to the disk first (nearly)."""


@dataclass(frozen=True, slots=True)
class Memory:
    """Bytes of the machine's memory; None = unknown.

    Attributes:
        total: Of the machine.
        available: What programs can still have without swapping.
    """

    total: int | None = None
    available: int | None = None

    def __str__(self) -> str:
        if self.total is None or self.available is None:
            return "unknown"
        return f"{gigabytes(self.available)} of {gigabytes(self.total)} free"


def machine_memory(
    platform: str = sys.platform,
    meminfo: Path = MEMINFO,
    ask: Callable[[tuple[str, ...]], str] | None = None,
) -> Memory:
    """The memory of this machine; unknown parts where it cannot be read.

    Args:
        platform: As `sys.platform`.
        meminfo: Where Linux tells it.
        ask: Runs a program and returns what it prints, "" if it cannot be run.
    """
    if platform == "darwin":
        run = ask or output_of
        return Memory(_integer(run(("sysctl", "-n", "hw.memsize"))), vm_stat(run(("vm_stat",))))
    if platform.startswith("linux"):
        try:
            return linux(meminfo.read_text("ascii", "replace"))
        except OSError:
            return Memory()
    return Memory()


def linux(text: str) -> Memory:
    """From the text of `/proc/meminfo`."""
    kilobytes = {m[1]: int(m[2]) for m in re.finditer(r"^(\w+):\s+(\d+) kB", text, re.M)}
    total, available = kilobytes.get("MemTotal"), kilobytes.get("MemAvailable")
    return Memory(
        None if total is None else total * 1024,
        None if available is None else available * 1024,
    )


def vm_stat(text: str) -> int | None:
    """The available bytes, from what macOS' `vm_stat` prints; None if it makes no sense."""
    size = re.search(r"page size of (\d+) bytes", text)
    pages = {m[1]: int(m[2]) for m in re.finditer(r"^([^:\n]+):\s+(\d+)\.?$", text, re.M)}
    if size is None or not any(name in pages for name in FREE):
        return None
    return int(size[1]) * sum(pages.get(name, 0) for name in FREE)


def gigabytes(size: int) -> str:
    """A number of bytes for people: `4.2 GB`."""
    return f"{size / 1e9:.1f} GB"


def output_of(command: tuple[str, ...]) -> str:
    """What a program prints; "" if it is missing, fails or hangs."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=5, check=False)
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout if done.returncode == 0 else ""


def _integer(text: str) -> int | None:
    text = text.strip()
    return int(text) if text.isdecimal() else None
