"""Functions that come with a handful of examples beside others that have a thousand.

One-against-rest scores of such a function hardly ever reach those of the rest, although
they part its requests from other text rather well by themselves. And what its requests look
like to the rest is no evidence against it: to a model that has never heard of alarms, they
are reminders. So the score it competes with is a sum: its own, plus that of each other label
as far as its examples were taken for that label, less a line that other text seldom crosses.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from funcgemma.language.linear import MultiLinear
from funcgemma.resolver.embedded.features import NONE

FEW = 60
"""A function with fewer texts than this has few."""

MANY = 1000
"""With fewer texts in all, no function stands back behind others."""

FALSE = 0.0016
"""Share of text asking for something else that a function with few texts may win."""

STRETCH = 1.25
"""How much the own score counts beside the others."""

SHRINK = 3.0
"""Examples that are taken for no label at all, against too much trust in a few."""

ABSENT = -2.0
"""The score of a label that a model has never seen."""

Scores = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Line:
    """How the score is made with which a function competes.

    Attributes:
        weights: Label -> how much its score counts; the function's own is one of them.
        bias: Added.
    """

    weights: Mapping[str, float]
    bias: float


def few_labels(labels: Sequence[Collection[str]]) -> frozenset[str]:
    """The functions with few texts; none if there is little text at all."""
    counts = Counter(name for held in labels for name in held)
    if len(labels) < MANY:
        return frozenset()
    return frozenset(name for name, count in counts.items() if count < FEW and name != NONE)


def lines(
    scores: Scores,
    gold: Sequence[Collection[str]],
    labels: Sequence[str],
    few: Collection[str],
    none_bias: float = 0.0,
) -> dict[str, Line]:
    """How each of the functions with few texts competes with the other labels.

    Args:
        scores: [texts, labels], by models that have not seen the writer.
        gold: The labels that hold for each text.
        labels: Of the columns.
        few: The labels with few texts.
        none_bias: What is added to `no_function` before labels are compared.
    """
    rest = [i for i, label in enumerate(labels) if label not in few]
    if not rest:
        return {}
    others = scores[:, rest] + np.array([none_bias if labels[i] == NONE else 0.0 for i in rest])
    best, winner = others.max(axis=1), others.argmax(axis=1)
    found = {}
    for name in sorted(few):
        own = np.array([name in held for held in gold])
        alike = np.bincount(winner[own], minlength=len(rest)) / (own.sum() + SHRINK)
        ahead = STRETCH * scores[:, labels.index(name)] + others @ alike - best
        line = float(np.quantile(ahead[~own], 1 - FALSE))
        if own.any():  # where the two are apart, stand between them
            line = max(line, (line + float(np.quantile(ahead[own], 0.1))) / 2)
        weights = {labels[i]: float(share) for i, share in zip(rest, alike, strict=True) if share}
        bias = none_bias * weights.get(NONE, 0.0) - line
        found[name] = Line({name: STRETCH, **weights}, round(bias, 6))
    return found


def with_lines(chooser: MultiLinear, lines: Mapping[str, Line]) -> MultiLinear:
    """A chooser that gives some of its labels the scores with which they compete."""
    weights, bias, dense = chooser.weights.copy(), chooser.bias.copy(), chooser.dense.copy()
    for name, line in lines.items():
        if name in chooser.labels:
            column = chooser.labels.index(name)
            known = [label for label in line.weights if label in chooser.labels]
            columns = [chooser.labels.index(label) for label in known]
            shares = np.array([line.weights[label] for label in known], np.float32)
            absent = sum(w for label, w in line.weights.items() if label not in known)
            weights[:, column] = chooser.weights[:, columns] @ shares
            dense[:, column] = chooser.dense[:, columns] @ shares
            bias[column] = chooser.bias[columns] @ shares + line.bias + ABSENT * absent
    return replace(chooser, weights=weights, bias=bias, dense=dense)
