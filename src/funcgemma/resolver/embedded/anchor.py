"""The moment a dialogue is about, against which 30分遅く and a bare hour are read."""

import re
from collections.abc import Mapping
from datetime import date

from funcgemma.functions.definition import FunctionDefinition
from funcgemma.language.values.times import TimeExpression, find_times, resolve_time_only
from funcgemma.records import FunctionCall
from funcgemma.resolver.embedded.features import Prior
from funcgemma.resolver.embedded.kinds import first_alternative, kind_of
from funcgemma.resolver.embedded.view import View

_ISO_DAY = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?:[T/]|$)")


def anchor(view: View, prior: Prior, definitions: Mapping[str, FunctionDefinition]) -> str | None:
    """The datetime of the earlier call; for a shift, also a clock time the assistant named."""
    named = named_time(prior.call, definitions) if prior.call else None
    shifts = any(time.granularity == "shift" for time in view.times)
    if not shifts or (named and "T" in named):
        return named
    clock = _clock_in_reply(view, prior)
    if clock is None:
        return named
    if named and not clock.has_day:
        return resolve_time_only(clock, date.fromisoformat(named[:10]))
    return clock.value


def named_time(call: FunctionCall, definitions: Mapping[str, FunctionDefinition]) -> str | None:
    """The first date or datetime among a call's arguments."""
    if call.name not in definitions:
        return None
    properties = definitions[call.name].properties
    for argument, value in call.arguments.items():
        if argument in properties and kind_of(properties[argument]) in ("datetime", "date"):
            first = first_alternative(value)
            if isinstance(first, str) and _ISO_DAY.match(first):
                return first
    return None


def _clock_in_reply(view: View, prior: Prior) -> TimeExpression | None:
    """A clock time of the assistant's message: the one nearest to words of the utterance."""
    clocks = [t for t in find_times(prior.reply, view.now) if t.granularity == "minute" and t.value]
    if len(clocks) < 2:
        return clocks[0] if clocks else None
    places = [
        prior.reply.find(word)
        for word, tag in zip(view.words.surfaces, view.words.tags, strict=True)
        if tag.startswith("名詞") and len(word) > 1 and word in prior.reply
    ]
    if not places:
        return clocks[0]
    return min(clocks, key=lambda clock: min(abs(clock.start - place) for place in places))
