"""Find the words of an argument: a linear-chain CRF at run time.

Trained by CRFsuite (training/tagger.py), served here as one table look-up and
one Viterbi pass. Labels are `O`, `B-argument` and `I-argument`.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from funcgemma.language.vectors import word_vectors
from funcgemma.resolver.embedded.view import View

WINDOW = (-3, -2, -1, 0, 1, 2, 3)
EDGES = ("<s>", "</s>")
STOPS = frozenset("。！？!?、,\n")

SPAN_BONUS = 1.0
"""What is added to the start of a span where nothing was chosen, see training/bonuses.py."""

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class TaggedSpan:
    """Words `first` up to, not including, `last` belong to `argument`."""

    argument: str
    first: int
    last: int


def token_attributes(view: View) -> list[list[str]]:
    """What each word is, by itself; the tagger looks at it from up to three words away."""
    words = view.words
    attributes: list[list[str]] = []
    for i, (surface, form, tag) in enumerate(
        zip(words.surfaces, words.forms, words.tags, strict=True)
    ):
        following = words.forms[i + 1] if i + 1 < len(words) else EDGES[1]
        attributes.append(
            [
                "f:" + form,
                "t:" + tag,
                f"c:{words.classes[i]}{'Q' if view.quoted[i] else ''}",
                "s:" + _shape(surface),
                "e:" + surface[-1],
                f"ff:{form}_{following}",
            ]
        )
    for known, classes in zip(attributes, word_vectors().word_classes(words), strict=True):
        known += classes
    _mark_times(view, attributes)
    _mark_order(view, attributes)
    return attributes


def _shape(surface: str) -> str:
    """Script (for Latin letters: case) of the first character and the word's length up to 4."""
    char = surface[0]
    if char.isascii() and char.isalpha():
        script = "a" if char.islower() else "AA" if surface.isupper() else "Aa"
    elif char.isascii():
        script = "9" if char.isdigit() else "."
    elif "぀" <= char <= "ゟ":
        script = "あ"
    elif "゠" <= char <= "ヿ":
        script = "ア"
    else:
        script = "漢" if "一" <= char <= "鿿" else "＊"
    return f"{script}{min(len(surface), 4)}"


def _mark_times(view: View, attributes: list[list[str]]) -> None:
    starts, ends = view.words.starts, view.words.ends
    marks = [(time.start, time.end, f"x:time_{time.granularity}") for time in view.times]
    marks += [(name.start, name.end, "x:language") for name in view.languages]
    for start, end, mark in marks:
        for i in range(len(starts)):
            if starts[i] < end and ends[i] > start:
                attributes[i].append(mark)


def _mark_order(view: View, attributes: list[list[str]]) -> None:
    """Words since the last stop, and which side of the last language name a word stands on."""
    since = 0
    for i, surface in enumerate(view.words.surfaces):
        attributes[i].append(f"d:{min(since, 4)}")
        since = 0 if surface in STOPS else since + 1
    if view.languages:
        start = view.languages[-1].start
        for i, end in enumerate(view.words.ends):
            attributes[i].append("before:language" if end <= start else "after:language")


@dataclass(frozen=True, slots=True)
class Tagger:
    """A CRF of one function.

    Attributes:
        labels: The label of each column; `O` is the first.
        index: Attribute -> row.
        weights: [attributes, window, labels]: what an attribute says about a word that stands
            `window` words before it.
        transitions: [labels, labels], from row to column.
    """

    labels: tuple[str, ...]
    index: dict[str, int]
    weights: Floats
    transitions: Floats

    def emissions(self, attributes: list[list[str]]) -> Floats:
        """Scores of shape [words, labels]."""
        reach = len(WINDOW) // 2
        padded = [[EDGES[0]]] * reach + attributes + [[EDGES[1]]] * reach
        get = self.index.get
        rows: list[int] = []
        starts: list[int] = []
        for token in padded:
            starts.append(len(rows))
            rows.append(0)  # row 0 is all zeros, so that no word is without a row
            rows += [row for row in map(get, token) if row is not None]
        sums = np.add.reduceat(self.weights[rows], starts, axis=0)
        count = len(attributes)
        total: Floats = np.zeros((count, len(self.labels)), np.float32)
        for column in range(len(WINDOW)):
            # what stands at WINDOW[column] from a word speaks about that word
            offset = reach + WINDOW[column]
            total += sums[offset : offset + count, column]
        return total

    def tag(self, view: View, bonus: float = 0.0) -> list[TaggedSpan]:
        """The best labelling, as spans; `bonus` is added to every start of a span."""
        if not len(view.words):
            return []
        emissions = self.emissions(token_attributes(view))
        if bonus:
            emissions[:, [label.startswith("B-") for label in self.labels]] += bonus
        return spans_of([self.labels[i] for i in self._viterbi(emissions)])

    def _viterbi(self, emissions: Floats) -> list[int]:
        rows, transitions = emissions.tolist(), self.transitions.T.tolist()
        labels = range(len(self.labels))
        best, back = rows[0], []
        for row in rows[1:]:
            step, scores = [], []
            for label in labels:
                entering = transitions[label]
                candidates = [best[i] + entering[i] for i in labels]
                top = max(candidates)
                step.append(candidates.index(top))
                scores.append(top + row[label])
            best = scores
            back.append(step)
        path = [best.index(max(best))]
        for step in reversed(back):
            path.append(step[path[-1]])
        return path[::-1]


def spans_of(labels: list[str]) -> list[TaggedSpan]:
    """Join B- and I- labels into spans; an I- without its B- opens a span too."""
    spans: list[TaggedSpan] = []
    for i, label in enumerate(labels):
        if label == "O":
            continue
        prefix, argument = label.split("-", 1)
        last = spans[-1] if spans else None
        if prefix == "I" and last and last.last == i and last.argument == argument:
            spans[-1] = TaggedSpan(argument, last.first, i + 1)
        else:
            spans.append(TaggedSpan(argument, i, i + 1))
    return spans
