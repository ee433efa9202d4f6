"""Whether texts that a language model is asked about leave this machine."""

from funcgemma.backends.catalogue import Place, split_spec
from funcgemma.errors import SettingsError

CLOUD = ("-cloud", ":cloud")
"""How the names end of models that an Ollama here asks Ollama's own servers for."""


def leaves_to(spec: str, place: Place) -> str:
    """Where the texts go; "" = they stay here.

    Args:
        spec: A backend and its model.
        place: Where runtimes are found.
    """
    from funcgemma.cli.doctor.ollama import is_here

    backend, model = split_spec(spec)
    url = {"ollama": place.ollama_url, "openai": place.openai_url}.get(backend, "")
    if url and not is_here(url):
        return url
    return "ollama.com" if backend == "ollama" and model.endswith(CLOUD) else ""


def check_private(spec: str, place: Place) -> None:
    """See that a teacher of private texts is on this machine.

    Raises:
        SettingsError: It is not.
    """
    there = leaves_to(spec, place)
    if there:
        raise SettingsError(
            f"the local log stays on this machine, and {spec} is asked at {there}",
            "choose a teacher that runs here; or name files that may be sent there to --texts",
        )
