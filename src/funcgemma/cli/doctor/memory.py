"""The machine's memory against what the models need that the settings name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from funcgemma.backends.catalogue import split_spec
from funcgemma.backends.llamacpp.file import open_file
from funcgemma.backends.machine import Memory, gigabytes
from funcgemma.backends.memory import COMPUTE, needed
from funcgemma.backends.ollama.server import OllamaServer, same_model
from funcgemma.cli.doctor.findings import Finding
from funcgemma.cli.doctor.models import Model
from funcgemma.cli.doctor.ollama import is_here
from funcgemma.errors import BackendError

AREA = "memory"
ALONE = ("generator_model",)
"""Gets the memory for itself: the others are unloaded first."""


@dataclass(frozen=True, slots=True)
class Need:
    """Bytes that a model takes, and how many of them it takes already."""

    size: int
    taken: int = 0


def look_at_memory(
    models: Sequence[Model], num_ctx: int, server: OllamaServer, memory: Memory
) -> list[Finding]:
    """What is free, what the models need, and a warning before the machine would swap.

    Args:
        models: Those that answer.
        num_ctx: The context window they are loaded with.
        server: The Ollama server.
        memory: Of this machine.
    """
    found = [Finding(AREA, "this machine", "ok", str(memory))]
    if not is_here(server.url) and any(model.backend == "ollama" for model in models):
        found.append(Finding(AREA, "Ollama", "ok", f"takes the memory of {server.url}"))
        models = [model for model in models if model.backend != "ollama"]
    together = [model for model in models if model.role not in ALONE]
    found += _group(together, num_ctx, server, memory)
    alone = [model for model in models if model.role in ALONE]
    if alone:
        found += _group(alone, num_ctx, server, _without_others(alone, server, memory))
    return found


def _group(
    models: Sequence[Model], num_ctx: int, server: OllamaServer, memory: Memory
) -> list[Finding]:
    needs = {model.spec: _need(model, num_ctx, server) for model in models}
    known = {spec: need for spec, need in needs.items() if need is not None}
    return [_finding(known, memory)] if known else []


def _without_others(models: Sequence[Model], server: OllamaServer, memory: Memory) -> Memory:
    """The memory as it is when all but these are unloaded."""
    if memory.available is None or not is_here(server.url):
        return memory
    names = [split_spec(model.spec)[1] for model in models]
    try:
        others = [m for m in server.loaded() if not any(same_model(m.name, n) for n in names)]
    except BackendError:
        return memory
    return Memory(memory.total, memory.available + sum(m.size - m.on_gpu for m in others))


def _need(model: Model, num_ctx: int, server: OllamaServer) -> Need | None:
    """None where nobody knows."""
    name = split_spec(model.spec)[1]
    try:
        if model.backend == "llamacpp":
            file = open_file(Path(name).expanduser())
            return Need(file.memory(file.window(num_ctx)) + COMPUTE)
        if model.backend != "ollama":
            return None
        for loaded in server.loaded():
            if same_model(loaded.name, name):
                return Need(loaded.size, loaded.size)
        return Need(needed(server, name, num_ctx))
    except BackendError:
        return None


def _finding(needs: Mapping[str, Need], memory: Memory) -> Finding:
    size = sum(need.size for need in needs.values())
    more = size - sum(need.taken for need in needs.values())
    what = " + ".join(needs)
    text = f"about {gigabytes(size)}"
    if more < size:
        text += f", {gigabytes(size - more)} of it loaded already"
    if memory.available is None or more <= memory.available:
        return Finding(AREA, what, "ok", text)
    text += f"; {gigabytes(memory.available)} are free: the machine would swap"
    return Finding(AREA, what, "warning", text, _advice(size, memory))


def _advice(size: int, memory: Memory) -> str:
    if memory.total is not None and size > memory.total:
        return "name smaller models, or a smaller num_ctx: docs/backends.md"
    return "close other programs, or name smaller models or a smaller num_ctx: docs/backends.md"
