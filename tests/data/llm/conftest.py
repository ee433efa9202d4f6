"""Plans made by hand, and a model that answers with what people have written."""

import json
from collections.abc import Iterable

import pytest

from funcgemma.backends.base import Abilities, Completion
from funcgemma.data.examples import CLOCK
from funcgemma.data.llm.personas import personas
from funcgemma.data.llm.phenomena import PHENOMENA
from funcgemma.data.llm.plan import Focus, Plan, make_plan
from funcgemma.data.llm.samples import Samples
from funcgemma.data.llm.topics import TOPICS

SPEAKERS = {"ja": personas()[0], "en": personas()[-1]}
WAYS = {phenomenon.key: phenomenon for phenomenon in PHENOMENA}
KNOWN_WRITERS, MODEL_WRITERS = ("w01", "w04"), ("w05", "w11", "e05", "e09")


@pytest.fixture(scope="session")
def plan_of(registry):
    """A plan for functions by name (none: small talk), everything else as for Plan."""

    def build(*names, way="plain", language="ja", focus=(), absent=None, functions=registry):
        found = tuple(functions.get(name) for name in names)
        settled = [Focus(*pair) if pair else None for pair in focus] or [None] * len(found)
        return Plan(
            label=names[0] if names else "no_function",
            number=0,
            persona=SPEAKERS[language],
            phenomenon=WAYS[way],
            now=CLOCK,
            functions=found,
            focus=tuple(settled),
            absent=absent,
            topic=None if names else TOPICS[4],
        )

    return build


@pytest.fixture(scope="session")
def written(corpus):
    """What the generator knows."""
    return [case for case in corpus if case.writer in KNOWN_WRITERS]


@pytest.fixture(scope="session")
def others(corpus, registry):
    """What the model says: text of other writers."""
    return Samples([case for case in corpus if case.writer in MODEL_WRITERS], registry.schemas)


def answer(others, plan, number=4):
    """An answer to a question, as a good model gives it."""
    return json.dumps({"items": others.draw(plan, number)}, ensure_ascii=False)


class WellRead:
    """A backend whose model answers with what people have written."""

    def __init__(self, others, registry, labels: Iterable[str], seed=0, questions=60):
        plans = [make_plan(label, n, registry, seed) for label in labels for n in range(questions)]
        self._others = others
        self._plans = {plan.seed: plan for plan in plans}
        self.asked = []

    name = "test:well-read"
    abilities = Abilities(json_schema=True)

    def chat(self, messages, options):
        plan = self._plans[options.seed]
        self.asked.append((plan, messages, options))
        return Completion(answer(self._others, plan))


@pytest.fixture(scope="session")
def well_answered(others):
    """The text of a good answer to a plan."""
    return lambda plan: answer(others, plan)


@pytest.fixture(scope="session")
def well_read(others, registry):
    return lambda labels, seed=0: WellRead(others, registry, labels, seed)
