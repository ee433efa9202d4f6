"""The conditions of one question to the model: who speaks, about what, how, and when.

Everything follows from the seed, the label and the number of the question.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random
from typing import Any, TypeVar

from funcgemma.data.labels import NO_FUNCTION
from funcgemma.data.llm.personas import Persona, personas
from funcgemma.data.llm.phenomena import PHENOMENA, Phenomenon
from funcgemma.data.llm.topics import TOPICS, Topic
from funcgemma.functions.definition import FunctionDefinition
from funcgemma.functions.registry import FunctionRegistry

BATCH = 4
"""Utterances asked for at once: enough to differ from each other, few enough for a short answer."""

COOLEST, WARMEST = 0.7, 1.1
FIRST_DAY = datetime(2026, 1, 5)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Focus:
    """An argument whose value is settled beforehand, so that all values come up."""

    argument: str
    value: Any


@dataclass(frozen=True, slots=True)
class Plan:
    """One question.

    Attributes:
        label: The function, or `no_function`.
        number: Of the question, for its label, from 0.
        persona: Who speaks.
        phenomenon: How it is put.
        now: The speaker's clock.
        functions: What is asked for, in order; empty where nothing is.
        focus: One for each function, None where it has no choice to settle.
        absent: The required argument that is not said, if one is not.
        topic: What is talked about where nothing is asked for.
        near: The function whose words are used where nothing is asked for.
        seed: For the model.
        temperature: For the model.
    """

    label: str
    number: int
    persona: Persona
    phenomenon: Phenomenon
    now: datetime
    functions: tuple[FunctionDefinition, ...] = ()
    focus: tuple[Focus | None, ...] = ()
    absent: str | None = None
    topic: Topic | None = None
    near: FunctionDefinition | None = None
    seed: int = 0
    temperature: float = 1.0

    @property
    def language(self) -> str:
        """What the utterances are written in."""
        return self.persona.language


def make_plan(label: str, number: int, registry: FunctionRegistry, seed: int = 0) -> Plan:
    """The conditions of a question.

    Args:
        label: A function's name, or `no_function`.
        number: How many questions for the label came before.
        registry: All functions there are.
        seed: Of the whole run.
    """
    rng = Random(f"{seed} {label} {number}")
    persona = _dealt(personas(), number, f"{seed} {label} personas")
    base = Plan(
        label,
        number,
        persona,
        PHENOMENA[0],
        _clock(rng, persona),
        seed=rng.randrange(1, 2**31 - 1),
        temperature=round(rng.uniform(COOLEST, WARMEST), 2),
    )
    if label == NO_FUNCTION:
        return _silent(base, registry, seed, rng)
    return _asking(base, registry.get(label), registry, seed, rng)


def _silent(base: Plan, registry: FunctionRegistry, seed: int, rng: Random) -> Plan:
    """A plan in which nothing is asked for."""
    topic = _dealt(TOPICS, base.number, f"{seed} topics")
    near = rng.choice(tuple(registry)) if topic.near and len(registry) else None
    fitting = _deck([p for p in PHENOMENA if p.silent])
    phenomenon = _dealt(fitting, base.number, f"{seed} silent")
    return replace(base, phenomenon=phenomenon, topic=topic, near=near)


def _asking(
    base: Plan, first: FunctionDefinition, registry: FunctionRegistry, seed: int, rng: Random
) -> Plan:
    """A plan in which a function is asked for."""
    fitting = _deck([p for p in PHENOMENA if _possible(p, first, registry)])
    phenomenon = _dealt(fitting, base.number, f"{seed} {base.label} phenomena")
    functions = [first]
    if phenomenon.key == "several":
        functions.append(rng.choice(_partners(first, registry)))
    return replace(
        base,
        phenomenon=phenomenon,
        functions=tuple(functions),
        focus=tuple(_focus(definition, rng) for definition in functions),
        absent=rng.choice(_leavable(first)) if phenomenon.key == "missing" else None,
    )


def _dealt(items: Sequence[T], number: int, name: str) -> T:
    """The item of a turn; each comes up once before any comes up again."""
    turn, place = divmod(number, len(items))
    order = list(range(len(items)))
    Random(f"{name} {turn}").shuffle(order)
    return items[order[place]]


def _deck(phenomena: Sequence[Phenomenon]) -> list[Phenomenon]:
    return [phenomenon for phenomenon in phenomena for _ in range(phenomenon.share)]


def _clock(rng: Random, persona: Persona) -> datetime:
    """A minute of a waking hour within a year."""
    minutes = rng.randrange(6 * 60, 23 * 60)
    day = FIRST_DAY + timedelta(days=rng.randrange(365), minutes=minutes)
    return day.replace(tzinfo=persona.zone)


def _possible(
    phenomenon: Phenomenon, definition: FunctionDefinition, registry: FunctionRegistry
) -> bool:
    if phenomenon.key == "missing":
        return bool(_leavable(definition))
    return phenomenon.key != "several" or bool(_partners(definition, registry))


def is_choice(schema: Any) -> bool:
    """Whether a value is one of a few rather than words of the text."""
    return bool(schema.get("enum")) or schema.get("type") == "boolean"


def _leavable(definition: FunctionDefinition) -> list[str]:
    """Required arguments that a speaker can forget."""
    return [name for name in definition.required if not is_choice(definition.properties[name])]


def _partners(first: FunctionDefinition, registry: FunctionRegistry) -> list[FunctionDefinition]:
    """What may be asked for beside a function; itself where its arguments can differ."""
    return [d for d in registry if d.name != first.name or d.properties]


def _focus(definition: FunctionDefinition, rng: Random) -> Focus | None:
    choices = [name for name, schema in definition.properties.items() if is_choice(schema)]
    if not choices:
        return None
    argument = rng.choice(choices)
    values = definition.properties[argument].get("enum") or (True, False)
    return Focus(argument, rng.choice(list(values)))
