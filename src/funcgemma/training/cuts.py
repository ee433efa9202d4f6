"""When stretches of an utterance that ask for different functions are requests of their own."""

from collections.abc import Sequence

import numpy as np

from funcgemma.resolver.embedded import clauses
from funcgemma.resolver.embedded.choose import choose
from funcgemma.training import thresholds
from funcgemma.training.examples import Definitions, Example
from funcgemma.training.held import Held

LEAST_CUTS = 8
"""With fewer utterances that ask for several functions, nothing is cut."""


def fit_cut(held: Held, examples: Sequence[Example], definitions: Definitions) -> tuple[float, ...]:
    """The weights of the decision to cut, from text by writers that the models have not seen."""
    features, several = [], []
    for rows, model in held.models:
        allowed = frozenset(definitions) & frozenset(model.chooser.labels)
        for i in rows:
            example = examples[i]
            pieces = clauses.asking(model, example.view, allowed)
            if clauses.different(pieces):
                scores = choose(model, example.view, example.prior, allowed)
                features.append(clauses.cut_features(example.view, pieces, scores))
                several.append(len({call.name for call in example.case.calls}) > 1)
    if not features or min(sum(several), len(several) - sum(several)) < LEAST_CUTS:
        return ()
    return thresholds.logistic(np.array(features), np.array(several))
