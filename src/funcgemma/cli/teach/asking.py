"""The dialogue about a wrong decision: which function, then its arguments one by one."""

from collections.abc import Mapping
from typing import Any, Protocol

from funcgemma.cli.teach.answers import finished, read_value
from funcgemma.cli.teach.proposal import Proposal, propose
from funcgemma.cli.teach.report import spoken_calls
from funcgemma.cli.teach.words import sentence
from funcgemma.errors import DataError
from funcgemma.functions.definition import FunctionDefinition
from funcgemma.records import Decision, Dialogue, FunctionCall
from funcgemma.router import Router

LEFT_OUT = "-"
"""The answer that takes a proposed value away."""

NONE = "none"


class Asker(Protocol):
    """Someone at the other end who can be asked."""

    def tell(self, text: str) -> None:
        """Say something that needs no answer."""

    def ask(self, question: str, default: str) -> str:
        """A line of text; an empty one means the default."""

    def agree(self, question: str) -> bool:
        """Yes (the default) or no."""


def ask_calls(
    asker: Asker, router: Router, dialogue: Dialogue, said: Decision, language: str
) -> tuple[FunctionCall, ...]:
    """What would have been right: one call, or none.

    Args:
        asker: Who is asked.
        router: The router that was wrong.
        dialogue: Earlier user messages carry their calls.
        said: What the router made of the newest utterance.
        language: `ja` or `en`.
    """
    asker.tell(sentence(language, "said", calls=spoken_calls(said.calls, language)))
    definition = _ask_function(asker, router.definitions, said, language)
    if definition is None:
        return ()
    proposal = propose(router, dialogue, said, definition)
    if definition.properties:
        asker.tell(sentence(language, "each"))
    return (_ask_arguments(asker, definition, proposal, dialogue),)


def _ask_function(
    asker: Asker, definitions: Mapping[str, FunctionDefinition], said: Decision, language: str
) -> FunctionDefinition | None:
    names = [NONE, *definitions]
    asker.tell(f"  0  {NONE}  {sentence(language, 'none')}")
    for number, definition in enumerate(definitions.values(), start=1):
        asker.tell(f"  {number}  {definition.name}  {definition.description}")
    default = said.calls[0].name if said.calls else NONE
    while True:
        answer = asker.ask(sentence(language, "which"), default).strip() or default
        if answer.isdecimal() and int(answer) < len(names):
            answer = names[int(answer)]
        if answer in names:
            return definitions.get(answer)
        asker.tell(sentence(language, "unknown", name=answer))


def _ask_arguments(
    asker: Asker, definition: FunctionDefinition, proposal: Proposal, dialogue: Dialogue
) -> FunctionCall:
    arguments: dict[str, Any] = {}
    for name, schema in definition.properties.items():
        proposed = proposal.arguments.get(name, schema.get("default"))
        value = _ask_value(asker, definition, name, proposed, dialogue)
        if value is not None:
            arguments[name] = value
    return finished(definition, arguments)


def _ask_value(
    asker: Asker, definition: FunctionDefinition, name: str, proposed: Any, dialogue: Dialogue
) -> Any:
    """One argument, asked for until it fits; None = it was not said."""
    shown = "" if proposed is None else str(proposed)
    question = f"  {name}{_explained(definition.properties[name])}"
    while True:
        answer = asker.ask(question, shown).strip()
        if answer in ("", shown):
            return proposed
        if answer == LEFT_OUT:
            return None
        try:
            return read_value(definition, name, answer, dialogue)
        except DataError as error:
            asker.tell(f"    {error}")


def _explained(schema: Mapping[str, Any]) -> str:
    choices = schema.get("enum")
    said = ", ".join(map(str, choices)) if choices else str(schema.get("description", ""))
    return f" ({said})" if said else ""
