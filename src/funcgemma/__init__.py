"""FuncGemma: a local function-calling router, Japanese first.

from funcgemma import Dialogue, Message, Router

router = Router.load(folder, functions)
decision = router.route(Dialogue((Message("user", "明日の京都の天気は？"),), now))
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from funcgemma.records import Case, Decision, Dialogue, FunctionCall, Mention, Message, Trace

if TYPE_CHECKING:
    from funcgemma.finetune.export.open import open_tuned
    from funcgemma.functions.context import Context
    from funcgemma.functions.decorator import Kind, function
    from funcgemma.functions.definition import FunctionDefinition
    from funcgemma.functions.registry import FunctionRegistry
    from funcgemma.router import Router
    from funcgemma.session import Session, SessionState

__version__ = "0.1.0"

__all__ = [
    "Case",
    "Context",
    "Decision",
    "Dialogue",
    "FunctionCall",
    "FunctionDefinition",
    "FunctionRegistry",
    "Kind",
    "Mention",
    "Message",
    "Router",
    "Session",
    "SessionState",
    "Trace",
    "function",
    "open_tuned",
]

_LATE = {
    "Context": "funcgemma.functions.context",
    "FunctionDefinition": "funcgemma.functions.definition",
    "FunctionRegistry": "funcgemma.functions.registry",
    "Kind": "funcgemma.functions.decorator",
    "Router": "funcgemma.router",
    "Session": "funcgemma.session",
    "SessionState": "funcgemma.session",
    "function": "funcgemma.functions.decorator",
    "open_tuned": "funcgemma.finetune.export.open",
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used, so that `import funcgemma` stays light."""
    if name in _LATE:
        return getattr(import_module(_LATE[name]), name)
    raise AttributeError(f"module 'funcgemma' has no attribute {name!r}")
