"""`fillers`: えっと、 or um, in front, as people speak."""

from dataclasses import replace
from random import Random

from funcgemma.data.augment.edits import Edit, edited
from funcgemma.data.augment.kit import Kit
from funcgemma.records import Case

FILLERS = {
    "ja": (
        "えっと、",
        "えーと、",
        "あのー、",
        "あの、",
        "うーんと、",
        "えー、",
        "ねえ、",
        "んー、",
    ),
    "en": ("um, ", "uh, ", "hmm, ", "okay so ", "hey, ", "well, ", "erm, "),
}


def fillers(case: Case, rng: Random, kit: Kit) -> Case | None:
    """One filler in front, where none stands yet."""
    words = FILLERS.get(case.language, ())
    started = tuple(word.strip("、, ー") for word in words)
    if not words or case.text.lower().startswith(started):
        return None
    row = edited(case, [Edit(0, 0, rng.choice(words))])
    return row and replace(row, tags=tuple(dict.fromkeys((*row.tags, "speech"))))
