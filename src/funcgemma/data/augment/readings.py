"""`readings`: a word in hiragana instead of kanji (予定 → よてい), as fast typists leave it."""

import re
import threading
from random import Random
from typing import Any

from funcgemma.data.augment.edits import Edit, edited, free
from funcgemma.data.augment.kit import Kit
from funcgemma.language.normalise import MAX_CHARS, clean
from funcgemma.records import Case

KANJI = re.compile(r"[一-鿿々]")
MOST = 2
_local = threading.local()


def readings(case: Case, rng: Random, kit: Kit) -> Case | None:
    """One or two words outside values as they are read; a time must still be read as before."""
    found = _written_in_kanji(case)
    if not found:
        return None
    chosen = rng.sample(found, min(len(found), rng.randint(1, MOST)))
    return edited(case, chosen)


def _written_in_kanji(case: Case) -> list[Edit]:
    untouched = free(case, times=True)
    return [
        Edit(m.begin(), m.end(), hiragana(m.reading_form()))
        for m in _tokenizer().tokenize(clean(case.text[:MAX_CHARS]))
        if KANJI.search(m.surface())
        and m.part_of_speech()[1] not in ("数詞", "固有名詞")
        and m.reading_form() not in ("", "キゴウ")
        and all(untouched[m.begin() : m.end()])
    ]


def hiragana(katakana: str) -> str:
    """カタカナ as ひらがな; other characters stay."""
    return "".join(chr(ord(c) - 0x60) if "ァ" <= c <= "ヶ" else c for c in katakana)


def _tokenizer() -> Any:
    """One tokenizer a thread: SudachiPy's are not safe under threads."""
    if not hasattr(_local, "tokenizer"):
        from sudachipy import Dictionary, SplitMode

        _local.tokenizer = Dictionary(dict="core").tokenizer(mode=SplitMode.B)
    return _local.tokenizer
