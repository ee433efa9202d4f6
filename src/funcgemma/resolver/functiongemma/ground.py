"""Hold what a model wrote against what was said: no value may come out of nowhere.

Strings must stand in the conversation and are taken as they stand there; times are read
again by our own normaliser, since a small model counts days badly; languages become codes.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from funcgemma.functions.definition import FunctionDefinition
from funcgemma.language.languages import LOOKUP
from funcgemma.language.values.language_names import find_languages, language_code
from funcgemma.language.values.times import TimeExpression
from funcgemma.records import Dialogue, FunctionCall, Mention, Message
from funcgemma.resolver.embedded.kinds import is_choice, kind_of
from funcgemma.resolver.embedded.times import TIME_KINDS, choose_times
from funcgemma.resolver.embedded.view import read
from funcgemma.resolver.functiongemma.locate import locate

CODES = frozenset(LOOKUP.values())


@dataclass(frozen=True, slots=True)
class Ungrounded:
    """A value that nobody said.

    Attributes:
        call: Index of the call.
        argument: Its name.
        value: What the model wrote.
    """

    call: int
    argument: str
    value: Any


@dataclass(frozen=True, slots=True)
class Grounded:
    """Calls whose values were all said; what was not is left out of them and listed."""

    calls: tuple[FunctionCall, ...] = ()
    mentions: tuple[Mention, ...] = ()
    ungrounded: tuple[Ungrounded, ...] = ()


@dataclass(slots=True)
class _Reader:
    """Reads the values of a dialogue; times are looked up once a text."""

    dialogue: Dialogue
    times: dict[str, dict[str, list[Mention]]] = field(default_factory=dict)

    def find(self, value: Any, schema: Mapping[str, Any]) -> Mention | None:
        """Where a value comes from, with the value to use; None if it was not said."""
        kind = kind_of(schema)
        if kind in TIME_KINDS:
            return self._time(str(value), kind)
        if kind == "language":
            return self._language(str(value))
        place = locate(str(value), self.dialogue.messages)
        if place is None:
            return None
        return Mention(kind, place.text, place.start, place.end, place.text, turn=place.turn)

    def _time(self, value: str, kind: str) -> Mention | None:
        """A time of the conversation with this value, or with these words."""
        spoken = locate(value, self.dialogue.messages)
        for turn, message in _newest_first(self.dialogue.messages):
            for mention in self._times(message.content)[kind]:
                covers = (
                    spoken is not None
                    and spoken.turn == turn
                    and spoken.start < mention.end
                    and mention.start < spoken.end
                )
                if mention.value == value or covers:
                    return Mention(
                        kind, mention.text, mention.start, mention.end, mention.value, turn=turn
                    )
        return None

    def _times(self, text: str) -> dict[str, list[Mention]]:
        if text not in self.times:
            view = read(text, self.dialogue.now)
            chosen = choose_times(view)
            pairs: list[tuple[str, tuple[str | None, TimeExpression]]] = []
            pairs += [("date", pair) for pair in chosen.dates]
            pairs += [("datetime", chosen.datetime)] if chosen.datetime else []
            # What the resolver would choose comes first; a model may have meant another one.
            for whole in view.times:
                for e in (whole, *whole.parts):
                    pairs += [("date", (e.first_day, e)), ("datetime", (e.value, e))]
                    pairs.append(("rrule", (e.recurrence, e)))
            found: dict[str, list[Mention]] = {kind: [] for kind in TIME_KINDS}
            for kind, (value, e) in pairs:
                if value:
                    found[kind].append(Mention(kind, e.text, e.start, e.end, value))
            self.times[text] = found
        return self.times[text]

    def _language(self, value: str) -> Mention | None:
        code = value.lower() if value.lower() in CODES else language_code(value)
        for turn, message in _newest_first(self.dialogue.messages):
            for name in find_languages(message.content):
                if name.code == code:
                    return Mention(
                        "language", name.text, name.start, name.end, name.code, turn=turn
                    )
        return None


def ground(
    calls: Sequence[FunctionCall],
    dialogue: Dialogue,
    definitions: Mapping[str, FunctionDefinition],
) -> Grounded:
    """Take every value as it was said, and leave out those that were not.

    Args:
        calls: Valid calls of the functions in `definitions`.
        dialogue: What was said.
        definitions: The functions by name.
    """
    reader = _Reader(dialogue)
    kept: list[FunctionCall] = []
    mentions: list[Mention] = []
    lost: list[Ungrounded] = []
    for index, call in enumerate(calls):
        schemas = definitions[call.name].properties
        arguments: dict[str, Any] = {}
        for name, value in call.arguments.items():
            found = _argument(reader, value, schemas[name])
            if found is None:
                lost.append(Ungrounded(index, name, value))
                continue
            arguments[name], sources = found
            mentions += [_used(m, index, name) for m in sources]
        kept.append(FunctionCall(call.name, arguments))
    return Grounded(tuple(kept), tuple(mentions), tuple(lost))


def _argument(
    reader: _Reader, value: Any, schema: Mapping[str, Any]
) -> tuple[Any, list[Mention]] | None:
    """The value as it was said and where; None if a part of it was not."""
    if is_choice(schema) or value == schema.get("default", ...):
        return value, []
    if isinstance(value, str):
        found = reader.find(value, schema)
        return (found.value, [found]) if found else None
    strings = list(_strings(value))
    if isinstance(value, list) and len(strings) == len(value):
        mentions = [reader.find(text, schema.get("items", {})) for text in strings]
        sources = [m for m in mentions if m is not None]
        return ([m.value for m in sources], sources) if len(sources) == len(value) else None
    said = all(locate(text, reader.dialogue.messages) for text in strings)
    return (value, []) if said else None


def _strings(value: Any) -> Iterator[str]:
    """Every string inside a value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)


def _newest_first(messages: Sequence[Message]) -> Iterator[tuple[int, Message]]:
    return ((-back, message) for back, message in enumerate(reversed(messages), start=1))


def _used(mention: Mention, call: int, argument: str) -> Mention:
    return Mention(
        mention.kind,
        mention.text,
        mention.start,
        mention.end,
        mention.value,
        f"{call}.{argument}",
        mention.turn,
    )
