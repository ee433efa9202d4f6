"""The Ollama server: whether it runs, how new it is, what it has, what it has loaded."""

import ipaddress
import shutil
from collections.abc import Sequence
from urllib.parse import urlsplit

from funcgemma.backends.machine import gigabytes
from funcgemma.backends.ollama.server import (
    MINIMUM_VERSION,
    LoadedModel,
    OllamaServer,
    parse_version,
)
from funcgemma.cli.doctor.findings import Finding, State
from funcgemma.errors import BackendError

AREA = "language models"


def look_at_ollama(
    server: OllamaServer, asked_for: bool
) -> tuple[list[Finding], BackendError | None]:
    """What is known of the server, and the error if it cannot be used."""
    try:
        version = server.version()
        installed = server.models()
        loaded = server.loaded()
    except BackendError as error:
        state: State = "failed" if asked_for else "optional"
        todo = _what_to_do(error, server.url)
        return [Finding(AREA, "Ollama", state, error.message, todo)], error
    names = ", ".join(f"{model.name} ({gigabytes(model.size)})" for model in installed)
    pulled = Finding(AREA, "downloaded", "ok", names or "no models")
    return [_version(version, server.url), pulled, _loaded(loaded)], None


def is_here(url: str) -> bool:
    """Whether an address is on this machine."""
    host = ""
    try:
        host = urlsplit(url).hostname or ""
        return ipaddress.ip_address(host).is_loopback
    except ValueError:  # a name, or no address at all
        return host == "localhost"


def _what_to_do(error: BackendError, url: str) -> str:
    if error.reason == "not_running" and is_here(url) and shutil.which("ollama") is None:
        return "./setup.sh installs and starts it; or https://ollama.com/download"
    return error.hint


def _version(version: str, url: str) -> Finding:
    numbers = parse_version(version)
    needed = ".".join(map(str, MINIMUM_VERSION))
    if numbers and numbers < MINIMUM_VERSION:
        text = f"{version} at {url}; FunctionGemma needs {needed} or newer"
        return Finding(
            AREA, "Ollama", "warning", text, "update it: ./setup.sh, or https://ollama.com/download"
        )
    return Finding(AREA, "Ollama", "ok", f"{version} at {url}")


def _loaded(models: Sequence[LoadedModel]) -> Finding:
    told = ", ".join(_in_memory(model) for model in models)
    return Finding(AREA, "loaded", "ok", told or "none; each is loaded at its first use")


def _in_memory(model: LoadedModel) -> str:
    card = f", {model.on_gpu / model.size:.0%} on a graphics card" if model.on_gpu else ""
    window = f", num_ctx {model.num_ctx}" if model.num_ctx else ""
    return f"{model.name} ({gigabytes(model.size)}{card}{window})"
