"""Words of a text, by SudachiPy: dictionary forms, parts of speech, proper-noun classes.

SudachiPy's tokenizers are not safe under threads, so every thread has its own.
Character positions refer to the text that was given.
"""

import threading
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from funcgemma.language import english
from funcgemma.language.normalise import MAX_CHARS, clean
from funcgemma.language.places import find_places

PLACE, PERSON, NAME, NUMBER = "PLACE", "PERSON", "NAME", "NUM"
_local = threading.local()


@dataclass(frozen=True, slots=True)
class Words:
    """The morphemes of one text as parallel lists (white space is left out).

    Attributes:
        surfaces: As written.
        forms: Normalised dictionary forms (教え → 教える, おすすめ → 御勧め).
        tags: Part of speech, up to three levels, with the conjugation form of verbs.
        classes: PLACE, PERSON, NAME or NUM for proper nouns and numbers, else "".
        starts: Index of the first character.
        ends: Index after the last character.
    """

    surfaces: list[str]
    forms: list[str]
    tags: list[str]
    classes: list[str]
    starts: list[int]
    ends: list[int]

    def __len__(self) -> int:
        return len(self.surfaces)


@lru_cache(maxsize=1)
def _dictionary() -> Any:
    from sudachipy import Dictionary

    return Dictionary(dict="core")


@lru_cache(maxsize=1)
def dictionary_version() -> str:
    """Name and version of the dictionary; models are tied to it."""
    from importlib.metadata import version

    return f"SudachiDict-core {version('SudachiDict-core')}"


def _tokenizer() -> Any:
    tokenizer = getattr(_local, "tokenizer", None)
    if tokenizer is None:
        from sudachipy import SplitMode

        tokenizer = _dictionary().tokenizer(mode=SplitMode.B)
        _local.tokenizer, _local.tags = tokenizer, {}
    return tokenizer


def _describe(pos: tuple[str, ...]) -> tuple[str, str]:
    """(tag, class) of a six-level Sudachi part of speech."""
    levels = [level for level in pos[:3] if level != "*"]
    form = pos[5].split("-")[0] if pos[5] != "*" else ""
    tag = "-".join(levels) + (f"/{form}" if form else "")
    if pos[1] == "固有名詞":
        return tag, {"地名": PLACE, "人名": PERSON}.get(pos[2], NAME)
    return tag, NUMBER if pos[1] == "数詞" else ""


def analyse(text: str) -> Words:
    """Split a text into words; only its first 4,000 characters are read."""
    words = Words([], [], [], [], [], [])
    tokenizer, tags = _tokenizer(), _local.tags
    latin: list[tuple[str, str, int, int]] = []
    text = clean(text[:MAX_CHARS])
    for morpheme in tokenizer.tokenize(text):
        pos_id = morpheme.part_of_speech_id()
        known = tags.get(pos_id)
        if known is None:
            known = tags[pos_id] = _describe(morpheme.part_of_speech())
        surface = morpheme.surface()
        if not surface:  # one character can hold two words (㍻); the second is empty
            continue
        if english.STRETCH.fullmatch(surface):
            latin.append((surface, known[1], morpheme.begin(), morpheme.end()))
            continue
        if latin:
            _add_english(words, text, latin)
            latin = []
        if known[0] == "空白":
            continue
        words.surfaces.append(surface)
        words.forms.append(morpheme.normalized_form())
        words.tags.append(known[0])
        words.classes.append(known[1])
        words.starts.append(morpheme.begin())
        words.ends.append(morpheme.end())
    if latin:
        _add_english(words, text, latin)
    return words


def _add_english(words: Words, text: str, found: list[tuple[str, str, int, int]]) -> None:
    """Split what the dictionary has found of a stretch of Latin letters anew."""
    first, last = found[0][2], found[-1][3]
    before = len(words)
    classes = {(a, b): kind for _, kind, a, b in found}
    for a, b in english.split(text[first:last]):
        start, end = first + a, first + b
        surface = text[start:end]
        form = english.form_of(surface)
        words.surfaces.append(surface)
        words.forms.append(form)
        words.tags.append(english.tag_of(surface, form))
        # the dictionary takes many an English word for a name; a name has a capital
        words.classes.append("" if surface.islower() else classes.get((start, end), ""))
        words.starts.append(start)
        words.ends.append(end)
    named = [bool(kind) for kind in words.classes[before:]]
    for a, b in find_places(words.forms[before:], words.surfaces[before:], named):
        words.classes[before + a : before + b] = [PLACE] * (b - a)
