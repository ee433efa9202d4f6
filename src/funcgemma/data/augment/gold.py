"""Read the gold values of times again, and check that a changed case still holds."""

from collections.abc import Iterator, Mapping
from typing import Any

from funcgemma.data.augment.edits import words_of
from funcgemma.data.corpus import Schemas
from funcgemma.language.values.times import TimeExpression, find_times
from funcgemma.records import Case

TIME_KINDS = ("date", "datetime", "rrule")


def kind_of(name: str, argument: str, schemas: Schemas) -> str:
    """The x-kind of an argument, or `verbatim` for other strings; "" for what is no free text."""
    schema: Mapping[str, Any] = schemas.get(name, {}).get("properties", {}).get(argument, {})
    plain = schema.get("type", "string") == "string" and "enum" not in schema
    return str(schema.get("x-kind") or ("verbatim" if plain else ""))


def time_arguments(case: Case, schemas: Schemas) -> Iterator[tuple[str, str, Any]]:
    """(place, kind, gold value) of the arguments that are times; a place is `0.date`."""
    for number, call in enumerate(case.calls):
        for argument, value in call.arguments.items():
            kind = kind_of(call.name, argument, schemas)
            if kind in TIME_KINDS:
                yield f"{number}.{argument}", kind, value


def read_time(case: Case, span: tuple[int, int], kind: str) -> str | None:
    """What the normaliser reads in a span, against the clock of the case."""
    found = [t for e in find_times(case.text, case.now) for t in (e, *e.parts)]
    near = [t for t in found if t.start < span[1] and span[0] < t.end]
    best = min(near, key=lambda t: abs(t.start - span[0]) + abs(t.end - span[1]), default=None)
    return _value(best, kind) if best else None


def _value(time: TimeExpression, kind: str) -> str | None:
    values = {"date": time.first_day, "datetime": time.value, "rrule": time.recurrence}
    return values[kind]


def times_hold(case: Case, schemas: Schemas) -> bool:
    """Whether the normaliser gives each gold value of a time that stands in the text."""
    return all(
        read_time(case, case.spans[place], kind) == value
        for place, kind, value in time_arguments(case, schemas)
        if place in case.spans
    )


def with_times_read(case: Case, schemas: Schemas) -> Case | None:
    """The case with its times read again; None where one does not stand in the text."""
    from dataclasses import replace

    from funcgemma.records import FunctionCall

    arguments = [dict(call.arguments) for call in case.calls]
    for place, kind, _ in time_arguments(case, schemas):
        number, argument = place.split(".", 1)
        value = read_time(case, case.spans[place], kind) if place in case.spans else None
        if value is None:
            return None
        arguments[int(number)][argument] = value
    calls = [FunctionCall(c.name, a) for c, a in zip(case.calls, arguments, strict=True)]
    return replace(case, calls=tuple(calls))


def holds(base: Case, row: Case, schemas: Schemas) -> bool:
    """Whether a row's gold is as right as that of the case it was made from.

    Its words still stand in their spans, its times are what the normaliser reads, and it names
    as many times as before, so that nothing new looks like one.
    """
    return (
        _words_stand(base, row, schemas)
        and times_hold(row, schemas)
        and _time_count(base, schemas) == _time_count(row, schemas)
    )


def _words_stand(base: Case, row: Case, schemas: Schemas) -> bool:
    """Whether each span still holds its value, as far as it did before."""
    if base.spans.keys() != row.spans.keys():
        return False
    return all(
        0 <= start < end <= len(row.text)
        and (_stands(row, place) or not _stands(base, place) or _is_time(row, place, schemas))
        for place, (start, end) in row.spans.items()
    )


def _stands(case: Case, place: str) -> bool:
    number, argument = place.split(".", 1)
    start, end = case.spans[place]
    return case.text[start:end] in words_of(case.calls[int(number)].arguments.get(argument))


def _is_time(case: Case, place: str, schemas: Schemas) -> bool:
    number, argument = place.split(".", 1)
    return kind_of(case.calls[int(number)].name, argument, schemas) in TIME_KINDS


def _time_count(case: Case, schemas: Schemas) -> int:
    """Time expressions outside the words that are themselves a value (会議を明日にしてを英語で)."""
    words = [span for place, span in case.spans.items() if not _is_time(case, place, schemas)]
    return sum(
        not any(start < t.end and t.start < end for start, end in words)
        for t in find_times(case.text, case.now)
    )
