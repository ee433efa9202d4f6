"""Hand-made word classes: words that point to a subject or to a way of speaking.

They serve twice: as features of the linear models (a word never seen in
training still has a class), and as the keyword gate that works without any
model.
"""

import json
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files

from funcgemma.language.morphemes import Words


@lru_cache(maxsize=1)
def lexicon() -> dict[str, tuple[str, ...]]:
    """Class name -> its words, as written."""
    text = files("funcgemma.language").joinpath("lexicon.json").read_text(encoding="utf-8")
    return {name: tuple(words) for name, words in json.loads(text).items()}


@lru_cache(maxsize=1)
def _classes() -> dict[str, tuple[str, ...]]:
    table: dict[str, tuple[str, ...]] = {}
    for name, words in lexicon().items():
        for word in words:
            table[word] = (*table.get(word, ()), name)
    return table


def lexicon_features(words: Words, quoted: Sequence[bool]) -> list[str]:
    """`x:<class>` for each word outside quotations that has one, and the pairs of classes."""
    table = _classes()
    found: list[str] = []
    for surface, form, inside in zip(words.surfaces, words.forms, quoted, strict=True):
        if not inside:
            known = table.get(form) or table.get(surface) or table.get(surface.lower())
            if known:
                found += known
    names = sorted(set(found))
    return [f"x:{name}" for name in found] + [
        f"x:{a}+{b}" for i, a in enumerate(names) for b in names[i + 1 :]
    ]
