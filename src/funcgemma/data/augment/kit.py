"""What the transforms work with: the functions' schemas, and words for each kind of argument."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from random import Random

from funcgemma.data.augment.gold import kind_of
from funcgemma.data.corpus import Schemas
from funcgemma.records import Case


@dataclass(frozen=True, slots=True)
class Kit:
    """Schemas and words.

    Attributes:
        schemas: Function name -> JSON schema of its parameters.
        pool: (function, argument) -> words that stand for it in the cases there are; used
            for arguments that have no lexicon.
    """

    schemas: Schemas
    pool: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)


Transform = Callable[[Case, Random, Kit], Case | None]
"""Makes another case of a case; None where it has nothing to change."""


@lru_cache(maxsize=32)
def lexicon(language: str, name: str) -> tuple[str, ...]:
    """The hand-made words of a list; empty where there is no such list."""
    file = files("funcgemma.data.augment").joinpath("lexicons", language, f"{name}.txt")
    return tuple(file.read_text(encoding="utf-8").splitlines()) if file.is_file() else ()


def make_kit(cases: Iterable[Case], schemas: Schemas) -> Kit:
    """A kit whose pool holds the words of the cases themselves."""
    pool: dict[tuple[str, str], set[str]] = {}
    for case in cases:
        for place, (start, end) in case.spans.items():
            number, argument = place.split(".", 1)
            call, surface = case.calls[int(number)], case.text[start:end]
            if call.arguments.get(argument) == surface and kind_of(call.name, argument, schemas):
                pool.setdefault((call.name, argument), set()).add(surface)
    return Kit(schemas, {key: tuple(sorted(words)) for key, words in pool.items()})
