"""What the tiny model learns from: functions, and cases that a model so small can answer.

A case is kept if the value of every argument stands in its text or is one of a few codes, so
that there is nothing to compute: no dates, no earlier turns.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from funcgemma.data.cases import read_cases
from funcgemma.data.shipped import read_files, shipped_files
from funcgemma.functions.builtin import builtin_registry
from funcgemma.functions.definition import FunctionDefinition
from funcgemma.functions.plugins import read_json
from funcgemma.records import Case, FunctionCall

COMPUTED = ("date", "datetime", "rrule")
LONGEST = {"ja": 20, "en": 40}
"""Characters of an utterance: short ones are quicker, and clearer to a model so small."""


@dataclass(frozen=True, slots=True)
class Source:
    """Functions with their cases.

    Attributes:
        definitions: All functions that may be declared in a prompt, in their usual order.
        taught: Names of those that have cases; the others are only ever declared.
        requests: Function name -> its cases.
        silence: Cases without.
        texts: What the tokenizer learns from.
        named: The definitions by name.
        words: (function, argument) -> its values in all requests.
    """

    definitions: tuple[FunctionDefinition, ...]
    taught: tuple[str, ...]
    requests: Mapping[str, Sequence[Case]]
    silence: tuple[Case, ...]
    texts: tuple[str, ...]
    named: Mapping[str, FunctionDefinition]
    words: Mapping[tuple[str, str], Sequence[str]]


def corpus_source(taught: Sequence[str]) -> Source:
    """The shipped corpus, with the built-in functions; only `taught` ones are called."""
    registry = builtin_registry()
    return make_source(tuple(registry), read_files(shipped_files(), registry.schemas), taught)


def file_source(functions: Path, cases: Path) -> Source:
    """Functions from a JSON file and cases from a case file."""
    definitions = tuple(read_json(functions))
    return make_source(definitions, read_cases(cases), [d.name for d in definitions])


def make_source(
    definitions: tuple[FunctionDefinition, ...], cases: Iterable[Case], taught: Sequence[str]
) -> Source:
    """The part of the cases that can be learned."""
    cases = tuple(cases)
    by_name = {definition.name: definition for definition in definitions}
    requests: dict[str, list[Case]] = {name: [] for name in taught}
    silence = []
    for case in cases:
        if case.history or len(case.text) > LONGEST.get(case.language, 40):
            continue
        if not case.calls:
            silence.append(case)
        elif len(case.calls) == 1 and case.calls[0].name in taught:
            plain = replace(case, calls=tuple(_first(call) for call in case.calls))
            if all(_is_copied(call, by_name[call.name], case.text) for call in plain.calls):
                requests[plain.calls[0].name].append(plain)
    words: dict[tuple[str, str], list[str]] = {}
    for name, found in requests.items():
        for case in found:
            for argument, value in case.calls[0].arguments.items():
                words.setdefault((name, argument), []).append(value)
    return Source(
        definitions,
        tuple(taught),
        requests,
        tuple(silence),
        tuple(case.text for case in cases),
        by_name,
        words,
    )


def _first(call: FunctionCall) -> FunctionCall:
    """The call with the first of each argument's alternatives."""
    return FunctionCall(
        call.name,
        {k: v[0] if isinstance(v, list) else v for k, v in sorted(call.arguments.items())},
    )


def is_free(definition: FunctionDefinition, argument: str) -> bool:
    """Whether an argument takes words of the user's, and not one of a few codes."""
    schema = definition.properties[argument]
    return "enum" not in schema and schema.get("x-kind") != "language"


def _is_copied(call: FunctionCall, definition: FunctionDefinition, text: str) -> bool:
    for name, value in call.arguments.items():
        if definition.properties[name].get("x-kind") in COMPUTED or not isinstance(value, str):
            return False
        if is_free(definition, name) and value not in text:
            return False
    return True
