"""Small changes to decisions: drop the first calls, fill an argument. All give new values."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from funcgemma.functions.definition import FunctionDefinition
from funcgemma.records import Decision, FunctionCall, Mention


def rest(decision: Decision, first: int) -> Decision:
    """The decision without its first calls; names of arguments and mentions move up."""
    if not first:
        return decision
    return replace(
        decision,
        calls=decision.calls[first:],
        missing=tuple(n for name in decision.missing if (n := moved(name, -first))),
        mentions=tuple(m for mention in decision.mentions if (m := _moved(mention, first))),
    )


def moved(name: str, by: int) -> str:
    """`"2.location"` moved by -1 is `"1.location"`; `""` if that call is gone."""
    index, _, argument = name.partition(".")
    return f"{int(index) + by}.{argument}" if int(index) + by >= 0 else ""


def _moved(mention: Mention, first: int) -> Mention | None:
    if mention.argument is None:
        return mention
    argument = moved(mention.argument, -first)
    return replace(mention, argument=argument) if argument else None


def missing_of(decision: Decision, index: int) -> tuple[str, ...]:
    """The required arguments that one call lacks."""
    prefix = f"{index}."
    return tuple(n.removeprefix(prefix) for n in decision.missing if n.startswith(prefix))


def mentions_of(decision: Decision, index: int) -> tuple[Mention, ...]:
    """The mentions that one call uses, and those that no call uses."""
    prefix = f"{index}."
    return tuple(
        m for m in decision.mentions if m.argument is None or m.argument.startswith(prefix)
    )


def kept_mentions(decision: Decision, call: FunctionCall) -> tuple[Mention, ...]:
    """The mentions of the first call that are still true of another call made from it."""
    before = decision.calls[0].arguments
    changed = {n for n in before if before[n] != call.arguments.get(n)}
    return tuple(
        m
        for m in mentions_of(decision, 0)
        if m.argument is None or m.argument.partition(".")[2] not in changed
    )


def with_arguments(
    decision: Decision,
    index: int,
    arguments: Mapping[str, Any],
    definition: FunctionDefinition,
) -> Decision:
    """The decision with other arguments for one call; what it then lacks is worked out anew."""
    ordered = {name: arguments[name] for name in definition.properties if name in arguments}
    call = FunctionCall(decision.calls[index].name, ordered)
    lacking = tuple(f"{index}.{name}" for name in definition.required if name not in ordered)
    prefix = f"{index}."
    others = tuple(name for name in decision.missing if not name.startswith(prefix))
    return replace(
        decision,
        calls=(*decision.calls[:index], call, *decision.calls[index + 1 :]),
        missing=(*others, *lacking),
    )


def older(decision: Decision) -> Decision:
    """The decision seen from the next utterance: a question and an answer came in between."""
    mentions = (replace(m, turn=m.turn - 2) if m.turn < 0 else m for m in decision.mentions)
    return replace(decision, mentions=tuple(mentions))


def joined(first: Decision, second: Decision) -> Decision:
    """Two decisions as one: the calls of the second follow those of the first."""
    by = len(first.calls)
    return replace(
        first,
        calls=(*first.calls, *second.calls),
        missing=(*first.missing, *(moved(name, by) for name in second.missing)),
        mentions=(
            *first.mentions,
            *(replace(m, argument=m.argument and moved(m.argument, by)) for m in second.mentions),
        ),
    )
