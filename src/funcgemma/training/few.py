"""Functions that come with a handful of examples beside others that have a thousand.

One-against-rest scores of such a function hardly ever reach those of the rest, although
they part its requests from other text rather well by themselves. So its score is measured
against a line of its own: where text by other writers, which does not ask for it, seldom
reaches (`FALSE`). Above the line it soon outweighs the others (`STRETCH`).
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from funcgemma.language.linear import MultiLinear
from funcgemma.resolver.embedded.features import NONE

FEW = 60
"""A function with fewer texts than this has few."""

MANY = 1000
"""With fewer texts in all, no function stands back behind others."""

FALSE = 0.002
"""Share of text asking for something else that may be taken for a request of the function."""

STRETCH = 2.0

Scores = npt.NDArray[np.float64]


def few_labels(labels: Sequence[Collection[str]]) -> frozenset[str]:
    """The functions with few texts; none if there is little text at all."""
    counts = Counter(name for held in labels for name in held)
    if len(labels) < MANY:
        return frozenset()
    return frozenset(name for name, count in counts.items() if count < FEW and name != NONE)


def lines(
    scores: Scores, gold: Sequence[Collection[str]], labels: Sequence[str], few: Collection[str]
) -> dict[str, float]:
    """Label -> the score from which on a text counts as a request of it.

    Args:
        scores: [texts, labels], by models that have not seen the writer.
        gold: The labels that hold for each text.
        labels: Of the columns.
        few: The labels with few texts.
    """
    found = {}
    for name in sorted(few):
        column = scores[:, labels.index(name)]
        own = np.array([name in held for held in gold])
        line = float(np.quantile(column[~own], 1 - FALSE))
        if own.any():  # where the two are apart, stand between them
            line = max(line, (line + float(np.quantile(column[own], 0.1))) / 2)
        found[name] = round(line, 6)
    return found


def moved(scores: Scores, labels: Sequence[str], lines: Mapping[str, float]) -> Scores:
    """Scores [texts, labels] as `with_lines` makes a chooser give them."""
    result = scores.copy()
    for name, line in lines.items():
        column = labels.index(name)
        result[:, column] = STRETCH * (scores[:, column] - line)
    return result


def with_lines(chooser: MultiLinear, lines: Mapping[str, float]) -> MultiLinear:
    """A chooser whose scores of some labels are measured from a line of their own."""
    weights, bias, dense = chooser.weights.copy(), chooser.bias.copy(), chooser.dense.copy()
    for name, line in lines.items():
        if name in chooser.labels:
            column = chooser.labels.index(name)
            weights[:, column] *= STRETCH
            dense[:, column] *= STRETCH
            bias[column] = STRETCH * (bias[column] - line)
    return replace(chooser, weights=weights, bias=bias, dense=dense)
