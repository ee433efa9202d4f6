"""More cases from those there are: the words of an argument replaced by others of its kind.

A generated case keeps the group of the case it comes from, so that a split never puts
it on the other side; `source` and `from` say where it comes from.
"""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from funcgemma.functions.registry import FunctionRegistry
from funcgemma.records import Case, FunctionCall

SWAPPED = ("place", "person", "verbatim", "phrase")
"""Kinds whose words can be exchanged; times and languages keep theirs."""


def generate(
    cases: Sequence[Case], function: str, count: int, registry: FunctionRegistry, *, seed: int = 0
) -> Iterator[Case]:
    """Up to `count` cases for one function, or for `no_function`.

    Cases with a single call and marked words are varied; text that asks for nothing is
    passed on as it is. No text comes twice.
    """
    rng = random.Random(f"{seed}-{function}")
    if function == "no_function":
        chosen = [case for case in cases if not case.calls and not case.history]
        rng.shuffle(chosen)
        yield from (_kept(case) for case in chosen[:count])
        return
    bases = [c for c in cases if len(c.calls) == 1 and c.calls[0].name == function and c.spans]
    values = _values(bases, registry.get(function).properties)
    seen = {case.text for case in cases}
    made = 0
    for attempt in range(count * 20 if bases else 0):
        if made == count:
            return
        case = _varied(bases[attempt % len(bases)], values, rng, made)
        if case is not None and case.text not in seen:
            seen.add(case.text)
            made += 1
            yield case


def _kept(case: Case) -> Case:
    return replace(case, extra={**case.extra, "source": "corpus", "from": case.id})


def _values(cases: Sequence[Case], properties: Mapping[str, Any]) -> dict[str, list[str]]:
    """Argument -> the words that stand for it in the cases."""
    values: dict[str, list[str]] = {}
    for case in cases:
        for place, (start, end) in case.spans.items():
            name = place.split(".", 1)[1]
            surface = case.text[start:end]
            if _swappable(case, name, surface, properties.get(name, {})):
                values.setdefault(name, []).append(surface)
    return {name: sorted(set(words)) for name, words in values.items()}


def _swappable(case: Case, name: str, surface: str, schema: Mapping[str, Any]) -> bool:
    """Only words that are their own value, of a kind that can be exchanged."""
    kind = schema.get("x-kind", "verbatim" if schema.get("type") == "string" else "")
    return kind in SWAPPED and case.calls[0].arguments.get(name) == surface


def _varied(
    case: Case, values: Mapping[str, Sequence[str]], rng: random.Random, number: int
) -> Case | None:
    """The case with one argument's words exchanged; None if it has none to exchange."""
    arguments = dict(case.calls[0].arguments)
    names = [p.split(".", 1)[1] for p in case.spans]
    names = [n for n in names if n in values and arguments.get(n) in values[n]]
    if not names:
        return None
    name = rng.choice(names)
    start, end = case.spans[f"0.{name}"]
    new = rng.choice(values[name])
    moved = len(new) - (end - start)
    spans = {
        place: (a + moved, b + moved) if a >= end else (a, b + moved if b >= end else b)
        for place, (a, b) in case.spans.items()
    }
    return replace(
        case,
        id=f"{case.id}-g{number}",
        text=case.text[:start] + new + case.text[end:],
        calls=(FunctionCall(case.calls[0].name, {**arguments, name: new}),),
        spans=spans,
        extra={**case.extra, "source": "substitution", "from": case.id},
    )
