"""How much of a conversation a model's context window holds."""

import re
from collections.abc import Sequence
from math import ceil

from funcgemma.backends.base import ChatMessage
from funcgemma.errors import BackendError
from funcgemma.records import Message
from funcgemma.session.untrusted import neutral

LETTERS_A_TOKEN = 2.5
"""Latin letters; real tokenizers get four or more into a token."""
AROUND = 8
"""Tokens that a chat format puts around a message, and a reserve."""
NOTHING = "…"
"""What stands for an empty message: chat formats want something in every turn."""

_LETTERS = re.compile(r"[A-Za-z]")
_BLANKS = re.compile(r"[ \t]")
_RARE = re.compile("[\U00010000-\U0010ffff]")


def tokens(text: str) -> int:
    """At most so many tokens, as a rule: a token for each kanji, kana, digit and sign.

    A tokenizer may take up to four for an emoji or a rare kanji.
    """
    letters = len(_LETTERS.findall(text))
    others = len(text) - letters - len(_BLANKS.findall(text))
    return ceil(letters / LETTERS_A_TOKEN) + others + 2 * len(_RARE.findall(text))


def prompt_tokens(messages: Sequence[ChatMessage]) -> int:
    """At most so many tokens for a whole conversation."""
    return sum(tokens(message.content) + AROUND for message in messages)


def fitted(messages: Sequence[Message], system: str, room: int) -> tuple[ChatMessage, ...]:
    """The system text and the latest messages that fit; none is cut, the first is a user's.

    Control tokens in messages are made harmless on the way.

    Args:
        messages: The conversation, oldest first; the newest is always kept.
        system: What the model is told first; "" = nothing.
        room: Tokens there are for all of it.

    Raises:
        BackendError: The newest message alone is too long.
    """
    first = (ChatMessage("system", system),) if system else ()
    kept: list[ChatMessage] = []
    left = room - prompt_tokens(first)
    for message in reversed(messages):
        said = ChatMessage(message.role, neutral(message.content).strip() or NOTHING)
        left -= prompt_tokens((said,))
        if left < 0:
            break
        kept.insert(0, said)
    if not kept:
        raise BackendError(
            f"the message does not fit into the model's context window ({room} tokens left)",
            "refused",
            "shorten it, or raise num_ctx",
        )
    while len(kept) > 1 and kept[0].role != "user":
        kept.pop(0)
    return (*first, *kept)
