"""Ask the model, and ask again where its runtime stumbles."""

from collections.abc import Callable, Sequence

from funcgemma.backends.base import Backend, ChatMessage, Completion, Options
from funcgemma.data.llm.plan import Plan
from funcgemma.data.llm.schema import answer_schema
from funcgemma.errors import BackendError

LASTING = ("not_installed", "not_pulled", "unsupported", "memory")
"""Reasons that asking again does not change."""

PAUSES = (0.5, 2.0, 8.0)
"""Seconds before the second, third and last attempt."""

MOST_TOKENS = 1400
TOP_P = 0.95


def ask(
    backend: Backend,
    messages: Sequence[ChatMessage],
    plan: Plan,
    pause: Callable[[float], None],
) -> Completion:
    """The model's answer to a question.

    Args:
        backend: The model.
        messages: The prompt.
        plan: Gives seed, temperature and the form of the answer.
        pause: Waits for so many seconds.

    Raises:
        BackendError: It failed for good, or again and again.
    """
    options = Options(
        max_tokens=MOST_TOKENS,
        temperature=plan.temperature,
        top_p=TOP_P,
        seed=plan.seed,
        json_schema=answer_schema(plan) if backend.abilities.json_schema else None,
    )
    for seconds in PAUSES:
        try:
            return backend.chat(messages, options)
        except BackendError as error:
            if error.reason in LASTING:
                raise
            pause(seconds)
    return backend.chat(messages, options)
