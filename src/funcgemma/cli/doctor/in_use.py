"""What would decide and talk if a command were started now, and why."""

from collections.abc import Mapping

from funcgemma.cli.doctor.findings import Finding
from funcgemma.cli.resolvers import AUTO, RESOLVERS, WHEN, choose
from funcgemma.cli.settings import NO_MODEL, Settings
from funcgemma.errors import FuncGemmaError

AREA = "in use"


def resolver_in_use(settings: Settings, errors: Mapping[str, FuncGemmaError | None]) -> str:
    """The resolver that commands would take now; "" = the one that is set cannot work."""
    error = errors.get("resolver_model")
    if settings.resolver == AUTO:
        return "embedded" if error else "cascade"
    if _names_run(settings):
        return settings.resolver if _run_problem(settings) is None else ""
    works = settings.resolver in RESOLVERS and not (settings.resolver in WHEN and error)
    return settings.resolver if works else ""


def look_at_use(
    settings: Settings, errors: Mapping[str, FuncGemmaError | None]
) -> tuple[Finding, Finding]:
    """The resolver and the chat model."""
    return _resolver(settings, errors), _chat(settings, errors)


def _resolver(settings: Settings, errors: Mapping[str, FuncGemmaError | None]) -> Finding:
    used = resolver_in_use(settings, errors)
    problem = _run_problem(settings) if _names_run(settings) else None
    if problem is not None:
        return Finding(AREA, "resolver", "failed", problem.message, problem.hint)
    if not _names_run(settings) and settings.resolver not in RESOLVERS:
        text = f"unknown: {settings.resolver}"
        return Finding(AREA, "resolver", "failed", text, f"known: {', '.join(RESOLVERS)}")
    if not used:
        text = f"{settings.resolver} is set, but {settings.resolver_model} does not answer"
        return Finding(AREA, "resolver", "failed", text, "see resolver_model above")
    if settings.resolver != AUTO:
        return Finding(AREA, "resolver", "ok", f"{used}: the setting resolver says so")
    why = "does not answer" if used == "embedded" else "answers"
    return Finding(AREA, "resolver", "ok", f"{used}: auto, and {settings.resolver_model} {why}")


def _chat(settings: Settings, errors: Mapping[str, FuncGemmaError | None]) -> Finding:
    if settings.chat_model not in NO_MODEL and errors.get("chat_model") is None:
        return Finding(AREA, "chat", "ok", f"by {settings.chat_model}")
    return Finding(AREA, "chat", "ok", "no model: functions work, free chat does not")


def _names_run(settings: Settings) -> bool:
    """Whether the setting names a fine-tuned model: `two-stage:1`."""
    return ":" in settings.resolver


def _run_problem(settings: Settings) -> FuncGemmaError | None:
    """What is wrong with the run that the setting names."""
    try:
        choose(settings, None, None)
    except FuncGemmaError as error:
        return error
    return None
