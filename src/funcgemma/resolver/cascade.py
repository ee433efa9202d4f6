"""Two opinions about one utterance: the embedded resolver's and a language model's.

The model is asked only where the embedded resolver does not keep to its bound. Neither
outvotes the other: where both name the same function the call is made, and where they differ
it stays unsure, so that the session asks first. The confidence is the calibrated one of the
embedded resolver wherever that says something about the answer; a model's own is not calibrated.
"""

from collections.abc import Mapping
from dataclasses import replace

from funcgemma.functions.definition import FunctionDefinition
from funcgemma.records import Decision, FunctionCall

SILENT = 0.6
"""Below this confidence "no function" is worth a second opinion as well."""
LIKELY = 0.5
"""From this confidence on, the embedded resolver's call outweighs one the model prefers."""


def needs_second(decision: Decision, untrained: bool) -> bool:
    """Whether a language model should be asked about an utterance.

    Args:
        decision: The embedded resolver's.
        untrained: Whether there are functions it has never seen: then its silence says little.
    """
    if decision.calls:
        return decision.unsure
    return untrained or decision.confidence < SILENT


def combine(
    embedded: Decision, second: Decision, definitions: Mapping[str, FunctionDefinition]
) -> Decision:
    """One decision out of two.

    Args:
        embedded: The embedded resolver's.
        second: The language model's.
        definitions: The functions by name.
    """
    first, other = _names(embedded), _names(second)
    stage = replace(second, timings={**embedded.timings, **second.timings}, trace=embedded.trace)
    if first == other:
        if not first:
            return replace(stage, confidence=embedded.confidence, mentions=embedded.mentions)
        return _agreed(embedded, stage, definitions)
    if first and embedded.confidence >= LIKELY:
        return replace(embedded, timings=stage.timings, problem=second.problem, unsure=True)
    if not other:  # a guess that the model does not share
        return replace(stage, confidence=1 - embedded.confidence, unsure=False)
    left = 1 - embedded.confidence if first else 1.0
    return replace(stage, confidence=min(left, second.confidence), unsure=True)


def _agreed(
    embedded: Decision, second: Decision, definitions: Mapping[str, FunctionDefinition]
) -> Decision:
    """The embedded resolver's arguments, and what only the model found."""
    calls: list[FunctionCall] = []
    mentions = list(embedded.mentions)
    missing: list[str] = []
    for index, (ours, theirs) in enumerate(zip(embedded.calls, second.calls, strict=True)):
        definition = definitions[ours.name]
        lacking = [n for n in definition.required if n not in ours.arguments]
        found = {n: theirs.arguments[n] for n in lacking if n in theirs.arguments}
        mentions += [m for m in second.mentions if m.argument in {f"{index}.{n}" for n in found}]
        merged = {**found, **ours.arguments}
        calls.append(
            FunctionCall(ours.name, {n: merged[n] for n in definition.properties if n in merged})
        )
        missing += [f"{index}.{n}" for n in lacking if n not in found]
    return replace(
        second,
        calls=tuple(calls),
        missing=tuple(missing),
        mentions=tuple(mentions),
        confidence=embedded.confidence,
        unsure=False,
    )


def _names(decision: Decision) -> tuple[str, ...]:
    return tuple(call.name for call in decision.calls)
