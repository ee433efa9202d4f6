"""Several requests in one utterance: cut it into clauses that each ask for something."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from funcgemma.resolver.embedded.choose import Probabilities, choose_alone
from funcgemma.resolver.embedded.features import NONE
from funcgemma.resolver.embedded.model import EmbeddedModel
from funcgemma.resolver.embedded.numbers import logit
from funcgemma.resolver.embedded.tagger import TaggedSpan
from funcgemma.resolver.embedded.view import View, cut

_STOPS = frozenset("。．.！!？?、,，;；\n")
_CONNECTORS = frozenset((
    "其れから", "其れと", "後", "序で", "序でに", "又", "且つ", "其の後", "其れに", "あと",
    "それと", "and", "also", "then", "plus",
))  # fmt: skip
_JOINTS = frozenset(("て", "で", "けど", "から", "し", "たら", "ので", "と"))
_CUES = frozenset((
    "後", "あと", "其れと", "それと", "其れから", "ついでに", "序で", "序でに", "両方", "二つ",
    "併せる", "一緒", "纏める", "両", "それぞれ", "其々", "and", "also", "both", "plus",
))  # fmt: skip
LEAST_WORDS = 2
MOST_PIECES = 12
MOST_REPEATS = 6
ASKS = 0.4
"""Least probability at which a stretch can count as a request of its own."""

SECOND = 0.02
"""A second function below this probability is not looked for."""

WIDTH = 5
"""Number of features of a cut; the model has one weight for each, plus a bias."""


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of words that asks for `function` with this probability."""

    first: int
    last: int
    function: str
    probability: float


def boundaries(view: View) -> list[int]:
    """Word indices at which a new clause may begin; never inside quotation marks."""
    words, found = view.words, []
    for i in range(1, len(words)):
        if view.quoted[i] or view.quoted[i - 1]:
            continue
        before = words.surfaces[i - 1]
        joint = before in _JOINTS and words.tags[i - 1].startswith("助詞-接続助詞")
        if before in _STOPS or joint or words.forms[i].lower() in _CONNECTORS:
            found.append(i)
    return found


def likely(view: View, scores: Probabilities) -> bool:
    """Whether it is worth looking for several requests: a second function, a cue, or two times."""
    if sum(p >= SECOND for name, p in scores.items() if name != NONE) > 1 or len(view.times) > 1:
        return True
    return not _CUES.isdisjoint(view.words.forms)


def asking(model: EmbeddedModel, view: View, allowed: frozenset[str]) -> list[Clause]:
    """The stretches between boundaries that, read alone, ask for a function."""
    edges = [0, *boundaries(view), len(view.words)]
    if not 2 < len(edges) <= MOST_PIECES + 1:
        return []
    found = []
    for first, last in pairwise(edges):
        if last - first >= LEAST_WORDS:
            scores = choose_alone(model, cut(view, first, last), allowed)
            name = max(scores, key=lambda label: scores[label])
            if name != NONE and scores[name] >= ASKS:
                found.append(Clause(first, last, name, scores[name]))
    return found


def cut_features(view: View, pieces: Sequence[Clause], scores: Probabilities) -> list[float]:
    """What speaks for asking pieces being requests of their own, as `WIDTH` numbers."""
    best: dict[str, float] = {}
    for piece in pieces:
        best[piece.function] = max(best.get(piece.function, 0.0), piece.probability)
    ranked = sorted(best.values(), reverse=True)
    whole = sorted((scores.get(name, 0.0) for name in best), reverse=True)
    cues = any(form in _CUES for form in view.words.forms)
    return [
        logit(ranked[1] if len(ranked) > 1 else 0.0),
        logit(whole[1] if len(whole) > 1 else 0.0),
        float(cues),
        float(len(best) > 2),
        min(len(view.words), 60) / 20,
    ]


def different(pieces: Sequence[Clause]) -> bool:
    """Whether the pieces ask for more than one function."""
    return len({piece.function for piece in pieces}) > 1


def split(
    model: EmbeddedModel, view: View, scores: Probabilities, pieces: Sequence[Clause]
) -> list[Clause]:
    """Clauses for different functions; fewer than two = do not cut.

    Args:
        model: Its `cut` weights decide.
        view: The whole utterance.
        scores: Probabilities of the whole utterance.
        pieces: What `asking` found.
    """
    if not different(pieces) or len(model.cut) != WIDTH + 1:
        return []
    features = cut_features(view, pieces, scores)
    if sum(w * x for w, x in zip(model.cut, features, strict=False)) + model.cut[-1] <= 0:
        return []
    return _grown(_merged(pieces), len(view.words))


def repeated(
    model: EmbeddedModel,
    view: View,
    name: str,
    spans: Sequence[TaggedSpan],
    allowed: frozenset[str],
) -> list[Clause]:
    """Clauses that ask for one function again, each with a span of its own.

    The utterance is cut between the spans; every stretch must have a time of its own, or
    ask for the function by itself.
    """
    edges = [0]
    for before, after in pairwise(spans):
        place = _between(view, before.last, after.first)
        if place is None:
            return []
        edges.append(place)
    edges.append(len(view.words))
    stretches = [(a, b) for a, b in pairwise(edges) if b > a]
    cuts = [cut(view, a, b) for a, b in stretches]
    timed = sum(bool(stretch.times) for stretch in cuts) == len(cuts)
    asks = [choose_alone(model, stretch, allowed).get(name, 0.0) for stretch in cuts]
    if len(cuts) < 2 or not (timed or min(asks) >= ASKS):
        return []
    return [Clause(a, b, name, p) for (a, b), p in zip(stretches, asks, strict=True)]


def _between(view: View, first: int, last: int) -> int | None:
    """Where to cut between two words: at a boundary, else behind のと or と."""
    inside = [i for i in boundaries(view) if first < i <= last]
    if inside:
        return inside[-1]
    joins = [i + 1 for i in range(first, last) if view.words.surfaces[i] == "と"]
    return joins[-1] if joins else None


def _merged(pieces: Sequence[Clause]) -> list[Clause]:
    """Neighbouring pieces of one function as one."""
    merged: list[Clause] = []
    for piece in pieces:
        last = merged[-1] if merged else None
        if last and last.function == piece.function:
            p = max(last.probability, piece.probability)
            merged[-1] = Clause(last.first, piece.last, last.function, p)
        else:
            merged.append(piece)
    return merged


def _grown(pieces: Sequence[Clause], length: int) -> list[Clause]:
    """Each clause reaches from the end of the one before it to its own end; the last to the end."""
    grown: list[Clause] = []
    for piece in pieces:
        first = grown[-1].last if grown else 0
        grown.append(Clause(first, piece.last, piece.function, piece.probability))
    last = grown[-1]
    return [*grown[:-1], Clause(last.first, length, last.function, last.probability)]
