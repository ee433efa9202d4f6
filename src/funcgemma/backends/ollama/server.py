"""An Ollama server as a whole: its version, its models, what is loaded, pulling and unloading."""

from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any

from funcgemma.backends.remote.faults import Peer, cut, error_words, garbage, no_model, refusal
from funcgemma.backends.remote.http import ModelServer, decode
from funcgemma.errors import BackendError

OLLAMA_URL = "http://127.0.0.1:11434"
MINIMUM_VERSION = (0, 13, 5)
"""The first that knows FunctionGemma."""
PULL_SECONDS = 600.0
"""A pull falls silent while it checks what it downloaded."""


@dataclass(frozen=True, slots=True)
class InstalledModel:
    """A model on the server's disk: its name with the tag, and its size in bytes."""

    name: str
    size: int


@dataclass(frozen=True, slots=True)
class LoadedModel:
    """A model in memory.

    Attributes:
        name: With the tag.
        size: Bytes of memory it takes.
        on_gpu: How many of them on a graphics card.
        num_ctx: Its context window; None where the server does not tell.
    """

    name: str
    size: int
    on_gpu: int = 0
    num_ctx: int | None = None


@dataclass(frozen=True, slots=True)
class PullProgress:
    """How far a pull is: what is being done, and bytes of the layer at hand (0 = unknown)."""

    status: str
    completed: int = 0
    total: int = 0


@dataclass(frozen=True, slots=True)
class ModelDetails:
    """What the server knows of a model: its capabilities, and the metadata of its file."""

    capabilities: tuple[str, ...] = ()
    info: Mapping[str, Any] = field(default_factory=dict)


class OllamaServer:
    """One Ollama server; safe under threads, nothing is asked before the first method is called.

    Args:
        url: Its address.
        timeout: Seconds without a sign of life before a request is given up.
    """

    def __init__(self, url: str = OLLAMA_URL, timeout: float = 60.0) -> None:
        peer = Peer("Ollama", url, "start it: ollama serve", "get it: ollama pull {model}")
        self.http = ModelServer(peer, timeout)
        self.url = url

    def reach(self) -> None:
        """Whether a server listens; refused at once where none does.

        Raises:
            BackendError: With reason `not_running`.
        """
        self.http.reach()

    def version(self) -> str:
        """Its version, such as `0.13.5`.

        Raises:
            BackendError: It does not run, or is no Ollama.
        """
        version = self.http.get("/api/version").get("version")
        if not isinstance(version, str):
            raise garbage(self.http.peer, "it tells no version")
        return version

    def models(self) -> tuple[InstalledModel, ...]:
        """The models on its disk.

        Raises:
            BackendError: It does not run, or is no Ollama.
        """
        return tuple(
            InstalledModel(_name(row), _whole(row.get("size"))) for row in self._rows("/api/tags")
        )

    def loaded(self) -> tuple[LoadedModel, ...]:
        """The models in its memory.

        Raises:
            BackendError: It does not run, or is no Ollama.
        """
        return tuple(
            LoadedModel(
                _name(row),
                _whole(row.get("size")),
                _whole(row.get("size_vram")),
                _whole(row.get("context_length")) or None,
            )
            for row in self._rows("/api/ps")
        )

    def find(self, model: str) -> InstalledModel:
        """The installed model of that name; a name without a tag means `latest`.

        Raises:
            BackendError: With reason `not_pulled` where there is none.
        """
        for installed in self.models():
            if same_model(installed.name, model):
                return installed
        raise no_model(self.http.peer, model)

    def show(self, model: str) -> ModelDetails:
        """What the server knows of a model.

        Raises:
            BackendError: It does not have the model, or failed.
        """
        answer = self.http.post("/api/show", {"model": model})
        info = answer.get("model_info")
        capabilities = answer.get("capabilities")
        return ModelDetails(
            tuple(str(word) for word in capabilities) if isinstance(capabilities, list) else (),
            info if isinstance(info, Mapping) else {},
        )

    def pull(
        self, model: str, progress: Callable[[PullProgress], None] = lambda step: None
    ) -> None:
        """Download a model; one that was broken off goes on where it stood.

        Raises:
            BackendError: The server failed, or found no such model.
        """
        body = {"model": model, "stream": True}
        with closing(self.http.lines("/api/pull", body, PULL_SECONDS)) as lines:
            for line in lines:
                step = decode(line, self.http.peer)
                if step.get("error"):
                    raise self._pull_fault(model, error_words(step))
                status = str(step.get("status", ""))
                done, total = _whole(step.get("completed")), _whole(step.get("total"))
                progress(PullProgress(status, done, total))
                if status == "success":
                    return
        raise cut(self.http.peer)

    def unload(self, model: str) -> None:
        """Ask the server to give a model's memory back; it may take a moment.

        Raises:
            BackendError: The server failed.
        """
        self.http.post("/api/generate", {"model": model, "keep_alive": 0, "stream": False})

    def close(self) -> None:
        """Close the connections; a later request opens new ones."""
        self.http.close()

    def _rows(self, path: str) -> list[Mapping[str, Any]]:
        rows = self.http.get(path).get("models")
        # Go writes an empty list as null.
        rows = [] if rows is None else rows
        if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
            raise garbage(self.http.peer, "it lists no models")
        return rows

    def _pull_fault(self, model: str, words: str) -> BackendError:
        if "file does not exist" in words or "manifest" in words:
            return BackendError(
                f"there is no model {model!r} to pull: {words}",
                "not_pulled",
                "check its name at https://ollama.com/library",
            )
        return refusal(self.http.peer, words, model=model)


def same_model(one: str, other: str) -> bool:
    """Whether two names mean the same model: `gemma3` is `gemma3:latest`."""
    return canonical(one) == canonical(other)


def canonical(model: str) -> str:
    """A model's name as Ollama keeps it: with its tag, without the default registry."""
    name = model.strip().lower()
    for prefix in ("registry.ollama.ai/", "library/"):
        name = name.removeprefix(prefix)
    return name if ":" in name.rpartition("/")[2] else f"{name}:latest"


def parse_version(version: str) -> tuple[int, ...]:
    """The numbers of a version: `0.33.0-rc2` is (0, 33, 0); () if there are none."""
    numbers = version.strip().removeprefix("v").partition("-")[0].split(".")
    return tuple(int(n) for n in numbers) if all(n.isdecimal() for n in numbers) else ()


def _name(row: Mapping[str, Any]) -> str:
    return str(row.get("name") or row.get("model") or "")


def _whole(value: Any) -> int:
    return value if isinstance(value, int) and value > 0 else 0
