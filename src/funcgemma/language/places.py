"""Names of places in Latin letters, which the Japanese dictionary hardly knows.

The list (`place_names.txt`, from GeoNames) is made by `tools/build_place_names.py`. A name with
`*` before it is an ordinary word too (Reading, Nice) and needs a capital.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib.resources import files

LONGEST = 4
"""Words of the longest names."""

_BEFORE = frozenset(("in", "at", "to", "from", "near", "around", "for", "of", "over", "through"))
"""After these a name is a place although another name follows (in Lincoln Park)."""


@lru_cache(maxsize=1)
def _names() -> dict[str, bool]:
    """Name in lower case -> whether it needs a capital."""
    text = files("funcgemma.language").joinpath("place_names.txt").read_text(encoding="utf-8")
    return {line.lstrip("*"): line.startswith("*") for line in text.split("\n") if line}


@lru_cache(maxsize=1)
def _beginnings() -> frozenset[str]:
    """First words of names of several words."""
    return frozenset(name.split(" ", 1)[0] for name in _names() if " " in name)


def find_places(
    forms: Sequence[str], surfaces: Sequence[str], named: Sequence[bool]
) -> Iterator[tuple[int, int]]:
    """(first word, word after the last) of each place in a stretch of Latin words.

    Args:
        forms: The words in lower case.
        surfaces: As written.
        named: Whether each word is known as a name of something.
    """
    i = 0
    while i < len(forms):
        size = _of_several(forms, i)
        if not size and _is_name(forms[i], surfaces[i]):
            size = 0 if _is_of_a_person(forms, surfaces, named, i) else 1
        if size:
            yield i, i + size
        i += max(size, 1)


def _of_several(forms: Sequence[str], i: int) -> int:
    """How many words the longest name of several words has that begins here; 0 = none."""
    if forms[i] in _beginnings():
        for size in range(min(LONGEST, len(forms) - i), 1, -1):
            if " ".join(forms[i : i + size]) in _names():
                return size
    return 0


def _is_name(form: str, surface: str) -> bool:
    needs_capital = _names().get(form)
    return needs_capital is False or (needs_capital is True and surface[0].isupper())


def _is_of_a_person(
    forms: Sequence[str], surfaces: Sequence[str], named: Sequence[bool], i: int
) -> bool:
    """Whether a name of one word stands beside one that is no place: Michael Jordan."""
    if not surfaces[i][0].isupper() or (i and forms[i - 1] in _BEFORE):
        return False
    return any(
        surfaces[k][0].isupper()
        and len(forms[k]) > 1
        and forms[k] not in _names()
        and (k > 0 or named[k])  # the first word has a capital anyway
        for k in (i - 1, i + 1)
        if 0 <= k < len(forms)
    )
