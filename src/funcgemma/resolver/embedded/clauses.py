"""Several requests in one utterance: cut it into clauses that each ask for something."""

from dataclasses import dataclass

from funcgemma.resolver.embedded.choose import choose_alone
from funcgemma.resolver.embedded.features import NONE
from funcgemma.resolver.embedded.model import EmbeddedModel
from funcgemma.resolver.embedded.view import View, cut

_STOPS = frozenset("。．.！!？?、,，;；\n")
_CONNECTORS = frozenset(
    "其れから 其れと 後 序で 序でに 又 且つ 其の後 其れに あと それと and also then plus".split()
)
_JOINTS = frozenset(("て", "で", "けど", "から", "し", "たら", "ので"))
LEAST_WORDS = 2


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch that asks for `function` with this probability."""

    view: View
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


def split(model: EmbeddedModel, view: View, allowed: frozenset[str]) -> list[Clause]:
    """The clauses that ask for a function of their own; fewer than two = do not split.

    Neighbouring stretches that ask for nothing, or for the same as the one before, are
    joined, so that reasons and asides stay with their request.
    """
    cuts = boundaries(view)
    if not cuts or len(cuts) > 12:
        return []
    edges = [0, *cuts, len(view.words)]
    pieces = [(a, b) for a, b in zip(edges, edges[1:], strict=False) if b - a >= LEAST_WORDS]
    judged = [(a, b, *_judge(model, cut(view, a, b), allowed)) for a, b in pieces]
    asking = [piece for piece in judged if piece[2] != NONE and piece[3] >= model.clause]
    if len({piece[2] for piece in asking}) < 2:
        return []
    return _grow(model, view, asking)


def _judge(model: EmbeddedModel, view: View, allowed: frozenset[str]) -> tuple[str, float]:
    scores = choose_alone(model, view, allowed)
    name = max(scores, key=lambda label: scores[label])
    return name, scores[name]


def _grow(
    model: EmbeddedModel, view: View, asking: list[tuple[int, int, str, float]]
) -> list[Clause]:
    """Let each request reach from the end of the one before it to its own end."""
    merged: list[list] = []  # type: ignore[type-arg]
    for first, last, name, probability in asking:
        if merged and merged[-1][2] == name:
            merged[-1][1], merged[-1][3] = last, max(merged[-1][3], probability)
        else:
            merged.append([merged[-1][1] if merged else 0, last, name, probability])
        del first
    merged[-1][1] = len(view.words)
    return [Clause(cut(view, a, b), name, p) for a, b, name, p in merged]
