"""The answer to an utterance that asks for no function: the chat model's, if there is one."""

from collections.abc import Sequence

from funcgemma.errors import WorldError
from funcgemma.functions.context import Context
from funcgemma.records import Message
from funcgemma.session.words import sentence

HEARD = 12
"""Latest messages that the chat model is given."""


def free_answer(messages: Sequence[Message], context: Context, *, explained: bool) -> str:
    """What to say where no function is asked for.

    Args:
        messages: The conversation; the last one is the user's.
        context: Holds the chat model and the language.
        explained: Whether it was said before that free chat needs a model.
    """
    language = context.language
    if context.chat is None:
        return sentence(language, "no_model_again" if explained else "no_model")
    recent = list(messages[-HEARD:])
    while recent and recent[0].role != "user":
        recent.pop(0)
    try:
        return context.chat.reply(recent, system=sentence(language, "system")).strip()
    except WorldError as error:
        return sentence(language, "model_failed", problem=str(error))
