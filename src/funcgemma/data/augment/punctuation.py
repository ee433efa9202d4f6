"""`no_punctuation`: the marks left out, as a speech recogniser writes.

A question mark stays where nothing else says that the sentence asks: 降る？ without it is
a statement.
"""

import re
from random import Random

from funcgemma.data.augment.edits import Edit, edited, free
from funcgemma.data.augment.kit import Kit
from funcgemma.records import Case

MARK = re.compile(r"(?<![0-9A-Za-z])[、。，．,.!！…]+|(?<=[A-Za-z])[,.!…]+(?=\s|$)|[？?]+")
ASKS = re.compile(
    r"(?:は|か|かな|って)[？?]|何|なに|なん|どう|どこ|どれ|どっち|どの|いくら|誰|だれ|いつ|教えて|おすすめ|"
    r"^(?:what|who|how|where|when|which|why|is|are|do|does|did|will|can|could|would)\b",
    re.I,
)


def no_punctuation(case: Case, rng: Random, kit: Kit) -> Case | None:
    """Leave out every mark outside quotations, values and times."""
    untouched = free(case)
    asks = bool(ASKS.search(case.text))
    edits = [
        Edit(*match.span(), "")
        for match in MARK.finditer(case.text)
        if all(untouched[slice(*match.span())]) and (asks or not {"？", "?"} & set(match[0]))
    ]
    left = sum(edit.end - edit.start for edit in edits)
    return edited(case, edits) if edits and left < len(case.text) else None
