"""Change the text of a case while its spans keep pointing at their words."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from funcgemma.language.values.times import find_times
from funcgemma.records import Case

QUOTED = re.compile(r"「[^」]*」?|『[^』]*』?|“[^”]*”?|\"[^\"]*\"?|‘[^’]*’")


class Edit(NamedTuple):
    """Put `new` in the place of the characters from `start` to `end`."""

    start: int
    end: int
    new: str


def edited(case: Case, edits: Sequence[Edit], **changes: Any) -> Case | None:
    """The case with its text changed; None where an edit cuts through the border of a span.

    Args:
        case: The case.
        edits: Stretches that do not overlap.
        **changes: Other fields to change, as for `dataclasses.replace`.
    """
    spans = {}
    for name, (start, end) in case.spans.items():
        if any(e.start < border < e.end for e in edits for border in (start, end)):
            return None
        spans[name] = (start + _moved(edits, start, True), end + _moved(edits, end, False))
    text = case.text
    for edit in sorted(edits, reverse=True):
        text = text[: edit.start] + edit.new + text[edit.end :]
    return replace(case, text=text, spans=spans, **changes)


def _moved(edits: Sequence[Edit], place: int, opening: bool) -> int:
    """How far a border moves; what is inserted at a border stays outside the span."""
    before = [
        e for e in edits if e.end <= place and (opening or e.start < e.end or e.start < place)
    ]
    return sum(len(e.new) - (e.end - e.start) for e in before)


def free(case: Case, *, times: bool = False) -> list[bool]:
    """For each character, whether it may be changed without touching what the gold rests on.

    Spans, quotations, time expressions and words that are a value somewhere are not free;
    with `times` the time expressions are.
    """
    found = [True] * len(case.text)
    expressions = [(t.start, t.end) for t in find_times(case.text, case.now)]
    for start, end in _fixed(case):
        found[start:end] = [False] * (end - start)
    for start, end in expressions:
        inside = times and not any(
            s < end and start < e and not (start <= s and e <= end) for s, e in case.spans.values()
        )
        quoted = any(m.start() < end and start < m.end() for m in QUOTED.finditer(case.text))
        found[start:end] = [inside and not quoted] * (end - start)
    return found


def _fixed(case: Case) -> Iterator[tuple[int, int]]:
    yield from case.spans.values()
    yield from (match.span() for match in QUOTED.finditer(case.text))
    for word in {w for call in case.calls for v in call.arguments.values() for w in words_of(v)}:
        for match in re.finditer(re.escape(word), case.text):
            yield match.span()


def words_of(value: Any) -> Iterator[str]:
    """The strings of a gold value with its alternatives."""
    if isinstance(value, str):
        if value:
            yield value
    elif isinstance(value, list | tuple):
        for item in value:
            yield from words_of(item)
