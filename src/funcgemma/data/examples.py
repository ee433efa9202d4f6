"""Examples that come with a function, as cases."""

from datetime import datetime, timedelta, timezone

from funcgemma.data.calls import CallLine, parse_call_line, resolve_calls
from funcgemma.data.markup import parse_markup
from funcgemma.errors import DataError
from funcgemma.functions.registry import FunctionRegistry
from funcgemma.records import Case

CLOCK = datetime(2026, 5, 13, 10, 20, tzinfo=timezone(timedelta(hours=9)))
"""The clock of examples: Wednesday 2026-05-13 10:20 +09:00, as in docs/corpus.md."""


def example_cases(registry: FunctionRegistry) -> tuple[Case, ...]:
    """The examples of all functions.

    An example is an utterance in the corpus markup; values that stand in no span follow
    after ` > `: `[3](minutes)分タイマー > mode=loud`.

    Raises:
        DataError: An example has a mistake; the message names the function and its number.
    """
    return tuple(
        _case(definition.name, number, example, registry)
        for definition in registry
        for number, example in enumerate(definition.examples, start=1)
    )


def _case(name: str, number: int, example: str, registry: FunctionRegistry) -> Case:
    marked, _, rest = example.partition(" > ")
    try:
        text, spans = parse_markup(marked.strip())
        line: CallLine = parse_call_line(f"{name} {rest}")
        resolved = resolve_calls([line], text, spans, registry.schemas)
    except DataError as error:
        raise DataError(f"{name}, example {number}: {error.message}", error.hint) from error
    return Case(
        id=f"{name}-example-{number}",
        text=text,
        now=CLOCK,
        calls=resolved.calls,
        category=name,
        language="en" if text.isascii() else "ja",
        writer=f"{name}-examples-{number}",
        group=f"{name}-examples-{number}",
        spans=resolved.spans,
    )
