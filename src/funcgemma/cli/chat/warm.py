"""Load the resolver's language model while the user still types."""

import contextlib
from threading import Thread
from typing import TYPE_CHECKING

from funcgemma.cli.world import local_now
from funcgemma.errors import BackendError
from funcgemma.router import Router

if TYPE_CHECKING:
    from funcgemma.resolver.functiongemma.resolver import FunctionGemma


def warm_up(router: Router) -> None:
    """Begin it in the background; what goes wrong is told when the model is needed."""
    if router.llm is None:
        return
    from funcgemma.resolver.functiongemma.resolver import FunctionGemma

    model = router.llm.resolver
    if isinstance(model, FunctionGemma):
        Thread(target=_warm, args=(model,), name="warm-up", daemon=True).start()


def _warm(model: "FunctionGemma") -> None:
    with contextlib.suppress(BackendError):
        model.warm(local_now())
