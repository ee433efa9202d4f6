"""What stands between a decision and running it: the home place, missing values, consent."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from funcgemma.functions.definition import FunctionDefinition
from funcgemma.records import Decision, FunctionCall
from funcgemma.resolver.embedded.kinds import kind_of
from funcgemma.session.clarify import offer_of, question_for
from funcgemma.session.decisions import mentions_of, missing_of, with_arguments
from funcgemma.session.state import Waiting
from funcgemma.session.words import sentence

ELSEWHERE = frozenset(("destination", "to", "from", "origin"))
"""Places that nobody means to be at home when they leave them out."""


@dataclass(frozen=True, slots=True)
class Manners:
    """How a session deals with its user.

    Attributes:
        home: The place taken where none was said; `""` = ask.
        ask: Whether a call that the router is unsure of is asked about first.
        confirm: Whether irreversible calls are asked about first.
        ignore_below: A reading call below this confidence counts as no function; 0 = never.
    """

    home: str = ""
    ask: bool = True
    confirm: bool = True
    ignore_below: float = 0.25


def at_home(
    decision: Decision, index: int, definition: FunctionDefinition, home: str
) -> Decision | None:
    """The decision with the home place where a place is missing; None if it changes nothing."""
    unused = (m.kind for m in mentions_of(decision, index) if m.argument is None)
    if not home or "place" in unused:
        return None
    places = [
        name
        for name in missing_of(decision, index)
        if kind_of(definition.properties[name]) == "place" and name not in ELSEWHERE
    ]
    if not places:
        return None
    arguments = {**decision.calls[index].arguments, **dict.fromkeys(places, home)}
    return with_arguments(decision, index, arguments, definition)


def too_unsure(
    decision: Decision, definitions: Mapping[str, FunctionDefinition], manners: Manners
) -> bool:
    """Whether all that a decision does is to look something up that was hardly asked for."""
    return decision.confidence < manners.ignore_below and all(
        definitions[call.name].worst_risk(call.arguments) == "read" for call in decision.calls
    )


def question_before(
    decision: Decision,
    definition: FunctionDefinition,
    manners: Manners,
    language: str,
    *,
    agreed: bool,
) -> Waiting | None:
    """What must be asked before the first call of a decision; None = go ahead."""
    call = decision.calls[0]
    lacking = missing_of(decision, 0)
    if lacking:
        argument = next(name for name in definition.properties if name in lacking)
        question = question_for(definition, argument, language)
        return Waiting("argument", decision, question, argument)
    unsure = decision.unsure and manners.ask
    if agreed or not (unsure or (is_irreversible(definition, call) and manners.confirm)):
        return None
    return Waiting("yes", decision, offer_of(call, language))


def is_irreversible(definition: FunctionDefinition, call: FunctionCall) -> bool:
    """Whether what a call does cannot be taken back."""
    return definition.worst_risk(call.arguments) == "irreversible"


def asked_again(waiting: Waiting, language: str) -> Waiting:
    """The same question once more, with a word on how to answer."""
    hint = sentence(language, "yes_or_no") if waiting.kind == "yes" else ""
    question = f"{waiting.question} {hint}".strip()
    return replace(waiting, question=question, asked=waiting.asked + 1)
