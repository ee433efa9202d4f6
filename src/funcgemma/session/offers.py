"""Does a call come from words that the user did not say but only agreed to?

What a chat model or a source on the network has written stands in the conversation as the
assistant's words, and may offer anything.
"""

from collections.abc import Mapping

from funcgemma.functions.definition import FunctionDefinition
from funcgemma.language.normalise import normalise
from funcgemma.records import Decision, Dialogue, FunctionCall
from funcgemma.resolver.embedded.dialogue import accepted_offer, agrees
from funcgemma.resolver.embedded.kinds import kind_of
from funcgemma.session.state import SessionState

WORDED = frozenset(("place", "person", "verbatim", "phrase"))
"""Kinds of values that stand in the text as they are."""


def is_offered(
    state: SessionState, decision: Decision, definitions: Mapping[str, FunctionDefinition]
) -> bool:
    """Whether calls were read from the assistant's words, or from a bare はい to them."""
    dialogue = state.dialogue
    if dialogue is None or len(dialogue.messages) < 2:
        return False
    if agrees(dialogue.text) or accepted_offer(dialogue) is not None:
        return True
    if _read_there(dialogue, decision):
        return True
    return any(
        _stands_there_only(dialogue, call, definitions[call.name]) for call in decision.calls
    )


def _read_there(dialogue: Dialogue, decision: Decision) -> bool:
    """Whether a value is known to have been read from a message of the assistant's."""
    messages = dialogue.messages
    return any(
        messages[mention.turn].role == "assistant"
        for mention in decision.mentions
        if mention.argument is not None and -len(messages) <= mention.turn < len(messages)
    )


def _stands_there_only(
    dialogue: Dialogue, call: FunctionCall, definition: FunctionDefinition
) -> bool:
    """Whether a value stands in the assistant's words and nowhere in the user's."""
    texts = {"user": "", "assistant": ""}
    for message in dialogue.messages:
        texts[message.role] += f"\n{normalise(message.content)}"
    for name, value in call.arguments.items():
        schema = definition.properties.get(name, {})
        if isinstance(value, str) and not schema.get("enum") and kind_of(schema) in WORDED:
            said = normalise(value)
            if said and said in texts["assistant"] and said not in texts["user"]:
                return True
    return False
