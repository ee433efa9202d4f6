"""What the assistant's last message lends: それを日曜にずらして after it named one entry.

The user need not repeat what the assistant has just said. Whoever says yes to an offer and adds
a time means what was offered; whoever moves or drops "it" means the one thing that was named.
"""

import re
from collections.abc import Mapping
from typing import Any

from funcgemma.functions.definition import FunctionDefinition
from funcgemma.resolver.embedded.dialogue import begins_with_yes, offer_in
from funcgemma.resolver.embedded.features import Prior
from funcgemma.resolver.embedded.kinds import is_choice, kind_of
from funcgemma.resolver.embedded.model import EmbeddedModel
from funcgemma.resolver.embedded.slots import Slots, read_slots
from funcgemma.resolver.embedded.view import View, read

NAMED = ("place", "person", "phrase")
"""Kinds of which a message names one thing or another."""

_POINTS = re.compile(
    r"それ|そっち|そちら|そこ|その|これ|\b(?:it|that|this|there|the (?:last|first|whole))\b",
    re.IGNORECASE,
)


def lent_by_reply(
    model: EmbeddedModel,
    view: View,
    prior: Prior,
    definition: FunctionDefinition,
    slots: Slots,
    lent: Mapping[str, Any],
) -> dict[str, Any]:
    """Argument -> value, for what neither the utterance nor the earlier call says.

    Args:
        model: Its taggers read the message.
        view: The utterance.
        prior: What came before it.
        definition: The function that is asked for.
        slots: What the utterance says of its arguments.
        lent: What the earlier call lends.
    """
    if not prior.reply:
        return {}
    wanted = [
        name
        for name, schema in definition.properties.items()
        if name not in slots.values
        and name not in lent
        and not is_choice(schema)
        and kind_of(schema) in NAMED
    ]
    said = view.text[view.start : view.end]
    offer = offer_in(prior.reply) if wanted and begins_with_yes(said) else None
    if offer is None and not (wanted and _points(said, slots, definition)):
        return {}
    message = read(offer or prior.reply, view.now)
    if offer is None and len(message.times) > 1:  # several entries: which one is not known
        return {}
    named = read_slots(model, message, definition, Prior(), None).values
    return {name: named[name][0].value for name in wanted if len(named.get(name, ())) == 1}


def _points(said: str, slots: Slots, definition: FunctionDefinition) -> bool:
    """Whether an utterance says what to do with something that it only points at."""
    values = {name: value for name, (value, _) in slots.enums.items()}
    return definition.risk_of(values) != "read" and bool(_POINTS.search(said))
