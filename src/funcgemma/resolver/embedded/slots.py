"""Fill the arguments of one function from an utterance: spans, times, enums."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from funcgemma.functions.definition import FunctionDefinition
from funcgemma.language.values.times import TimeExpression
from funcgemma.records import Mention
from funcgemma.resolver.embedded.answer import answered
from funcgemma.resolver.embedded.choose import choose_value
from funcgemma.resolver.embedded.fallbacks import (
    add_overlooked,
    inside,
    make_mention,
    stretches,
)
from funcgemma.resolver.embedded.features import Prior, enum_features, utterance_vector, was
from funcgemma.resolver.embedded.kinds import first_alternative, is_choice, kind_of, timed_arguments
from funcgemma.resolver.embedded.lists import listed
from funcgemma.resolver.embedded.model import EmbeddedModel
from funcgemma.resolver.embedded.only import only_values
from funcgemma.resolver.embedded.tagger import SPAN_BONUS
from funcgemma.resolver.embedded.times import CORRECTION, TimeChoice, choose_times
from funcgemma.resolver.embedded.values import typed_value
from funcgemma.resolver.embedded.view import View

SURE = 0.8
"""From here on an utterance itself says which value it wants."""

ANSWER = 4
"""Words of an answer that only says what was asked for."""

REPEATABLE = ("place", "person", "language")
"""Kinds of which several in one utterance mean several calls (東京と大阪の天気)."""


@dataclass(frozen=True, slots=True)
class Slots:
    """What one utterance says about one function's arguments.

    Attributes:
        values: Argument -> its values with their mentions; several = several calls.
        enums: Argument -> (value, probability).
        other: Mentions that no argument uses.
    """

    values: Mapping[str, tuple[Mention, ...]] = field(default_factory=dict)
    enums: Mapping[str, tuple[Any, float]] = field(default_factory=dict)
    other: tuple[Mention, ...] = ()


def read_slots(
    model: EmbeddedModel,
    view: View,
    definition: FunctionDefinition,
    prior: Prior,
    before: str | None,
) -> Slots:
    """Everything an utterance says about the arguments of a function."""
    values = _tagged_values(model, view, definition)
    values |= {name: tuple(m) for name, m in answered(view, prior, definition, values).items()}
    stays = _may_stay(view, prior, definition, values) and only_values(view, values)
    enums = {
        name: _choose_enum(model, view, prior, definition, name, stays)
        for name, schema in definition.properties.items()
        if is_choice(schema) and f"{definition.name}.{name}" in model.enums
    }
    updates = any(value == "update" for value, _ in enums.values())
    times = choose_times(
        view, before=before, changes=updates or None, same_clock=updates and not values
    )
    timed = timed_arguments(definition)
    values |= _timed_values(times, timed)
    return Slots(values, enums, _unused(view, values))


def _may_stay(
    view: View,
    prior: Prior,
    definition: FunctionDefinition,
    values: Mapping[str, tuple[Mention, ...]],
) -> bool:
    """Whether a new value alone means: the same again with that (大の里は？).

    Where the earlier call has written something it is a change instead, unless the assistant
    has asked for the value. Another time may ask for another kind of information.
    """
    if prior.call is None or prior.call.name != definition.name:
        return False
    reads = definition.risk_of(dict(prior.call.arguments)) == "read"
    taken = stretches(values)
    timed = any(not inside(time.start, time.end, taken) for time in view.times)
    return not timed if reads else prior.asked


def _choose_enum(
    model: EmbeddedModel,
    view: View,
    prior: Prior,
    definition: FunctionDefinition,
    name: str,
    stays: bool,
) -> tuple[Any, float]:
    earlier = _earlier_choice(prior, definition, name)
    if stays and earlier is not None:
        return earlier, SURE
    features = enum_features(view, prior, definition.name, name)
    chooser = model.enums[f"{definition.name}.{name}"]
    label, probability = choose_value(chooser, features, utterance_vector(view))
    untaught = earlier is not None and was(earlier) not in chooser.index
    answers = prior.asked and len(view.words) <= ANSWER
    if untaught and prior.missing and (answers or probability < SURE):
        # It learned from no dialogues: what only adds the missing argument leaves this one alone.
        return earlier, SURE
    return typed_value(label, definition.properties[name]), probability


def _earlier_choice(prior: Prior, definition: FunctionDefinition, name: str) -> Any:
    """The value that the earlier call had, if it called the same function."""
    if prior.call is None or prior.call.name != definition.name:
        return None
    return first_alternative(prior.call.arguments.get(name))


def _tagged_values(
    model: EmbeddedModel, view: View, definition: FunctionDefinition
) -> dict[str, tuple[Mention, ...]]:
    tagger = model.taggers.get(definition.name)
    found: dict[str, list[Mention]] = {}
    bonus = model.span_bonus.get(definition.name, SPAN_BONUS)
    for span in tagger.tag(view, bonus) if tagger else ():
        schema = definition.properties.get(span.argument)
        if schema is None:
            continue
        mention = make_mention(
            view, schema, view.words.starts[span.first], view.words.ends[span.last - 1]
        )
        if mention is not None:
            found.setdefault(span.argument, []).append(mention)
    add_overlooked(view, definition, found)
    return {
        name: _settle(view, mentions, kind_of(definition.properties[name]))
        for name, mentions in found.items()
    }


def _settle(view: View, mentions: list[Mention], kind: str) -> tuple[Mention, ...]:
    """Drop what was taken back, repeated or cannot stand several times."""
    text = view.text
    kept: list[Mention] = []
    for mention in mentions:
        if kept and CORRECTION.search(text[kept[-1].end : mention.start]):
            kept.pop()
        if all(mention.value != other.value for other in kept):
            kept.append(mention)
    if kind == "array":
        return tuple(kept)
    if kind in REPEATABLE:
        return listed(view, kept, kind)
    quoted = [m for m in kept if text[m.start - 1 : m.start] in "「『“" and m.start]
    if kind == "verbatim" and len(quoted) == len(kept):
        return tuple(kept)
    return (max(kept, key=lambda m: m.end - m.start),)


def _timed_values(times: TimeChoice, timed: Mapping[str, str]) -> dict[str, tuple[Mention, ...]]:
    values: dict[str, tuple[Mention, ...]] = {}
    if "date" in timed and times.dates:
        values[timed["date"]] = tuple(_time_mention("date", v, e) for v, e in times.dates)
    if "datetime" in timed and times.datetime:
        values[timed["datetime"]] = (_time_mention("datetime", *times.datetime),)
    if "rrule" in timed and times.recurrence:
        values[timed["rrule"]] = (_time_mention("rrule", *times.recurrence),)
    return values


def _time_mention(kind: str, value: str, expression: TimeExpression) -> Mention:
    return Mention(kind, expression.text, expression.start, expression.end, value)


def _unused(view: View, values: Mapping[str, tuple[Mention, ...]]) -> tuple[Mention, ...]:
    """Times and languages that were found but that no argument took."""
    taken = stretches(values)
    unused: list[Mention] = []
    for time in view.times:
        for part in time.parts or (time,):
            if (part.start, part.end) in taken:
                continue
            if part.value:
                unused.append(_time_mention("datetime", part.value, part))
            elif part.granularity == "shift":  # 30分遅く: only the store knows from when
                unused.append(Mention("datetime", part.text, part.start, part.end, None))
    unused += [
        Mention("language", name.text, name.start, name.end, name.code) for name in view.languages
    ]
    return tuple(m for m in unused if not inside(m.start, m.end, taken))


def used_by(mention: Mention, call: int, argument: str, turn: int = -1) -> Mention:
    """The mention as the source of an argument of a call."""
    return replace(mention, argument=f"{call}.{argument}", turn=turn)
