"""All transforms by name, and how several of them make one row."""

from collections.abc import Iterable, Mapping
from random import Random

from funcgemma.data.augment.clock import shift
from funcgemma.data.augment.dates import exchange_time
from funcgemma.data.augment.endings import plain, polite
from funcgemma.data.augment.fillers import fillers
from funcgemma.data.augment.gold import holds, times_hold
from funcgemma.data.augment.kit import Kit, Transform
from funcgemma.data.augment.particles import drop_particle, final_particle
from funcgemma.data.augment.punctuation import no_punctuation
from funcgemma.data.augment.readings import readings
from funcgemma.data.augment.typos import typos
from funcgemma.data.augment.values import exchange
from funcgemma.data.augment.widths import widths
from funcgemma.records import Case

TRANSFORMS: Mapping[str, Transform] = {
    "values": exchange,
    "dates": exchange_time,
    "clock": shift,
    "polite": polite,
    "plain": plain,
    "final_particle": final_particle,
    "drop_particle": drop_particle,
    "fillers": fillers,
    "no_punctuation": no_punctuation,
    "readings": readings,
    "typos": typos,
    "widths": widths,
}

STAGES: tuple[tuple[float, tuple[str, ...]], ...] = (
    (0.7, ("values",)),
    (0.5, ("dates",)),
    (0.3, ("clock",)),
    (0.5, ("polite", "plain", "final_particle", "drop_particle")),
    (0.5, ("fillers", "no_punctuation", "readings", "typos", "widths")),
)
"""What is asked, then when, then how it is said, then what became of it on the way.

Of each stage at most one transform is tried, with the probability in front.
"""


def vary(
    case: Case, rng: Random, kit: Kit, names: Iterable[str] = TRANSFORMS
) -> tuple[Case, tuple[str, ...]] | None:
    """Another case of this one and the transforms that made it; None if the text came out the same.

    A row whose gold cannot be checked is dropped.
    """
    allowed = set(names)
    row, used = case, list[str]()
    for share, stage in STAGES:
        known = [name for name in stage if name in allowed]
        if known and rng.random() < share:
            name = rng.choice(known)
            made = TRANSFORMS[name](row, rng, kit)
            if made is not None:
                row, used = made, [*used, name]
    if row.text == case.text or not holds(case, row, kit.schemas):
        return None
    return row, tuple(used)


def usable(case: Case, kit: Kit) -> bool:
    """Whether a case can be varied at all: its functions are known and its times check."""
    known = all(call.name in kit.schemas for call in case.calls)
    return known and bool(case.text.strip()) and times_hold(case, kit.schemas)
