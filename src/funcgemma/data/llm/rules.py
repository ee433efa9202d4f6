"""Rules of docs/corpus.md that tie values to the words of an utterance, where they can be checked.

A model that was asked for a kind of forecast may name a time that asks for another.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from funcgemma.data.llm.flaws import Flaw
from funcgemma.data.llm.ground import Grounded
from funcgemma.data.llm.schema import kind_of
from funcgemma.data.llm.times import TIME_KINDS, times_of
from funcgemma.data.llm.words import Said, Span
from funcgemma.functions.definition import FunctionDefinition
from funcgemma.language.values.times import TimeExpression
from funcgemma.records import FunctionCall

Pair = tuple[FunctionDefinition, Grounded]

NOW = re.compile(r"今|いま|現在|\b(?:now|currently|at the moment|this minute)\b", re.IGNORECASE)
"""Words for this moment that are no time to the normaliser everywhere."""

FORECASTS = {"now": "current", "minute": "hourly", "part": "hourly", "days": "weekly"}


def with_first_time(definition: FunctionDefinition, grounded: Grounded, said: Said) -> Grounded:
    """A repeated time gives both the rule and its first occurrence, whichever was named."""
    kinds = {kind_of(schema): name for name, schema in definition.properties.items()}
    moment, rule = kinds.get("datetime"), kinds.get("rrule")
    named = grounded.spans.get(moment or "") or grounded.spans.get(rule or "")
    if not moment or not rule or named is None:
        return grounded
    time = next((t for t in times_of(said.text, said.now) if (t.start, t.end) == named), None)
    if time is None or not time.recurrence or not time.value:
        return grounded
    arguments = {**grounded.call.arguments, moment: time.value, rule: time.recurrence}
    arranged = {name: arguments[name] for name in definition.properties if name in arguments}
    spans = {**grounded.spans, moment: named, rule: named}
    return Grounded(FunctionCall(definition.name, arranged), spans)


def check_times(pairs: Sequence[Pair], said: Said) -> Flaw | None:
    """A day or an hour is named, and no argument takes a time though a function could."""
    kinds = {kind_of(s) for d, _ in pairs for s in d.properties.values()}
    used = {kind_of(d.properties[name]) for d, g in pairs for name in g.call.arguments}
    if kinds.isdisjoint(TIME_KINDS) or not used.isdisjoint(TIME_KINDS):
        return None
    for time in times_of(said.text, said.now, _words_of(pairs)):
        if time.first_day or ("datetime" in kinds and time.value):
            return Flaw("time_left_out", time.text)
    return None


def _words_of(pairs: Sequence[Pair]) -> list[Span]:
    """Where the words of arguments stand that are no times."""
    return [
        span
        for definition, grounded in pairs
        for name, span in grounded.spans.items()
        if kind_of(definition.properties[name]) not in TIME_KINDS
    ]


def check_forecast(pairs: Sequence[Pair], said: Said) -> Flaw | None:
    """Whether the kind of forecast is the one that the time asks for.

    It is looked at only where one call stands alone and the text names one time at most.
    """
    if len(pairs) != 1 or said.before:
        return None
    definition, grounded = pairs[0]
    choices = definition.properties.get("forecast_type", {}).get("enum", ())
    if not {"current", "hourly", "daily", "weekly"} <= set(choices):
        return None
    times = times_of(said.text, said.now, _words_of(pairs))
    given = _forecast(grounded.call.arguments, definition)
    if not times and given == "current" and NOW.search(said.text):
        return None
    if len(times) > 1 or given == (wanted := _wanted(times)):
        return None
    return Flaw("rule", f"{given}, not {wanted}")


def _forecast(arguments: Mapping[str, Any], definition: FunctionDefinition) -> Any:
    default = definition.properties["forecast_type"].get("default")
    return arguments.get("forecast_type", default)


def _wanted(times: Sequence[TimeExpression]) -> str:
    return FORECASTS.get(times[0].granularity, "daily") if times else "daily"
