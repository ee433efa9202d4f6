"""What the router would fill in, if a certain function were asked for."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from funcgemma.functions.definition import FunctionDefinition
from funcgemma.records import Decision, Dialogue, Mention
from funcgemma.resolver.embedded.anchor import anchor
from funcgemma.resolver.embedded.calls import enum_values
from funcgemma.resolver.embedded.resolve import EmbeddedResolver
from funcgemma.resolver.embedded.slots import read_slots
from funcgemma.resolver.embedded.view import read
from funcgemma.router import Router


@dataclass(frozen=True, slots=True)
class Proposal:
    """Arguments for a function, and every value that was found in the utterance."""

    arguments: Mapping[str, Any] = field(default_factory=dict)
    mentions: tuple[Mention, ...] = ()


def propose(
    router: Router, dialogue: Dialogue, said: Decision, definition: FunctionDefinition
) -> Proposal:
    """The arguments the router gave, or would give, to a function.

    Args:
        router: The router.
        dialogue: Earlier user messages carry their calls.
        said: What the router made of the newest utterance.
        definition: The function that would have been right.
    """
    given = next((dict(c.arguments) for c in said.calls if c.name == definition.name), None)
    if router.model is None or definition.name in router.untrained:
        return Proposal(given or {}, said.mentions)
    resolver = EmbeddedResolver(router.model.embedded, router.definitions)
    prior = resolver.prior(dialogue, {})
    view = read(dialogue.text, dialogue.now)
    before = anchor(view, prior, router.definitions)
    slots = read_slots(router.model.embedded, view, definition, prior, before)
    found = {name: mentions[0].value for name, mentions in slots.values.items()}
    mentions = (*(m for values in slots.values.values() for m in values), *slots.other)
    return Proposal(given if given is not None else {**enum_values(slots), **found}, mentions)
