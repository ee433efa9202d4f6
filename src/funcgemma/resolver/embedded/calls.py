"""From what an utterance says about arguments to complete calls: the resolver's answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import inf
from typing import Any

from funcgemma.functions.definition import FunctionDefinition
from funcgemma.records import FunctionCall, Mention
from funcgemma.resolver.embedded.choose import Probabilities
from funcgemma.resolver.embedded.features import NONE
from funcgemma.resolver.embedded.kinds import first_alternative, is_choice
from funcgemma.resolver.embedded.numbers import log_odds
from funcgemma.resolver.embedded.slots import Slots, used_by


@dataclass(frozen=True, slots=True)
class Resolution:
    """The resolver's answer.

    Attributes:
        calls: In the order asked for; `()` = no function.
        missing: `"<call index>.<argument>"`.
        mentions: Used and unused values.
        scores: Label -> probability, for the whole utterance.
        certainty: How sure it is of function and enums (0..1, not yet calibrated).
        agreed: Whether the user has said yes to what the assistant offered.
        notes: Sentences on what was done, for the trace.
    """

    calls: tuple[FunctionCall, ...]
    missing: tuple[str, ...]
    mentions: tuple[Mention, ...]
    scores: Probabilities
    certainty: float
    notes: tuple[str, ...] = ()
    agreed: bool = False

    @property
    def demand(self) -> float:
        """Log-odds that any function is asked for."""
        return inf if self.agreed else log_odds(1 - self.scores.get(NONE, 0.0))


def missing_of(calls: tuple[FunctionCall, ...], definition: FunctionDefinition) -> tuple[str, ...]:
    """`"<call index>.<argument>"` of every required argument that was not given."""
    return tuple(
        f"{i}.{name}"
        for i, call in enumerate(calls)
        for name in definition.required
        if name not in call.arguments
    )


def names_something(call: FunctionCall, definition: FunctionDefinition) -> bool:
    """Whether a call says what it is about, be it only a time."""
    return any(not is_choice(definition.properties[name]) for name in call.arguments)


def without_choices(
    lent: Mapping[str, Any], slots: Slots, definition: FunctionDefinition
) -> dict[str, Any]:
    """What is lent, but for enums; of alternatives in a gold call the first."""
    arrays = {n for n, s in definition.properties.items() if s.get("type") == "array"}
    return {
        name: value if name in arrays else first_alternative(value)
        for name, value in lent.items()
        if name not in slots.enums
    }


def enum_values(slots: Slots) -> dict[str, Any]:
    """Argument -> the chosen value."""
    return {name: value for name, (value, _) in slots.enums.items()}


def expand(
    slots: Slots, arguments: Mapping[str, Any], definition: FunctionDefinition
) -> list[dict[str, Any]]:
    """One row of arguments a call: the first argument with several values multiplies."""
    rows = [dict(arguments)]
    for name, mentions in slots.values.items():
        if definition.properties[name].get("type") == "array":
            rows = [row | {name: [m.value for m in mentions]} for row in rows]
        elif len(mentions) > 1:
            rows = [row | {name: m.value} for row in rows for m in mentions]
    return rows


def ordered(row: Mapping[str, Any], definition: FunctionDefinition) -> dict[str, Any]:
    """Arguments in the schema's order."""
    return {name: row[name] for name in definition.properties if name in row}


def mentions_of(slots: Slots, rows: list[dict[str, Any]]) -> tuple[Mention, ...]:
    """Where the values of each call came from, and what no call uses."""
    used = [
        used_by(mention, call, name)
        for call, row in enumerate(rows)
        for name, mentions in slots.values.items()
        for mention in mentions
        if row.get(name) == mention.value or isinstance(row.get(name), list)
    ]
    return (*used, *slots.other)


def renumber(name: str, offset: int) -> str:
    """`"<call index>.<argument>"` of a call that moved by `offset`."""
    call, _, argument = name.partition(".")
    return f"{int(call) + offset}.{argument}"


def shift(mention: Mention, offset: int) -> Mention:
    """The mention of a call that moved by `offset`."""
    if mention.argument is None or not offset:
        return mention
    return used_by(
        mention, int(mention.argument.split(".")[0]) + offset, mention.argument.split(".", 1)[1]
    )
