"""What stands between a decision and running it: the home place, missing values, consent."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from funcgemma.functions.definition import FunctionDefinition
from funcgemma.records import Decision, FunctionCall
from funcgemma.resolver.embedded.kinds import kind_of
from funcgemma.session.clarify import offer_of, question_for, spelled_out
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
        phrase: Whether the chat model says in a sentence or two what the results answer.
    """

    home: str = ""
    ask: bool = True
    confirm: bool = True
    ignore_below: float = 0.25
    phrase: bool = True


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
    offered: bool = False,
) -> Waiting | None:
    """What must be asked before the first call of a decision; None = go ahead.

    Args:
        decision: What is to be done.
        definition: The function of its first call.
        manners: When to ask.
        language: `ja` or `en`.
        agreed: Whether the user has said yes to the first call.
        offered: Whether the calls come from words that the user only agreed to.
    """
    call = decision.calls[0]
    lacking = missing_of(decision, 0)
    if lacking:
        argument = next(name for name in definition.properties if name in lacking)
        question = question_for(definition, argument, language)
        return Waiting("argument", decision, question, argument, offered=offered)
    unsure = decision.unsure and manners.ask
    grave = is_irreversible(definition, call) and manners.confirm
    unseen = offered and definition.worst_risk(call.arguments) != "read"
    if agreed or not (unsure or grave or unseen):
        return None
    question = spelled_out(call, language) if unseen else offer_of(call, language)
    return Waiting("yes", decision, question, offered=offered)


def is_irreversible(definition: FunctionDefinition, call: FunctionCall) -> bool:
    """Whether what a call does cannot be taken back."""
    return definition.worst_risk(call.arguments) == "irreversible"


def asked_again(waiting: Waiting, language: str) -> Waiting:
    """The same question once more, with a word on how to answer."""
    hint = sentence(language, "yes_or_no") if waiting.kind == "yes" else ""
    question = f"{waiting.question} {hint}".strip()
    return replace(waiting, question=question, asked=waiting.asked + 1)
