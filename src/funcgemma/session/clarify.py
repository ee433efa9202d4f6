"""Questions about calls: which value is missing, and whether to go ahead."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from funcgemma.functions.definition import FunctionDefinition
from funcgemma.functions.sources.weather_words import day_name
from funcgemma.records import FunctionCall
from funcgemma.resolver.embedded.kinds import kind_of
from funcgemma.session.words import (
    ENTRY,
    KINDS,
    LOOKUPS,
    OFFERS,
    QUESTIONS,
    REQUESTS,
    say,
    sentence,
)

_END_OF_PHRASE = re.compile(r"[。．（(:：\n]|\.\s|\.$")
LONGEST = 40


def question_for(definition: FunctionDefinition, argument: str, language: str) -> str:
    """How to ask for an argument that was not given."""
    known = QUESTIONS.get(f"{definition.name}.{argument}")
    if known:
        return say(language, known)
    schema = definition.properties[argument]
    what = _what(schema, argument)
    if schema.get("enum"):
        choices = ("・" if language == "ja" else ", ").join(map(str, schema["enum"]))
        return say(language, KINDS["choice"], what=what, choices=choices)
    if schema.get("description"):
        typed = schema.get("type")
        kind = typed if typed in ("integer", "number", "boolean") else "described"
        return say(language, KINDS[kind], what=what)
    kind = kind_of(schema)
    return say(language, KINDS.get(kind, KINDS["described"]), what=what)


def _what(schema: Mapping[str, Any], argument: str) -> str:
    """The first phrase of an argument's description, or its name."""
    described = _END_OF_PHRASE.split(str(schema.get("description", "")).strip(), maxsplit=1)[0]
    return described.strip()[:LONGEST] or argument.replace("_", " ")


def offer_of(call: FunctionCall, language: str) -> str:
    """How to ask whether a call shall be made."""
    action = str(call.arguments.get("action"))
    if call.name == "schedule_reminder" and action in OFFERS:
        untimed = action == "update" and "datetime" not in call.arguments
        offer = OFFERS["update_open" if untimed else action]
        return say(language, offer, what=_entry(call, language))
    about = LOOKUPS.get(call.name)
    if about and about[0] in call.arguments:
        what = str(call.arguments[about[0]])
        when = spoken_time(str(call.arguments.get("date", "")), language)
        named = (f"{when}の" if language == "ja" else f" on {when}") if when else ""
        return say(language, about[1], what=what, when=named)
    return sentence(language, "run", call=spoken_call(call, language))


def spelled_out(call: FunctionCall, language: str) -> str:
    """The same below every argument as it would be used: for calls the user has not worded."""
    offer = offer_of(call, language)
    inside = ", ".join(f"{n}={' '.join(str(v).split())}" for n, v in call.arguments.items())
    note = sentence(language, "offered")
    return f"{note}\n  {call.name}: {inside}\n{offer}" if inside else f"{note}\n{offer}"


def spoken_call(call: FunctionCall, language: str) -> str:
    """A call in one phrase, for questions and remarks."""
    if call.name == "schedule_reminder":
        return _entry(call, language)
    inside = ", ".join(f"{name}={value}" for name, value in call.arguments.items())
    brackets = "（{}）" if language == "ja" else "({})"
    return call.name + (brackets.format(inside) if inside else "")


def spoken_request(call: FunctionCall, definition: FunctionDefinition, language: str) -> str:
    """What was asked for, in the words of users; for remarks."""
    if call.name in REQUESTS:
        return say(language, REQUESTS[call.name])
    if call.name == "schedule_reminder":
        return _entry(call, language)
    described = _END_OF_PHRASE.split(definition.description.strip(), maxsplit=1)[0].strip()
    named = described[:LONGEST] or call.name.replace("_", " ")
    return f"「{named}」" if language == "ja" else f"“{named}”"


def _entry(call: FunctionCall, language: str) -> str:
    """An appointment as people say it: 「歯医者」（5月14日(木) 15:00）."""
    name = call.arguments.get("description")
    when = spoken_time(str(call.arguments.get("datetime", "")), language)
    repeated = say(language, ENTRY["repeated"]) if call.arguments.get("recurrence") else ""
    if language == "ja":
        named = f"「{name}」" if name else ""
        time = (f"（{when}）" if name else f"{when}の予定") if when else ""
        return (named + time or say(language, ENTRY["entry"])) + repeated
    named = f"“{name}”" if name else say(language, ENTRY["entry"])
    return f"{named}{f' ({when})' if when else ''}{repeated}"


def spoken_time(value: str, language: str) -> str:
    """A date, a date-time or a range as people say it; what is none of them as it stands."""
    start, slash, end = value.partition("/")
    first = _moment(start, language)
    if not slash:
        return first
    last = end[11:16] if start[:10] == end[:10] and "T" in end else _moment(end, language)
    return f"{first}〜{last}" if language == "ja" else f"{first} to {last}"


def _moment(value: str, language: str) -> str:
    try:
        if "T" in value:
            moment = datetime.fromisoformat(value)
            return f"{day_name(moment.date(), language)} {moment:%H:%M}"
        return day_name(date.fromisoformat(value), language)
    except ValueError:
        return value
