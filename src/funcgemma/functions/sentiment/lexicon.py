"""Words that carry a feeling, found in a text by longest match.

The entries stand in `lexicon/*.txt`. Japanese entries match anywhere; entries
that begin with a Latin letter match whole words, and may be phrases.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from funcgemma.errors import DataError
from funcgemma.functions.sentiment.labels import EMOTION, LABELS
from funcgemma.language.normalise import normalise

FILES = ("ja.txt", "en.txt")
_WEIGHTS = {"-2": -2, "-1": -1, "0": 0, "+1": 1, "+2": 2}


@dataclass(frozen=True, slots=True)
class Entry:
    """What a word says: weight -2 … +2 (0 = nothing), and an emotion or ""."""

    weight: int
    emotion: str


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry found at `start:end` of a text."""

    start: int
    end: int
    entry: Entry


class Lexicon:
    """Entries by word; `word*` stands for every Latin word that begins so."""

    def __init__(self, entries: dict[str, Entry]) -> None:
        self._entries = entries
        lengths: dict[str, set[int]] = {}
        for word in entries:
            lengths.setdefault(word[0], set()).add(len(word.rstrip("*")))
        # Longest first, by first character: most positions of a text cost one look-up.
        self._lengths = {first: sorted(sizes, reverse=True) for first, sizes in lengths.items()}

    def __len__(self) -> int:
        return len(self._entries)

    def find(self, text: str) -> list[Hit]:
        """All entries with a weight or an emotion in a normalised text, from left to right."""
        hits: list[Hit] = []
        position = 0
        while position < len(text):
            hit = self._at(text, position)
            if hit is None:
                position += 1
                continue
            if hit.entry.weight or hit.entry.emotion:
                hits.append(hit)
            position = hit.end
        return hits

    def _at(self, text: str, start: int) -> Hit | None:
        sizes = self._lengths.get(text[start])
        if sizes is None:
            return None
        latin = _is_latin(text[start])
        if latin and start and _is_latin(text[start - 1]):
            return None
        for size in sizes:
            word = text[start : start + size]
            end = start + len(word)
            inside = latin and end < len(text) and _is_latin(text[end])
            entry = self._entries.get(word) if not inside else None
            entry = entry or (self._entries.get(word + "*") if latin else None)
            if entry:
                return Hit(start, _word_end(text, end) if inside else end, entry)
        return None


def _is_latin(character: str) -> bool:
    return character.isascii() and character.isalpha()


def _word_end(text: str, end: int) -> int:
    while end < len(text) and _is_latin(text[end]):
        end += 1
    return end


@lru_cache(maxsize=1)
def load_lexicon() -> Lexicon:
    """The lexicon that comes with the package."""
    folder = files("funcgemma.functions.sentiment") / "lexicon"
    entries: dict[str, Entry] = {}
    for name in FILES:
        lines = (folder / name).read_text(encoding="utf-8").splitlines()
        entries.update(read_entries(name, lines))
    return Lexicon(entries)


def read_entries(name: str, lines: Iterable[str]) -> Iterator[tuple[str, Entry]]:
    """The entries of a lexicon file: each word with what it says.

    Args:
        name: The file's name, for messages.
        lines: Its lines.

    Raises:
        DataError: A line is not `weight emotion: word, word …`; begins with `file:line:`.
    """
    for number, line in enumerate(lines, start=1):
        if not line or line.startswith("#"):
            continue
        head, _, words = line.partition(": ")
        weight, _, emotion = head.partition(" ")
        listed = words.split(", ")
        known = weight in _WEIGHTS and emotion in ("-", *LABELS[EMOTION])
        if not known or not all(listed):
            raise DataError(f"{name}:{number}: not 'weight emotion: word, word'")
        entry = Entry(_WEIGHTS[weight], emotion.replace("-", ""))
        yield from ((normalise(word), entry) for word in listed)
