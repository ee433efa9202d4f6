"""Cases as the trainers see them: read once, with the dialogue's state and the gold labels."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from funcgemma.functions.definition import FunctionDefinition
from funcgemma.records import Case
from funcgemma.resolver.embedded.carry import candidates
from funcgemma.resolver.embedded.dialogue import prior_of
from funcgemma.resolver.embedded.features import NONE, Prior
from funcgemma.resolver.embedded.kinds import is_choice, kind_of, tagged_arguments
from funcgemma.resolver.embedded.view import View, read
from funcgemma.training.tagger import TaggedView

Definitions = Mapping[str, FunctionDefinition]


@dataclass(frozen=True, slots=True)
class Example:
    """A case that has been read.

    Attributes:
        case: The case.
        view: Its utterance.
        prior: The state of its dialogue, from the gold calls of earlier turns.
        labels: The functions of the gold calls in their order, or `no_function`.
    """

    case: Case
    view: View
    prior: Prior
    labels: tuple[str, ...]

    @property
    def label(self) -> str:
        """The first gold call's function, or `no_function`."""
        return self.labels[0]


def read_examples(cases: Iterable[Case], definitions: Definitions) -> list[Example]:
    """Read cases; calls of functions that are not defined count as `no_function`."""
    required = {name: d.required for name, d in definitions.items()}
    examples = []
    for case in cases:
        names = [call.name for call in case.calls if call.name in definitions]
        prior = prior_of(case.dialogue, {}, required)
        examples.append(
            Example(case, read(case.text, case.now), prior, tuple(dict.fromkeys(names)) or (NONE,))
        )
    return examples


def tagged_views(examples: Sequence[Example], definition: FunctionDefinition) -> list[TaggedView]:
    """The utterances that ask for a function, with the spans of its arguments."""
    wanted = tagged_arguments(definition)
    views = []
    for example in examples:
        calls = [i for i, c in enumerate(example.case.calls) if c.name == definition.name]
        if calls:
            spans = {
                (name, *place)
                for i in calls
                for name in wanted
                if (place := _place(example.case, i, name, definition.properties[name])) is not None
            }
            views.append(
                TaggedView(example.view, tuple(sorted(spans, key=lambda s: (*s[1:], s[0]))))
            )
    return views


def _place(case: Case, index: int, name: str, schema: Mapping[str, Any]) -> tuple[int, int] | None:
    """Where an argument stands: as marked, else where its value first occurs."""
    marked = case.spans.get(f"{index}.{name}")
    if marked is not None:
        return marked
    if kind_of(schema) == "language":  # a code such as "ar" stands in many a word
        return None
    value = case.calls[index].arguments.get(name)
    for text in value if isinstance(value, list) else [value]:
        start = case.text.find(str(text)) if text is not None else -1
        if start >= 0 and str(text):
            return start, start + len(str(text))
    return None


def enum_labels(
    examples: Sequence[Example], definition: FunctionDefinition, name: str
) -> list[tuple[Example, str]]:
    """Examples with the gold label of an enum or boolean argument (its default where left out)."""
    default = definition.properties[name].get("default")
    labelled = []
    for example in examples:
        call = next((c for c in example.case.calls if c.name == definition.name), None)
        value = call.arguments.get(name, default) if call else None
        if isinstance(value, list):
            value = value[0]
        if value is not None:
            labelled.append((example, _label(value)))
    return labelled


def _label(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def carry_labels(
    examples: Sequence[Example], definitions: Definitions
) -> list[tuple[Example, bool]]:
    """Follow-ups with whether an argument of the earlier call still holds in the gold."""
    labelled = []
    for example in examples:
        prior, case = example.prior, example.case
        if prior.call is None or not case.calls or prior.call.name not in definitions:
            continue
        call = case.calls[0]
        if call.name not in definitions:
            continue
        lent = candidates(prior.call, definitions[call.name], definitions[prior.call.name])
        open_names = [
            name
            for name in lent
            if f"0.{name}" not in case.spans
            and not is_choice(definitions[call.name].properties.get(name, {}))
        ]
        if open_names:
            holds = any(_overlap(call.arguments.get(name), lent[name]) for name in open_names)
            labelled.append((example, holds))
    return labelled


def _overlap(gold: Any, lent: Any) -> bool:
    golds = gold if isinstance(gold, list) else [gold]
    lents = lent if isinstance(lent, list) else [lent]
    return gold is not None and any(value in golds for value in lents)
