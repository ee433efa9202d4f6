"""The prompt of one question: what stays the same comes first, so that runtimes can reuse it."""

import json
from collections.abc import Iterable, Sequence
from functools import lru_cache
from importlib.resources import files
from typing import Any

from funcgemma.backends.base import ChatMessage
from funcgemma.data.llm.plan import BATCH, Plan
from funcgemma.data.llm.schema import kind_of
from funcgemma.data.llm.times import TIME_KINDS
from funcgemma.data.llm.wording import WORDING
from funcgemma.functions.definition import FunctionDefinition

PROMPT_VERSION = 1
"""Raised with every change to what the model is told; it stands in each row."""

LONGEST_SAMPLE = 300
"""Characters of a sample; a longer one would take the place of the answer."""


MOST_LISTED = 20
LONGEST_OUTLINE = 100
"""Functions, and characters of each, that are told where none of them is to be asked for."""


def make_prompt(
    plan: Plan,
    samples: Sequence[Any] = (),
    avoid: Sequence[str] = (),
    functions: Sequence[FunctionDefinition] = (),
) -> tuple[ChatMessage, ...]:
    """The messages that ask for a batch of utterances.

    Args:
        plan: What is asked for.
        samples: Items that show the form.
        avoid: Utterances that are there already.
        functions: All functions there are: what must not be asked for where nothing is asked.
    """
    words = WORDING[plan.language]
    system = [words["task"]]
    if plan.functions:
        distinct = {d.name: d for d in plan.functions}.values()
        system += [words["rules"], *(describe(d, plan.language) for d in distinct)]
    elif functions:
        system.append("\n".join([words["functions"], *map(_outline, functions[:MOST_LISTED])]))
    system.append(f"{words['answer']}\n{_form(plan)}")
    user = [*_wishes(plan), *_shown(samples, words["samples"]), *_listed(avoid, words["avoid"])]
    return ChatMessage("system", "\n\n".join(system)), ChatMessage("user", "\n".join(user))


def _outline(definition: FunctionDefinition) -> str:
    return f"- {definition.name}: {definition.description[:LONGEST_OUTLINE]}"


def describe(definition: FunctionDefinition, language: str) -> str:
    """A function as the model is told of it: its description, and how each argument is written."""
    words = WORDING[language]
    head = words["function"].format(name=definition.name, description=definition.description)
    lines = [_argument(definition, name, language) for name in definition.properties]
    return "\n".join([head, *([words["arguments"], *lines] if lines else [])])


def _argument(definition: FunctionDefinition, name: str, language: str) -> str:
    words, schema = WORDING[language], definition.properties[name]
    need = words["required" if name in definition.required else "optional"]
    kind = kind_of(schema)
    if schema.get("enum"):
        what = f"{words['one_of']}: {', '.join(map(str, schema['enum']))}"
    elif kind in TIME_KINDS:
        return f"- {name} ({need}): {words['time']}"
    elif kind == "language":
        return f"- {name} ({need}): {words['language']}"
    else:
        what = str(schema.get("type", "string"))
    told = schema.get("description", "")
    return f"- {name} ({need}, {what})" + (f": {told}" if told else "")


def _form(plan: Plan) -> str:
    """The answer's form, as an example without content."""
    item: dict[str, Any] = {}
    if plan.phenomenon.key == "followup":
        item["before"] = [{"user": "…", "assistant": "…"}]
    item["text"] = "…"
    if plan.functions:
        item["calls"] = [
            {"name": d.name, "arguments": {n: "…" for n in d.properties if n != plan.absent}}
            for d in plan.functions
        ]
    return json.dumps({"items": [item]}, ensure_ascii=False)


def _wishes(plan: Plan) -> Iterable[str]:
    """Who speaks, where, when, how, and for what."""
    words, person = WORDING[plan.language], plan.persona
    days = words["weekdays"].split() if " " in words["weekdays"] else list(words["weekdays"])
    yield words["person"].format(age=person.age, who=person.who, region=person.region)
    yield words["register"].format(register=person.register)
    yield words["situation"].format(situation=person.situation)
    clock = plan.now.strftime("%Y-%m-%d %H:%M")
    yield words["now"].format(now=clock, weekday=days[plan.now.weekday()])
    yield words["manner"].format(manner=getattr(plan.phenomenon, plan.language))
    if plan.topic is not None:
        topic = getattr(plan.topic, plan.language)
        yield words["silent"].format(count=BATCH, topic=topic)
        if plan.near is not None:
            yield words["declined"].format(name=plan.near.name, description=plan.near.description)
    else:
        names = " + ".join(d.name for d in plan.functions)
        yield words["ask"].format(count=BATCH, functions=names)
    yield from _demands(plan)


def _demands(plan: Plan) -> Iterable[str]:
    """What the phenomenon and the settled values ask for."""
    words = WORDING[plan.language]
    if len(plan.functions) > 1:
        yield words["several"].format(first=plan.functions[0].name, second=plan.functions[1].name)
    for definition, focus in zip(plan.functions, plan.focus, strict=True):
        if focus is None:
            continue
        value = json.dumps(focus.value, ensure_ascii=False)
        line = words["focus"].format(name=definition.name, argument=focus.argument, value=value)
        guide = guides(plan.language).get((definition.name, focus.argument, str(focus.value)))
        yield line + (words["guide"].format(words=guide) if guide else "")
    if plan.absent is not None:
        yield words["absent"].format(argument=plan.absent)
    if plan.phenomenon.key == "followup":
        yield words["before"]


def _shown(samples: Sequence[Any], title: str) -> list[str]:
    lines = [json.dumps(sample, ensure_ascii=False) for sample in samples]
    lines = [line for line in lines if len(line) <= LONGEST_SAMPLE]
    return ["", title, *lines] if lines else []


def _listed(texts: Sequence[str], title: str) -> list[str]:
    return ["", title, *(f"- {text[:80]}" for text in texts)] if texts else []


@lru_cache(maxsize=2)
def guides(language: str) -> dict[tuple[str, str, str], str]:
    """(function, argument, value) -> words that ask for it, for the functions of this package."""
    file = files("funcgemma.data.llm").joinpath("guides.txt")
    found: dict[tuple[str, str, str], str] = {}
    for line in file.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            head, words = line.split(": ", 1)
            function, argument, value = head.split(" ")
            japanese, english = words.split(" / ")
            found[function, argument, value] = japanese if language == "ja" else english
    return found
