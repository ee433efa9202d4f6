"""When an utterance is better understood cut in two."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from funcgemma.data.scoring import score_calls
from funcgemma.records import FunctionCall
from funcgemma.resolver.embedded.cutting import JUDGE, SCREEN, Cut, weights_name
from funcgemma.resolver.embedded.resolve import EmbeddedResolver
from funcgemma.training import thresholds
from funcgemma.training.examples import Definitions, Example
from funcgemma.training.held import Held

LEAST_CUTS = 8
"""With fewer cuts on either side that are right, nothing is cut there."""


def fit_cut(
    held: Held, examples: Sequence[Example], definitions: Definitions
) -> dict[str, tuple[float, ...]]:
    """Weights of the decisions to cut; empty if there is too little to learn from.

    They come from text by writers that the models have not seen, and from those of its models
    that can find arguments.
    """
    judged: dict[bool, list[tuple[Cut, bool]]] = {False: [], True: []}
    for rows, model in held.models:
        if model.taggers:
            resolver = EmbeddedResolver(replace(model, cut={}), definitions)
            for i in rows:
                for cut, better in judged_cuts(resolver, examples[i]):
                    judged[cut.same].append((cut, better))
    found: dict[str, tuple[float, ...]] = {}
    for same, cuts in judged.items():
        right = np.array([better for _, better in cuts])
        if min(right.sum(), len(right) - right.sum()) >= LEAST_CUTS:
            words = np.array([cut.words for cut, _ in cuts])
            every = np.array([cut.features for cut, _ in cuts])
            found[weights_name(SCREEN, same)] = thresholds.logistic(words, right)
            found[weights_name(JUDGE, same)] = thresholds.logistic(every, right)
    return found


def judged_cuts(resolver: EmbeddedResolver, example: Example) -> list[tuple[Cut, bool]]:
    """Every cut of an utterance, and whether it brings the gold nearer."""
    found, cuts = resolver.cuts(example.view, example.prior)
    if found is None or not cuts:
        return []
    schemas = {name: d.parameters for name, d in resolver.definitions.items()}
    gold = [call for call in example.case.calls if call.name in schemas]

    def rank(calls: Sequence[FunctionCall]) -> tuple[bool, bool]:
        score = score_calls(calls, gold, schemas)
        return score.function_right, score.call_right

    whole = rank(found.calls)
    return [(cut, rank(cut.found.calls) > whole) for cut in cuts]
