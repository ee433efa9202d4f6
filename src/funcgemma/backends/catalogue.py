"""The backends there are, by name; the module of one is imported when it is opened.

A *spec* names a backend and its model: `ollama:gemma3:4b`, `llamacpp:model.gguf`,
`transformers:DIR`, `openai:MODEL`, `scripted:FILE`. A name without a backend before it is a
model of Ollama's: `gemma3:4b`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module

from funcgemma.backends.base import Backend
from funcgemma.errors import SettingsError

BACKENDS: Mapping[str, str] = {
    "llamacpp": "funcgemma.backends.llamacpp.backend:LlamaCppBackend",
    "ollama": "funcgemma.backends.ollama.backend:OllamaBackend",
    "openai": "funcgemma.backends.openai.backend:OpenAIBackend",
    "scripted": "funcgemma.backends.scripted.backend:ScriptedBackend",
    "transformers": "funcgemma.backends.transformers.backend:TransformersBackend",
}
DEFAULT = "ollama"


@dataclass(frozen=True, slots=True)
class Place:
    """Where runtimes are found and how much they may take.

    Attributes:
        ollama_url: Of the Ollama server.
        openai_url: Of the OpenAI-compatible server, with its `/v1`.
        openai_key: Its key; "" = none.
        num_ctx: Context window in tokens.
        timeout: Seconds without a sign of life before a generation is given up.
        keep_alive: How long Ollama keeps the model in memory after a request, in its notation.
        adapter: LoRA adapter: a GGUF file for llama.cpp, a PEFT folder for transformers; "" = none.
        threads: CPU threads of runtimes in this process; 0 = as they see fit.
    """

    ollama_url: str = "http://127.0.0.1:11434"
    openai_url: str = "http://127.0.0.1:8080/v1"
    openai_key: str = ""
    num_ctx: int = 4096
    timeout: float = 60.0
    keep_alive: str = "10m"
    adapter: str = ""
    threads: int = 0


def split_spec(spec: str) -> tuple[str, str]:
    """The backend's name and the model's: `gemma3:4b` is ("ollama", "gemma3:4b").

    Raises:
        SettingsError: The spec names no model.
    """
    head, colon, rest = spec.partition(":")
    backend, model = (head, rest) if colon and head in BACKENDS else (DEFAULT, spec)
    if not model:
        raise SettingsError(f"{spec!r} names no model", "write it as ollama:gemma3:4b")
    return backend, model


def open_backend(spec: str, place: Place | None = None) -> Backend:
    """The backend that a spec names; nothing is connected or loaded yet.

    Raises:
        SettingsError: The spec names no model.
        BackendError: The library of the backend is not installed; says how to install it.
    """
    name, model = split_spec(spec)
    module, _, attribute = BACKENDS[name].partition(":")
    backend: Backend = getattr(import_module(module), attribute)(model, place or Place())
    return backend
