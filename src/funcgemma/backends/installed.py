"""Whether the libraries of an in-process runtime are there: asked without importing them."""

from importlib.util import find_spec

from funcgemma.errors import BackendError


def require(name: str, extra: str, *modules: str) -> None:
    """Let a backend pass whose libraries are installed.

    Args:
        name: The backend, for the message.
        extra: The extra of this package that brings the libraries.
        *modules: What must be importable.

    Raises:
        BackendError: With reason `not_installed` and the line that installs them.
    """
    missing = [module for module in modules if find_spec(module) is None]
    if missing:
        raise BackendError(
            f"{name} needs {', '.join(missing)}, not installed here",
            "not_installed",
            f'pip install "funcgemma[{extra}]"',
        )
