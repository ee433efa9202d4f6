"""Which models may share a small machine's memory, and a word before it would swap."""

import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from funcgemma.backends.machine import Memory, gigabytes, machine_memory
from funcgemma.backends.ollama.server import LoadedModel, OllamaServer, canonical, same_model
from funcgemma.errors import BackendError

TOGETHER = ("gemma3:4b", "functiongemma")
"""These fit into 8 GB side by side; any other model gets the memory for itself."""
COMPUTE = 300_000_000
"""Bytes of working memory beside the weights and the cache."""
PAUSE = 0.2
PATIENCE = 10.0
"""Seconds that a server may take to give memory back."""


@dataclass(frozen=True, slots=True)
class Room:
    """What was done before a model is loaded: who had to go, and a warning ("" = none)."""

    unloaded: tuple[str, ...] = ()
    warning: str = ""


def make_room(
    server: OllamaServer,
    model: str,
    *,
    num_ctx: int = 4096,
    together: Collection[str] = TOGETHER,
    memory: Callable[[], Memory] = machine_memory,
    sleep: Callable[[float], None] = time.sleep,
) -> Room:
    """Unload what may not stay beside a model, and see whether it then fits.

    Args:
        server: Where the model will be loaded.
        model: The model that is to be loaded.
        num_ctx: The context window it is to be loaded with.
        together: Models that may be loaded side by side.
        memory: Reads the machine's memory.
        sleep: Waits between two looks at what is loaded.

    Raises:
        BackendError: The server failed, or does not let go of a model (reason `memory`).
    """
    gone = [m.name for m in server.loaded() if not may_stay(m.name, model, together)]
    for name in gone:
        server.unload(name)
    _wait(server, gone, sleep)
    return Room(tuple(gone), room_warning(server, model, num_ctx, memory()))


def may_stay(loaded: str, model: str, together: Collection[str] = TOGETHER) -> bool:
    """Whether a loaded model may stay when another one (or itself) is to be used."""
    friends = {canonical(name) for name in together}
    return same_model(loaded, model) or {canonical(loaded), canonical(model)} <= friends


def room_warning(server: OllamaServer, model: str, num_ctx: int, memory: Memory) -> str:
    """A sentence for the user if loading the model would make the machine swap, else "".

    Nothing is said of a model that is loaded already, or where a number is unknown.

    Raises:
        BackendError: The server failed, or does not have the model.
    """
    if memory.available is None or any(same_model(m.name, model) for m in server.loaded()):
        return ""
    need = needed(server, model, num_ctx)
    if need <= memory.available:
        return ""
    return (
        f"{model} needs about {gigabytes(need)}, and {gigabytes(memory.available)} of memory are "
        "free: the machine will swap; close other programs, or use a smaller model or num_ctx"
    )


def needed(server: OllamaServer, model: str, num_ctx: int) -> int:
    """An estimate, rather high than low, of the bytes that a model takes when it is loaded.

    Raises:
        BackendError: The server failed, or does not have the model.
    """
    weights = server.find(model).size
    return weights + cache_bytes(server.show(model).info, num_ctx) + COMPUTE


def cache_bytes(info: Mapping[str, Any], num_ctx: int) -> int:
    """Bytes of the attention cache (16 bits a number), from the metadata of a model's file.

    Sliding windows are counted as if they were whole; 0 where the metadata do not tell.
    """
    kind = info.get("general.architecture")

    def number(key: str) -> int:
        value = info.get(f"{kind}.{key}")
        value = max(value, default=0) if isinstance(value, list) else value
        return value if isinstance(value, int) else 0

    heads = number("attention.head_count")
    width = number("attention.key_length") or (number("embedding_length") // heads if heads else 0)
    values = number("attention.value_length") or width
    cached = number("attention.head_count_kv") or heads
    return number("block_count") * cached * (width + values) * num_ctx * 2


def _wait(server: OllamaServer, names: list[str], sleep: Callable[[float], None]) -> None:
    left: list[LoadedModel] = []
    for _ in range(int(PATIENCE / PAUSE)) if names else ():
        left = [m for m in server.loaded() if m.name in names]
        if not left:
            return
        sleep(PAUSE)
    if left:
        stuck = left[0].name
        raise BackendError(
            f"{stuck} is still in memory", "memory", f"unload it: ollama stop {stuck}"
        )
