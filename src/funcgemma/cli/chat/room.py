"""A word before a conversation makes the machine swap."""

from funcgemma.backends.machine import Memory, machine_memory
from funcgemma.backends.ollama.server import OllamaServer
from funcgemma.backends.remote.http import QUICK_SECONDS
from funcgemma.cli.doctor.memory import look_at_memory
from funcgemma.cli.doctor.models import Model, models_of
from funcgemma.cli.settings import Settings
from funcgemma.errors import BackendError

CONVERSING = ("resolver_model", "chat_model")


def memory_warnings(settings: Settings, memory: Memory | None = None) -> list[str]:
    """What the models of a conversation need and the machine does not have; loads none.

    Nothing where Ollama does not run, or where a number is unknown.

    Args:
        settings: Name the models.
        memory: Of the machine; None = read it.
    """
    named = [m for m in models_of(settings) if m.role in CONVERSING and m.backend == "ollama"]
    server = OllamaServer(settings.ollama_url, timeout=QUICK_SECONDS)
    try:
        pulled = [model for model in named if _is_pulled(server, model)]
        found = look_at_memory(pulled, settings.num_ctx, server, memory or machine_memory())
    except BackendError:  # whoever asks it something will say so
        return []
    finally:
        server.close()
    return [f"{f.what}: {f.text}; {f.todo}" for f in found if f.state == "warning"]


def _is_pulled(server: OllamaServer, model: Model) -> bool:
    try:
        server.find(model.spec.removeprefix("ollama:"))
    except BackendError as error:
        if error.reason != "not_pulled":
            raise
        return False
    return True
