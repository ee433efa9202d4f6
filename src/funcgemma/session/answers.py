"""The answer to a question about one argument, read without a model.

The router reads answers too, in the light of the dialogue; this is for the
answers that hold nothing but the value (京都, 京都です, 英語で, 3つ).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from funcgemma.language.normalise import normalise
from funcgemma.records import Mention
from funcgemma.resolver.embedded.kinds import kind_of
from funcgemma.resolver.embedded.strings import quotations, trim
from funcgemma.resolver.embedded.times import choose_times
from funcgemma.resolver.embedded.values import typed_value
from funcgemma.resolver.embedded.view import View, read
from funcgemma.session.consent import agreement
from funcgemma.session.names import bare_name

LONGEST = 24
"""Longer utterances hold more than a number, a language or a time."""

BESIDE = 6
"""Characters that may stand beside a time without saying anything (明日でいいです)."""
PARTICLES = 2
"""Characters beside a time that hold no noun."""

_POLITE_END = re.compile(
    r"(?:(?:って|と)?(?:訳|翻訳|判定|分析)して(?:ください|下さい)?|(?:を|で)?お願い(?:します|いたします)?|"
    r"です)$"
)


@dataclass(frozen=True, slots=True)
class Answer:
    """A value that answers the question.

    Attributes:
        value: The value.
        mention: The words it was read from.
        bare: The utterance holds nothing else, so that it cannot be a new request.
    """

    value: Any
    mention: Mention
    bare: bool


def read_answer(text: str, schema: Mapping[str, Any], now: datetime) -> Answer | None:
    """The value of an argument in an utterance; None if it holds none."""
    kind = kind_of(schema)
    if schema.get("enum"):
        return _choice(text, schema)
    if kind == "boolean":
        said = agreement(text)
        return None if said is None else _whole(text, kind, said)
    if kind in ("integer", "number"):
        number = typed_value(text, schema) if len(text) <= LONGEST else None
        return None if number is None else _whole(text, kind, number)
    view = read(text, now)
    if kind in ("date", "datetime", "rrule"):
        return _time(view, kind)
    if kind == "language":
        return _language(view)
    if kind in ("place", "person"):
        return _name(view, kind)
    if kind == "phrase" and _is_time(view):
        return None  # 明日の3時 says when, not what
    return _words(text, kind)


def _is_time(view: View) -> bool:
    beside = len(view.text) - sum(time.end - time.start for time in view.times)
    return bool(view.times) and beside <= PARTICLES


def _whole(text: str, kind: str, value: Any) -> Answer:
    return Answer(value, Mention(kind, text, 0, len(text), value), bare=True)


def _choice(text: str, schema: Mapping[str, Any]) -> Answer | None:
    said = normalise(text)
    found = [value for value in schema["enum"] if normalise(str(value)) in said]
    if len(found) != 1:
        return None
    return _whole(text, "verbatim", found[0])


def _time(view: View, kind: str) -> Answer | None:
    times = choose_times(view)
    pairs = {"date": times.dates[0] if times.dates else None, "datetime": times.datetime}
    pair = times.recurrence if kind == "rrule" else pairs[kind]
    if pair is None:
        return None
    value, found = pair
    bare = len(view.text) - (found.end - found.start) <= BESIDE
    return Answer(value, Mention(kind, found.text, found.start, found.end, value), bare)


def _language(view: View) -> Answer | None:
    if not view.languages:
        return None
    found = view.languages[-1]
    mention = Mention("language", found.text, found.start, found.end, found.code)
    return Answer(found.code, mention, bare=len(view.text) <= LONGEST and len(view.languages) == 1)


def _name(view: View, kind: str) -> Answer | None:
    place = bare_name(view)
    if place is None:
        return None
    start, end = trim(view.text, *place, kind)
    value = view.text[start:end]
    return Answer(value, Mention(kind, value, start, end, value), bare=True) if value else None


def _words(text: str, kind: str) -> Answer | None:
    """A text of any kind: what stands in quotes, else everything but a polite ending."""
    inside = quotations(text)
    if len(inside) == 1:
        start, end = inside[0]
    else:
        said = text.rstrip().rstrip("。")
        polite = _POLITE_END.search(said)
        start, end = trim(text, 0, polite.start() if polite else len(said), kind)
    value = text[start:end].strip()
    return Answer(value, Mention(kind, value, start, end, value), bare=False) if value else None
