"""Put the answer to a question into the call that was waiting for it."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from funcgemma.functions.definition import FunctionDefinition
from funcgemma.records import Decision, Mention
from funcgemma.resolver.embedded.kinds import kind_of
from funcgemma.session.answers import Answer, read_answer
from funcgemma.session.decisions import joined, mentions_of, older, rest, with_arguments
from funcgemma.session.state import Waiting

SURE = 0.6
"""From this confidence on, a complete request for another function is one, not an answer."""

FAIRLY_SURE = 0.35
"""The same for an utterance too long for a bare answer."""
AROUND = 3
"""Characters of particles and marks around a bare answer."""
SHORT = 16
"""An utterance up to this length may well be a bare answer."""
LONGEST_AGAIN = 20
"""A longer utterance that answers nothing has moved on; a shorter one is asked again."""


def merge_answer(
    waiting: Waiting, text: str, routed: Decision, definition: FunctionDefinition, now: datetime
) -> Decision | None:
    """What is to be done once the answer is known; None if the utterance is no answer.

    Args:
        waiting: The open question about an argument.
        text: The utterance.
        routed: What the router made of it, knowing the question.
        definition: The function of the call that waits.
        now: The clock.
    """
    answer = read_answer(text, definition.properties[waiting.argument], now)
    if answer and (answer.bare or not _another_request(waiting, routed)):
        given = waiting.argument in _said(routed, 0, definition.name)
        if answer.bare or not given:
            return _filled(waiting, answer, routed, definition)
    return _repeated(waiting, routed, definition)


def is_new_request(
    waiting: Waiting, text: str, alone: Decision, definition: FunctionDefinition
) -> bool:
    """Whether an utterance is a whole request by itself, not an answer to the open question.

    Args:
        waiting: The open question.
        text: The utterance.
        alone: What the router makes of it without the conversation.
        definition: The function of the call that waits.
    """
    names = {call.name for call in alone.calls}
    if len(names) > 1:
        return True
    if not names or alone.missing:
        return False
    if definition.name in names:
        if _is_bare(text, alone, waiting.argument):
            return False
        return alone.confidence >= SURE and _contradicts(waiting, alone, definition)
    return alone.confidence >= _sure_from(waiting, text, definition)


def says_nothing(waiting: Waiting, text: str, routed: Decision) -> bool:
    """A short utterance in which the router sees no request, half a one, or the old one again."""
    if len(text) > LONGEST_AGAIN:
        return False
    if not routed.calls or (routed.missing and routed.confidence < SURE):
        return True
    said = any(m.argument is not None and m.turn == -1 for m in routed.mentions)
    return routed.calls[0].name == waiting.decision.calls[0].name and not said


def _sure_from(waiting: Waiting, text: str, definition: FunctionDefinition) -> float:
    """The longer an utterance, the less it looks like the answer; a text may be any sentence."""
    if len(text) <= SHORT:
        return SURE
    kind = kind_of(definition.properties[waiting.argument])
    return SURE if kind in ("verbatim", "phrase") else FAIRLY_SURE


def _is_bare(text: str, alone: Decision, argument: str) -> bool:
    """Whether the utterance is the argument's words and hardly more: 裏口で."""
    own = [m for m in alone.mentions if m.argument == f"0.{argument}" and m.turn == -1]
    return any(len(text.strip()) - (m.end - m.start) <= AROUND for m in own)


def _contradicts(waiting: Waiting, alone: Decision, definition: FunctionDefinition) -> bool:
    """Whether it asks for another action of the same function, with what was asked about."""
    base, new = waiting.decision.calls[0].arguments, alone.calls[0].arguments
    if waiting.argument not in new:
        return False
    choices = (n for n in definition.required if definition.properties[n].get("enum"))
    return any(n in base and n in new and base[n] != new[n] for n in choices)


def _another_request(waiting: Waiting, routed: Decision) -> bool:
    """Whether the router is sure of a complete call of another function."""
    if not routed.calls or routed.calls[0].name == waiting.decision.calls[0].name:
        return False
    return not routed.missing and routed.confidence >= SURE


def _said(routed: Decision, index: int, name: str) -> dict[str, Any]:
    """The arguments of a call of this function that stand in the newest utterance itself."""
    if index >= len(routed.calls) or routed.calls[index].name != name:
        return {}
    used = {m.argument for m in routed.mentions if m.turn == -1}
    arguments = routed.calls[index].arguments
    return {n: value for n, value in arguments.items() if f"{index}.{n}" in used}


def _filled(
    waiting: Waiting, answer: Answer, routed: Decision, definition: FunctionDefinition
) -> Decision:
    """The waiting calls with the value, and with what else was said beside it."""
    said = {} if answer.bare else _said(routed, 0, definition.name)
    extra = {n: v for n, v in said.items() if n != waiting.argument}
    if answer.bare:
        extra = _times(routed, definition, waiting)
    mention = replace(answer.mention, argument=f"0.{waiting.argument}")
    arguments = {**waiting.decision.calls[0].arguments, **extra, waiting.argument: answer.value}
    decision = with_arguments(waiting.decision, 0, arguments, definition)
    used = tuple(m for m in routed.mentions if m.argument in {f"0.{n}" for n in extra})
    return replace(decision, mentions=(*older(waiting.decision).mentions, mention, *used))


def _times(routed: Decision, definition: FunctionDefinition, waiting: Waiting) -> dict[str, Any]:
    """Times said beside a bare name: 明日の京都."""
    known = waiting.decision.calls[0].arguments
    said = _said(routed, 0, definition.name)
    kinds = ("date", "datetime", "rrule")
    return {
        name: value
        for name, value in said.items()
        if name not in known and definition.properties[name].get("x-kind") in kinds
    }


def _repeated(
    waiting: Waiting, routed: Decision, definition: FunctionDefinition
) -> Decision | None:
    """The router took the answer for the same function: its calls on top of the waiting one."""
    count = 0
    while count < len(routed.calls) and routed.calls[count].name == definition.name:
        count += 1
    if not count:
        return None
    base = waiting.decision.calls[0].arguments
    merged = routed
    for index in range(count):
        arguments = {**base, **routed.calls[index].arguments}
        merged = with_arguments(merged, index, arguments, definition)
    if count == 1 and merged.calls[0].arguments == base:
        return None  # うーん says nothing
    sure = max(routed.confidence, waiting.decision.confidence)
    mentions = (*routed.mentions, *_kept_mentions(waiting, merged, count))
    merged = replace(merged, confidence=sure, mentions=mentions)
    return joined(merged, rest(waiting.decision, 1))


def _kept_mentions(waiting: Waiting, merged: Decision, count: int) -> tuple[Mention, ...]:
    """What the request said that the answer did not change, for each call made of it."""
    base = waiting.decision.calls[0].arguments
    kept: list[Mention] = []
    for mention in mentions_of(older(waiting.decision), 0):
        if mention.argument is None:
            kept.append(mention)
            continue
        name = mention.argument.partition(".")[2]
        calls = [i for i in range(count) if merged.calls[i].arguments.get(name) == base.get(name)]
        kept += [replace(mention, argument=f"{i}.{name}") for i in calls]
    return tuple(kept)
