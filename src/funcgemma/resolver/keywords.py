"""The resolver that needs no model: keywords choose, word classes fill the arguments."""

from collections.abc import Mapping
from typing import Any

from funcgemma.functions.definition import FunctionDefinition
from funcgemma.language.keywords import LEAST, keyword_scores
from funcgemma.language.morphemes import NAME, PERSON, PLACE
from funcgemma.records import Decision, Dialogue, FunctionCall, Mention
from funcgemma.resolver.embedded.kinds import kind_of, timed_arguments
from funcgemma.resolver.embedded.strings import quotations, trim
from funcgemma.resolver.embedded.times import choose_times
from funcgemma.resolver.embedded.view import View, read


def resolve_by_keywords(
    dialogue: Dialogue, definitions: Mapping[str, FunctionDefinition]
) -> Decision:
    """The best function by keyword points, its arguments where a word class gives them."""
    scores = keyword_scores(dialogue.text, definitions)
    name = max(scores, key=lambda n: scores[n], default="")
    if not name or scores[name] < LEAST:
        return Decision(confidence=0.5, stage="keywords")
    definition = definitions[name]
    mentions = _mentions(read(dialogue.text, dialogue.now), definition)
    arguments = {m.argument.split(".", 1)[1]: m.value for m in mentions if m.argument}
    missing = tuple(f"0.{n}" for n in definition.required if n not in arguments)
    call = FunctionCall(name, arguments)
    unsure = definition.worst_risk(arguments) != "read"
    return Decision((call,), missing, 0.5, "keywords", tuple(mentions), unsure)


def _mentions(view: View, definition: FunctionDefinition) -> list[Mention]:
    found: list[Mention] = []
    times = choose_times(view)
    timed = timed_arguments(definition)
    pairs: list[tuple[str, Any]] = []
    if "date" in timed and times.dates:
        pairs.append(("date", times.dates[0]))
    if "datetime" in timed and times.datetime:
        pairs.append(("datetime", times.datetime))
    for kind, (value, e) in pairs:
        found.append(Mention(kind, e.text, e.start, e.end, value, f"0.{timed[kind]}"))
    taken: set[tuple[int, int]] = set()
    for argument in sorted(definition.properties, key=lambda n: n not in definition.required):
        schema = definition.properties[argument]
        kind = kind_of(schema)
        place = _place(view, kind) if not schema.get("enum") else None
        if place is not None and place not in taken:
            taken.add(place)
            start, end = trim(view.text, *place, kind)
            text = view.text[start:end]
            value = view.languages[-1].code if kind == "language" else text
            found.append(Mention(kind, text, start, end, value, f"0.{argument}"))
    return found


def _place(view: View, kind: str) -> tuple[int, int] | None:
    """Where the first value of a kind stands, by word class or quotation marks."""
    if kind == "verbatim":
        inside = quotations(view.text)
        return inside[0] if inside else None
    if kind == "language" and view.languages:
        return view.languages[-1].start, view.languages[-1].end
    wanted = {"place": (PLACE,), "person": (PERSON, NAME)}.get(kind, ())
    rows = [i for i, c in enumerate(view.words.classes) if c in wanted]
    if not rows:
        return None
    last = rows[0]
    while last + 1 in rows:
        last += 1
    return view.words.starts[rows[0]], view.words.ends[last]
