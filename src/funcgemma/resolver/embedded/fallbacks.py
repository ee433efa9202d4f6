"""Values that the tagger did not find, where the text leaves little doubt."""

from collections.abc import Mapping, Sequence
from typing import Any

from funcgemma.functions.definition import FunctionDefinition
from funcgemma.language.morphemes import PERSON, PLACE
from funcgemma.language.values.language_names import find_languages
from funcgemma.records import Mention
from funcgemma.resolver.embedded.kinds import is_choice, kind_of
from funcgemma.resolver.embedded.lists import class_runs
from funcgemma.resolver.embedded.phrases import noun_before_verb
from funcgemma.resolver.embedded.strings import quotations, trim, whole_quotation
from funcgemma.resolver.embedded.values import typed_value
from funcgemma.resolver.embedded.view import View

Found = dict[str, list[Mention]]


def make_mention(view: View, schema: Mapping[str, Any], start: int, end: int) -> Mention | None:
    """The value in a stretch of text, cut down by the kind of its argument; None without one."""
    kind = kind_of(schema)
    if kind == "verbatim":
        start, end = whole_quotation(view.text, start, end)
    start, end = trim(view.text, start, end, kind)
    text = view.text[start:end]
    if not text:
        return None
    value: Any = text
    if kind == "language":
        languages = find_languages(text)
        if not languages:
            return None
        value = languages[0].code
    elif schema.get("type", "string") != "string":
        value = typed_value(text, schema)
        if value is None:
            return None
    return Mention(kind, text, start, end, value)


def add_overlooked(view: View, definition: FunctionDefinition, found: Found) -> None:
    """Add to `found` what the tagger overlooked."""
    _add_quotation(view, definition, found)
    _add_language(view, definition, found)
    _add_named(view, definition, found)
    _add_phrase(view, definition, found)


def _add_quotation(view: View, definition: FunctionDefinition, found: Found) -> None:
    """A required text that the tagger did not find is the quotation, where there is just one."""
    inside = [q for q in quotations(view.text) if view.start <= q[0] and q[1] <= view.end]
    for name in definition.required:
        schema = definition.properties[name]
        wanted = kind_of(schema) == "verbatim" and not is_choice(schema)
        if wanted and name not in found and len(inside) == 1:
            start, end = inside[0]
            found[name] = [
                Mention("verbatim", view.text[start:end], start, end, view.text[start:end])
            ]


def _add_language(view: View, definition: FunctionDefinition, found: Found) -> None:
    """A required language that the tagger did not find is the last one named and not yet used."""
    taken = stretches(found)
    for name in definition.required:
        if kind_of(definition.properties[name]) == "language" and name not in found:
            free = [n for n in view.languages if not inside(n.start, n.end, taken)]
            if free:
                last = free[-1]
                found[name] = [Mention("language", last.text, last.start, last.end, last.code)]


def _add_named(view: View, definition: FunctionDefinition, found: Found) -> None:
    """A required place or person that the tagger did not find is the only one that is named."""
    for name in definition.required:
        kind = kind_of(definition.properties[name])
        wanted = {"place": PLACE, "person": PERSON}.get(kind)
        if wanted is None or name in found:
            continue
        runs = class_runs(view, wanted)
        if len(runs) == 1:
            first, last = runs[0]
            mention = make_mention(
                view,
                definition.properties[name],
                view.words.starts[first],
                view.words.ends[last - 1],
            )
            found.update({name: [mention]} if mention else {})


def _add_phrase(view: View, definition: FunctionDefinition, found: Found) -> None:
    """A free phrase that the tagger did not find is what stands before the verb."""
    for name, schema in definition.properties.items():
        if kind_of(schema) == "phrase" and name not in found:
            place = noun_before_verb(view)
            mention = make_mention(view, schema, *place) if place else None
            found.update({name: [mention]} if mention else {})


def stretches(values: Mapping[str, Sequence[Mention]]) -> set[tuple[int, int]]:
    """Where the values of arguments stand."""
    return {(m.start, m.end) for mentions in values.values() for m in mentions}


def inside(start: int, end: int, places: set[tuple[int, int]]) -> bool:
    """Whether a stretch lies within one of the places."""
    return any(a <= start and end <= b for a, b in places)
