"""An item of the model's answer as a case, or why it is none."""

from collections.abc import Mapping, Sequence
from typing import Any

from jsonschema import Draft202012Validator

from funcgemma.data.llm.flaws import Flaw
from funcgemma.data.llm.ground import Grounded, ground_call
from funcgemma.data.llm.plan import Plan
from funcgemma.data.llm.rules import Pair, check_forecast, check_times, with_first_time
from funcgemma.data.llm.schema import item_schema, kind_of
from funcgemma.data.llm.texts import check_form, check_language
from funcgemma.data.llm.times import TIME_KINDS
from funcgemma.data.llm.words import Said
from funcgemma.language.values.language_names import find_languages
from funcgemma.language.values.times import find_times
from funcgemma.records import Case, Message


def judge(item: Any, plan: Plan, names: Sequence[str] = ()) -> Case | Flaw:
    """Check an item against everything that can be checked, and make a case of it.

    The case has no id yet, and its group is the persona, so that no split parts what one
    person says.

    Args:
        item: What stood in the answer's list.
        plan: What was asked for.
        names: Names of all functions, which no user says.
    """
    flaw = _check_form(item, plan)
    if flaw:
        return flaw
    history = _history(item)
    said = Said(item["text"].strip(), tuple(turn.content for turn in reversed(history)), plan.now)
    pairs = _ground(item.get("calls", []), plan, said)
    if isinstance(pairs, Flaw):
        return pairs
    flaw = _check_texts(said, plan, pairs, names) or _check_sense(pairs, plan, said)
    return flaw or _case(said, plan, pairs, history)


def _check_form(item: Any, plan: Plan) -> Flaw | None:
    """Whether an item has the form that was asked for, and where not, in which part."""
    errors = list(Draft202012Validator(item_schema(plan)).iter_errors(item))
    if not errors:
        return None
    wrong = _wrong_names(item, plan)
    if wrong is not None:
        return Flaw("wrong_function", wrong)
    inside = all("calls" in error.absolute_path for error in errors)
    return Flaw("bad_argument" if inside else "wrong_shape", errors[0].message[:120])


def _wrong_names(item: Any, plan: Plan) -> str | None:
    """The names of the calls, where they can be read and are not those that were asked for."""
    calls = item.get("calls") if isinstance(item, dict) else None
    if not isinstance(calls, list) or not all(isinstance(call, dict) for call in calls):
        return None
    names = [str(call.get("name")) for call in calls]
    return ", ".join(names) if names != [d.name for d in plan.functions] else None


def _history(item: Mapping[str, Any]) -> tuple[Message, ...]:
    turns = []
    for exchange in item.get("before", ()):
        turns.append(Message("user", exchange["user"].strip()))
        turns.append(Message("assistant", exchange["assistant"].strip()))
    return tuple(turns)


def _ground(calls: Sequence[Mapping[str, Any]], plan: Plan, said: Said) -> list[Pair] | Flaw:
    if [call["name"] for call in calls] != [d.name for d in plan.functions]:
        return Flaw("wrong_function", ", ".join(call["name"] for call in calls))
    pairs: list[Pair] = []
    for call, definition in zip(calls, plan.functions, strict=True):
        grounded = ground_call(definition, call["arguments"], said)
        if isinstance(grounded, Flaw):
            return grounded
        pairs.append((definition, with_first_time(definition, grounded, said)))
    return pairs


def _check_texts(
    said: Said, plan: Plan, pairs: Sequence[Pair], names: Sequence[str]
) -> Flaw | None:
    """Whether every turn is fit; words of arguments may be of any language."""
    mixed = plan.phenomenon.key == "mixed_language"
    quoted = [span for _, grounded in pairs for span in grounded.spans.values()]
    if said.text in said.before:
        return Flaw("duplicate", said.text[:40])
    for text in (said.text, *said.before):
        if flaw := check_form(text, names):
            return flaw
    # what the assistant said before may be a translation into any language
    for text in said.before[1::2]:
        if flaw := check_language(text, plan.language, mixed=True):
            return flaw
    return check_language(said.text, plan.language, mixed=mixed, quoted=quoted)


def _check_sense(pairs: Sequence[Pair], plan: Plan, said: Said) -> Flaw | None:
    """What the schemas and the rules of the corpus say of the finished calls."""
    made = [(g.call.name, repr(g.call.arguments)) for _, g in pairs]
    if len(set(made)) < len(made):
        return Flaw("repeated_call", made[0][1])
    for definition, grounded in pairs:
        flaw = _check_schema(definition.parameters, grounded, plan.absent)
        if flaw:
            return flaw
    return _check_missing(plan, said) or check_times(pairs, said) or check_forecast(pairs, said)


def _check_schema(
    parameters: Mapping[str, Any], grounded: Grounded, absent: str | None
) -> Flaw | None:
    needed = [name for name in parameters.get("required", ()) if name != absent]
    schema = {"type": "object", **parameters, "required": needed}
    error = next(Draft202012Validator(schema).iter_errors(dict(grounded.call.arguments)), None)
    return Flaw("bad_argument", error.message[:120]) if error else None


def _check_missing(plan: Plan, said: Said) -> Flaw | None:
    """Whether what was to be left out is said after all, as far as its kind can be recognised."""
    if plan.absent is None:
        return None
    kind = kind_of(plan.functions[0].properties[plan.absent])
    named: list[str] = []
    if kind == "language":
        named = [name.text for name in find_languages(said.text)]
    elif kind in TIME_KINDS:
        named = [time.text for time in find_times(said.text, said.now)]
    return Flaw("not_missing", named[0]) if named else None


def _case(said: Said, plan: Plan, pairs: Sequence[Pair], history: tuple[Message, ...]) -> Case:
    spans = {
        f"{number}.{name}": span
        for number, (_, grounded) in enumerate(pairs)
        for name, span in grounded.spans.items()
    }
    category = plan.topic.category if plan.topic else plan.label
    hard = "negation" if category == "negation" else "near_miss"
    tags = [plan.phenomenon.tag, hard if plan.near else ""]
    return Case(
        id="",
        text=said.text,
        now=plan.now,
        history=history,
        calls=tuple(grounded.call for _, grounded in pairs),
        category="multi" if len(pairs) > 1 else category,
        tags=tuple(tag for tag in tags if tag),
        language=plan.language,
        writer=f"persona-{plan.persona.id}",
        group=f"persona-{plan.persona.id}",
        spans=spans,
    )
