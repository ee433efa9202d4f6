"""Carry out a decision call by call, until one of them needs an answer first."""

from collections.abc import Mapping
from dataclasses import replace

from funcgemma.functions.context import Context
from funcgemma.functions.definition import FunctionDefinition
from funcgemma.functions.run import CallResult, run_call
from funcgemma.records import Decision
from funcgemma.session.choice import options_of
from funcgemma.session.decisions import rest
from funcgemma.session.look import asking, heard, look
from funcgemma.session.policy import Manners, at_home, question_before
from funcgemma.session.reply import reply_text
from funcgemma.session.state import Turn, Waiting
from funcgemma.session.words import sentence


def perform(
    turn: Turn,
    definitions: Mapping[str, FunctionDefinition],
    context: Context,
    manners: Manners,
    *,
    agreed: bool = False,
    offered: bool = False,
) -> Turn:
    """Run the calls of a turn's decision in their order.

    Args:
        turn: The turn so far, with its decision.
        definitions: The functions by name.
        context: What handlers may reach.
        manners: When to ask.
        agreed: Whether the user has said yes to the first call.
        offered: Whether the calls come from words that the user only agreed to.
    """
    language = context.language
    for index in range(len(turn.decision.calls)):
        definition = definitions[turn.decision.calls[index].name]
        filled = at_home(turn.decision, index, definition, manners.home)
        if filled:
            notice = sentence(language, "home", place=manners.home)
            turn = replace(turn, decision=filled, notices=_once(turn.notices, notice))
        left = rest(turn.decision, index)
        sure = agreed and index == 0
        waiting = question_before(left, definition, manners, language, agreed=sure, offered=offered)
        if waiting and waiting.kind == "yes":
            seen = look(left, definition, context)
            if seen and seen.status != "found":
                turn = _told(turn, seen, left, definition, context)
                continue
            waiting = asking(waiting, seen)
        if waiting:
            return replace(turn, question=waiting.question, waiting=waiting)
        turn = _run(turn, left, definition, context)
    return turn


def _run(turn: Turn, left: Decision, definition: FunctionDefinition, context: Context) -> Turn:
    """Run the first of the calls that are left."""
    result = run_call(definition, left.calls[0], heard(left, context))
    return _told(turn, result, left, definition, context)


def _told(
    turn: Turn, result: CallResult, left: Decision, definition: FunctionDefinition, context: Context
) -> Turn:
    """The turn with one more result."""
    turn = replace(
        turn,
        results=(*turn.results, result),
        replies=(*turn.replies, reply_text(result, context.language)),
    )
    waiting = _follow_up(result, left, definition, context.language)
    if waiting is None:
        return turn
    hint = waiting.question if waiting.kind == "choice" else ""  # else the reply has asked it
    return replace(turn, waiting=waiting, question=hint)


def _follow_up(
    result: CallResult, left: Decision, definition: FunctionDefinition, language: str
) -> Waiting | None:
    """A handler that has asked back in its message waits for the answer."""
    one = replace(left, calls=left.calls[:1], missing=())
    options = options_of(result)
    if options:
        return Waiting("choice", one, sentence(language, "which"), candidates=options)
    missing = result.value.get("missing")
    known = [n for n in missing if n in definition.properties] if isinstance(missing, list) else []
    if result.status != "incomplete" or not known:
        return None
    question = str(result.value.get("message", ""))
    return Waiting("argument", one, question, argument=known[0])


def _once(notices: tuple[str, ...], notice: str) -> tuple[str, ...]:
    return notices if notice in notices else (*notices, notice)
