"""What models say about text by writers they have not seen: every writer is held out once."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from funcgemma.gate.gate import Gate
from funcgemma.resolver.embedded.calls import Resolution
from funcgemma.resolver.embedded.features import NONE, utterance_vector
from funcgemma.resolver.embedded.model import EmbeddedModel
from funcgemma.resolver.embedded.resolve import EmbeddedResolver
from funcgemma.training.embedded import fit_embedded, least_uses
from funcgemma.training.examples import Definitions, Example
from funcgemma.training.few import ABSENT, Line, with_lines
from funcgemma.training.folds import LARGE
from funcgemma.training.linear import fit_binary

Progress = Callable[[float, str], None]

GATE_C = 1.0


@dataclass(frozen=True, slots=True)
class Learned:
    """What is learned from, read once.

    Attributes:
        examples: The cases.
        features: What the function chooser sees of each.
        grams: What the gate sees of each.
        labels: All labels, sorted.
        few: The functions with few examples, see few.py.
    """

    examples: Sequence[Example]
    features: Sequence[list[str]]
    grams: Sequence[list[str]]
    labels: tuple[str, ...]
    few: frozenset[str]


@dataclass(frozen=True, slots=True)
class Held:
    """What models said about examples by writers they had not seen.

    Attributes:
        gate_scores: [examples].
        function_scores: [examples, labels], each label against the rest.
        models: (rows of examples, the model that has not seen their writers).
    """

    gate_scores: np.ndarray
    function_scores: np.ndarray
    models: tuple[tuple[list[int], EmbeddedModel], ...]

    def with_lines(self, lines: Mapping[str, Line]) -> "Held":
        """The same with models in which some labels compete by a line of their own."""
        models = tuple(
            (rows, replace(model, chooser=with_lines(model.chooser, lines)))
            for rows, model in self.models
        )
        return replace(self, models=models)

    def tuned(self, settled: EmbeddedModel) -> "Held":
        """The same with the numbers that were chosen over all of the models."""
        models = tuple(
            (
                rows,
                replace(
                    model,
                    temperature=settled.temperature,
                    none_bias=settled.none_bias,
                    scarce=settled.scarce,
                    span_bonus=settled.span_bonus,
                    cut=settled.cut,
                ),
            )
            for rows, model in self.models
        )
        return replace(self, models=models)


def fit_gate(learned: Learned, rows: Sequence[int], seed: int) -> Gate | None:
    """The gate; None if all the rows ask for a function, or none does."""
    needs = [learned.examples[i].label != NONE for i in rows]
    if len(set(needs)) < 2:
        return None
    grams = [learned.grams[i] for i in rows]
    return Gate(fit_binary(grams, needs, c=GATE_C, seed=seed, min_df=least_uses(needs)))


def hold_out(
    learned: Learned,
    parts: Sequence[list[int]],
    definitions: Definitions,
    seed: int,
    progress: Progress,
) -> Held:
    """Measure the examples in `parts`; those in none of them are only learned from.

    With much text only the first part gets taggers, which take most of the time.
    """
    measured = sum(map(len, parts))
    gate_scores = np.ones(measured)
    function_scores = np.full((measured, len(learned.labels)), ABSENT)
    models = []
    for number, test in enumerate(parts):
        progress(
            0.05 + 0.8 * number / len(parts), f"other writers, part {number + 1} of {len(parts)}"
        )
        inside = set(test)
        rows = [i for i in range(len(learned.examples)) if i not in inside]
        gate = fit_gate(learned, rows, seed)
        spans = number == 0 or len(learned.examples) <= LARGE
        model = fit_rows(learned, rows, definitions, seed, spans=spans)
        columns = [learned.labels.index(label) for label in model.chooser.labels]
        for i in test:
            if gate:
                gate_scores[i] = gate.linear.score(learned.grams[i])
            vector = utterance_vector(learned.examples[i].view)
            function_scores[i, columns] = model.chooser.scores(learned.features[i], vector)
        models.append((test, model))
    return Held(gate_scores, function_scores, tuple(models))


def fit_rows(
    learned: Learned,
    rows: Sequence[int],
    definitions: Definitions,
    seed: int,
    *,
    spans: bool = True,
) -> EmbeddedModel:
    """The embedded model of some of the examples."""
    examples = [learned.examples[i] for i in rows]
    features = [learned.features[i] for i in rows]
    return fit_embedded(examples, features, definitions, seed=seed, spans=spans, few=learned.few)


def resolve_held(
    held: Held, examples: Sequence[Example], definitions: Definitions
) -> list[Resolution]:
    """Resolve every example with the model that has not seen its writer."""
    found: dict[int, Resolution] = {}
    for rows, model in held.models:
        resolver = EmbeddedResolver(model, definitions)
        for i in rows:
            found[i] = resolver.resolve(examples[i].case.dialogue, examples[i].prior)
    return [found[i] for i in range(len(examples))]
