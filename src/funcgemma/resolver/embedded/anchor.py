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

_SAME = re.compile(r"同じ時間|同時刻|同じ時刻|\bsame time\b", re.IGNORECASE)
_ISO_DAY = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?:[T/]|$)")


def anchor(view: View, prior: Prior, definitions: Mapping[str, FunctionDefinition]) -> str | None:
    """The datetime of the earlier call, or what the assistant's message says of it.

    The message counts where a clock time is needed that the call does not have (30分遅く,
    日曜の同じ時間に), and for the day of an entry that the utterance names again.
    """
    named = named_time(prior.call, definitions) if prior.call else None
    shifts = any(time.granularity == "shift" for time in view.times) or _SAME.search(view.text)
    if not shifts:
        return _day_in_reply(view, prior) or named
    if named and "T" in named:
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
    return _nearest(clocks, _named_again(view, prior)) if clocks else None


def _day_in_reply(view: View, prior: Prior) -> str | None:
    """The day with which the message named an entry, for an utterance with a clock time alone."""
    bare = any(time.granularity == "minute" and not time.has_day for time in view.times)
    if not bare or not prior.reply or any(time.has_day for time in view.times):
        return None
    places = _named_again(view, prior)
    days = [t for t in find_times(prior.reply, view.now) if t.has_day and t.value]
    if not places or not days or any("/" in (day.value or "") for day in days):
        return None
    before = [day for day in days if day.start < min(places)]  # Sunday: party, 8日9時に墓掃除
    return before[-1].value if before else days[0].value


def _named_again(view: View, prior: Prior) -> list[int]:
    """Where words of the utterance stand in the assistant's message; times are no such words."""
    return [
        prior.reply.find(word)
        for word, tag, start in zip(
            view.words.surfaces, view.words.tags, view.words.starts, strict=True
        )
        if tag.startswith("名詞") and len(word) > 1 and word in prior.reply
        if not any(time.start <= start < time.end for time in view.times)
    ]


def _nearest(times: list[TimeExpression], places: list[int]) -> TimeExpression:
    return min(times, key=lambda t: min((abs(t.start - p) for p in places), default=0))
