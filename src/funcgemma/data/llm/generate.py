"""Cases from a language model: asked for in batches, judged one by one, kept as they come.

A run is named by its model and seed. What an earlier, broken-off run of that name left is
counted, and the questions go on behind its last one.
"""

import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from random import Random
from typing import Any

from funcgemma.backends.base import Backend
from funcgemma.data.generate import SOURCE
from funcgemma.data.labels import label_of
from funcgemma.data.llm.answers import read_items
from funcgemma.data.llm.asking import ask
from funcgemma.data.llm.flaws import Flaw
from funcgemma.data.llm.judge import judge
from funcgemma.data.llm.novelty import Known
from funcgemma.data.llm.plan import Plan, make_plan
from funcgemma.data.llm.prompts import PROMPT_VERSION, make_prompt
from funcgemma.data.llm.samples import Samples
from funcgemma.data.llm.tally import Step, Tally, origin_of, own_rows, shares_of, wanting
from funcgemma.functions.registry import FunctionRegistry
from funcgemma.records import Case

PATIENCE = 25
"""A label is given up after so many questions in a row without a row that is kept."""

AVOIDED = 6
"""Earlier utterances of the label that the model is shown."""


class Generator:
    """Questions to one model until each label has its share of rows.

    Args:
        backend: The model.
        registry: The functions there are.
        cases: What people wrote: samples of the form, and texts that must not come again.
        seed: Names the run, with the model.
        before: The rows of the file that the run goes on in.
        pause: Waits before a failed question is asked again.
    """

    def __init__(
        self,
        backend: Backend,
        registry: FunctionRegistry,
        cases: Sequence[Case],
        *,
        seed: int = 0,
        before: Sequence[Case] = (),
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        self._backend, self._registry, self._seed = backend, registry, seed
        self._pause = pause
        self._samples = Samples(cases, registry.schemas)
        self._known = Known(case.text for case in (*cases, *before))
        self._ids = {row.id for row in before}
        self._own: dict[str, list[Case]] = {}
        for row in own_rows(before, backend, seed):
            self._own.setdefault(label_of(row), []).append(row)

    def run(self, labels: Sequence[str], count: int, tally: Tally) -> Iterator[Step]:
        """Ask until there are `count` rows, as evenly over the labels as the model allows.

        Args:
            labels: Functions, and `no_function` if wanted.
            count: Rows in all, with those in the tally.
            tally: Kept up to date, so that it can be shown when the run is broken off; begins
                with what `Tally.of` counts.

        Yields:
            What each question gave, when it is counted.

        Raises:
            BackendError: The model failed again and again; what came before is kept.
        """
        shares = shares_of(labels, count)
        numbers = {label: self._next_number(label) for label in labels}
        barren: Counter[str] = Counter()
        while open_labels := wanting(labels, count, tally):
            label = min(open_labels, key=lambda one: (tally.made[one] / shares[one], numbers[one]))
            step = self._step(make_plan(label, numbers[label], self._registry, self._seed))
            step = self._keep(step, shares[label] - tally.made[label], tally)
            numbers[label] += 1
            barren[label] = 0 if step.rows else barren[label] + 1
            if barren[label] >= PATIENCE:
                tally.given_up.append(label)
            yield step

    def _step(self, plan: Plan) -> Step:
        """Ask one question and judge what comes."""
        samples, avoid = self._samples.draw(plan), self._avoid(plan)
        messages = make_prompt(plan, samples, avoid, tuple(self._registry))
        items = read_items(ask(self._backend, messages, plan, self._pause))
        if isinstance(items, Flaw):
            return Step(plan.label, refused=(items,))
        found = [self._judged(item, plan) for item in items]
        return Step(
            plan.label,
            tuple(row for row in found if isinstance(row, Case)),
            tuple(flaw for flaw in found if isinstance(flaw, Flaw)),
        )

    def _judged(self, item: Any, plan: Plan) -> Case | Flaw:
        row = judge(item, plan, self._registry.names)
        if isinstance(row, Flaw):
            return row
        if repeated := self._known.flaw(row.text):
            return repeated
        self._known.add(row.text)
        return replace(row, extra={"source": SOURCE, "provenance": self._provenance(plan)})

    def _provenance(self, plan: Plan) -> dict[str, Any]:
        return {
            "backend": self._backend.name,
            "model": self._backend.name.partition(":")[2],
            "persona": plan.persona.id,
            "phenomenon": plan.phenomenon.key,
            **({"topic": plan.topic.key} if plan.topic else {}),
            "prompt": PROMPT_VERSION,
            "seed": self._seed,
            "question": plan.number,
            "temperature": plan.temperature,
        }

    def _keep(self, step: Step, most: int, tally: Tally) -> Step:
        """Number the rows that are still wanted, and count."""
        rows = tuple(replace(row, id=self._new_id()) for row in step.rows[:most])
        self._own.setdefault(step.label, []).extend(rows)
        tally.made[step.label] += len(rows)
        tally.refused.update(flaw.reason for flaw in step.refused)
        tally.asked += 1
        return replace(step, rows=rows)

    def _new_id(self) -> str:
        number = len(self._ids) + 1
        while (found := f"llm-{self._seed}-{number:05d}") in self._ids:
            number += 1
        self._ids.add(found)
        return found

    def _avoid(self, plan: Plan) -> list[str]:
        """A few earlier utterances of the label in the same language."""
        own = [row.text for row in self._own.get(plan.label, ()) if row.language == plan.language]
        rng = Random(f"{plan.seed} avoid")
        return rng.sample(own, min(AVOIDED, len(own)))

    def _next_number(self, label: str) -> int:
        numbers = [origin_of(row).get("question", -1) for row in self._own.get(label, ())]
        return max(numbers, default=-1) + 1
