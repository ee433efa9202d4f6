"""`final_particle` and `drop_particle`: the little words of Japanese, added or left out."""

import re
from random import Random

from funcgemma.data.augment.edits import Edit, edited, free
from funcgemma.data.augment.endings import REQUEST, TAIL
from funcgemma.data.augment.kit import Kit
from funcgemma.language.morphemes import analyse
from funcgemma.records import Case

FINAL = (
    (REQUEST, ("てね", "てよ", "てほしい", "てー")),
    (r"(ください|お願いします)$", (r"\1ね",)),
    (r"(?<![ま])(です|だ)$", (r"\1ね", r"\1よ")),
    (r"(ます|ました|でした)$", (r"\1ね", r"\1よ")),
    (r"(?<=[っいんしえけべめれちりき一-鿿])た$", ("たよ", "たなあ", "たわ")),
)
DROPPED = {"を": "助詞-格助詞", "が": "助詞-格助詞", "は": "助詞-係助詞"}


def final_particle(case: Case, rng: Random, kit: Kit) -> Case | None:
    """教えて → 教えてね; questions stay as they are."""
    tail = TAIL.search(case.text)
    body = case.text[: tail.start()] if tail else case.text
    if {"？", "?"} & set(case.text[len(body) :]):
        return None
    for pattern, endings in FINAL:
        match = re.search(pattern, body)
        if match and not (pattern == REQUEST and not case.calls):
            if not all(free(case)[match.start() : len(body)]):
                return None
            new = match.expand(rng.choice(endings))
            return edited(case, [Edit(match.start(), len(body), new)])
    return None


def drop_particle(case: Case, rng: Random, kit: Kit) -> Case | None:
    """予定を教えて → 予定教えて: one を, が or は is left out, as in speech."""
    words = analyse(case.text)
    untouched = free(case)
    found = [
        (start, end)
        for surface, tag, start, end in zip(
            words.surfaces, words.tags, words.starts, words.ends, strict=True
        )
        if DROPPED.get(surface) == tag and start > 0 and all(untouched[start:end])
    ]
    return edited(case, [Edit(*rng.choice(found), "")]) if found else None
