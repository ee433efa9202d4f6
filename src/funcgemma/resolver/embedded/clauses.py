"""Where an utterance may be cut into clauses that each ask for something."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from funcgemma.language.morphemes import Words
from funcgemma.resolver.embedded.view import View

_STOPS = frozenset("。．.！!？?\n")
_COMMAS = frozenset("、,，;；")
_CONNECTORS = frozenset((
    "其れから", "其れと", "後", "序で", "序でに", "又", "且つ", "其の後", "其れに", "更に", "あと",
    "それと", "and", "also", "then", "plus",
))  # fmt: skip
_SPLIT_CONNECTORS = (
    ["それ", "と"],
    ["それ", "から"],
    ["ほん", "で"],
    ["加え", "て"],
)
"""Connectors that the dictionary takes for two words."""

_JOINTS = frozenset(("て", "で", "けど", "から", "し", "たら", "ので", "と"))
_LISTING = frozenset(("と", "や", "とか"))
_CUES = frozenset((
    "後", "あと", "其れと", "それと", "其れから", "ついでに", "序で", "序でに", "両方", "二つ",
    "併せる", "一緒", "纏める", "両", "それぞれ", "其々", "and", "also", "both", "plus",
))  # fmt: skip
"""Words of utterances that ask for several things."""

CONNECTOR, STOP, COMMA, JOINT, LISTING = "connector", "stop", "comma", "joint", "listing"


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of words that asks for `function` with this probability."""

    first: int
    last: int
    function: str
    probability: float


def places(view: View) -> Iterator[tuple[int, str]]:
    """(index of the word a clause may begin with, why); never inside quotation marks."""
    words = view.words
    for i in range(1, len(words)):
        if not (view.quoted[i] or view.quoted[i - 1]):
            kind = _kind(words, i)
            if kind:
                yield i, kind


def _kind(words: Words, i: int) -> str:
    before, tag = words.surfaces[i - 1], words.tags[i - 1]
    if words.forms[i] in _CONNECTORS or words.surfaces[i : i + 2] in _SPLIT_CONNECTORS:
        return CONNECTOR
    if words.surfaces[max(0, i - 2) : i] in _SPLIT_CONNECTORS:
        return ""  # それと | 東京: the clause has begun already
    if before in _STOPS:
        return STOP
    if before in _COMMAS:
        return COMMA
    if before in _JOINTS and tag.startswith("助詞-接続助詞"):
        return JOINT
    return LISTING if before in _LISTING and tag.startswith("助詞") else ""


def has_cue(view: View, found: Sequence[tuple[int, str]]) -> bool:
    """Whether a word says that several things are asked for: それと, 両方, also.

    Args:
        view: The utterance.
        found: Its `places`.
    """
    return not _CUES.isdisjoint(view.words.forms) or any(kind == CONNECTOR for _, kind in found)
