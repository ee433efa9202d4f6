"""Fit the argument taggers with CRFsuite and take their weights over for serving."""

import re
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from funcgemma.resolver.embedded.tagger import EDGES, WINDOW, Tagger, token_attributes
from funcgemma.resolver.embedded.view import View

_STATE = re.compile(r"^(-?\d)\|(.*)$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class TaggedView:
    """An utterance with the character spans of its arguments: (argument, start, end)."""

    view: View
    spans: tuple[tuple[str, int, int], ...]


def word_labels(example: TaggedView) -> list[str]:
    """The label of each word; a word belongs to the span that holds its middle."""
    words = example.view.words
    labels = ["O"] * len(words)
    for argument, start, end in example.spans:
        first = True
        for i in range(len(words)):
            if start <= (words.starts[i] + words.ends[i] - 1) / 2 < end:
                labels[i] = f"{'B' if first else 'I'}-{argument}"
                first = False
    return labels


def window_features(attributes: Sequence[Sequence[str]]) -> list[list[str]]:
    """`offset|attribute` for every word and every word around it."""
    reach = len(WINDOW) // 2
    padded = [[EDGES[0]]] * reach + [list(a) for a in attributes] + [[EDGES[1]]] * reach
    return [
        [f"{offset}|{name}" for offset in WINDOW for name in padded[i + reach + offset]]
        for i in range(len(attributes))
    ]


def fit_tagger(examples: Iterable[TaggedView], *, c1: float = 0.05, c2: float = 0.05) -> Tagger:
    """Train on tagged utterances; without any span in them, a tagger that finds nothing."""
    import pycrfsuite

    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    trainer.set_params(
        {"c1": c1, "c2": c2, "max_iterations": 40, "feature.possible_transitions": True}
    )
    tagged = False
    for example in examples:
        labels = word_labels(example)
        if labels:
            trainer.append(window_features(token_attributes(example.view)), labels)
            tagged = tagged or any(label != "O" for label in labels)
    if not tagged:
        return Tagger(
            ("O",), {}, np.zeros((1, len(WINDOW), 1), np.float32), np.zeros((1, 1), np.float32)
        )
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "model.crfsuite")
        trainer.train(path)
        tagger = pycrfsuite.Tagger()
        with tagger.open(path):
            dump = tagger.info()
    return _take_over(dump.labels, dump.transitions, dump.state_features)


def _take_over(
    labels: Iterable[str],
    transitions: Mapping[tuple[str, str], float],
    states: Mapping[tuple[str, str], float],
) -> Tagger:
    names = ("O", *sorted(label for label in labels if label != "O"))
    column = {label: i for i, label in enumerate(names)}
    attributes = sorted({_STATE.match(key)[2] for key, _ in states})  # type: ignore[index]
    index = {name: row for row, name in enumerate(attributes, start=1)}
    weights = np.zeros((len(index) + 1, len(WINDOW), len(names)), np.float32)
    for (key, label), weight in states.items():
        offset, name = _STATE.match(key).groups()  # type: ignore[union-attr]
        weights[index[name], WINDOW.index(int(offset)), column[label]] = weight
    moves = np.zeros((len(names), len(names)), np.float32)
    for (before, after), weight in transitions.items():
        moves[column[before], column[after]] = weight
    return Tagger(names, index, weights, moves)
