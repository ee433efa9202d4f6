"""`widths`: letters, digits and marks in full width, or katakana in half width."""

import unicodedata
from random import Random

from funcgemma.data.augment.edits import Edit, edited, free
from funcgemma.data.augment.kit import Kit
from funcgemma.records import Case

FULL = {chr(code): chr(code + 0xFEE0) for code in range(0x21, 0x7F)}
_KANA = {unicodedata.normalize("NFKC", chr(c)): chr(c) for c in range(0xFF66, 0xFF9E)}
_VOICED = {
    unicodedata.normalize("NFC", kana + mark): half + shown
    for kana, half in _KANA.items()
    for mark, shown in (("\u3099", "ﾞ"), ("\u309a", "ﾟ"))
    if len(unicodedata.normalize("NFC", kana + mark)) == 1
}
HALF = {**_KANA, **_VOICED}


def widths(case: Case, rng: Random, kit: Kit) -> Case | None:
    """Everything that can change its width does, outside values; times must stay readable."""
    if case.language != "ja":
        return None
    untouched = free(case, times=True)
    tables = [rng.choice((FULL, HALF)), FULL, HALF]
    for table in tables:
        edits = [
            Edit(i, i + 1, table[char])
            for i, char in enumerate(case.text)
            if char in table and untouched[i]
        ]
        if edits:
            return edited(case, edits)
    return None
