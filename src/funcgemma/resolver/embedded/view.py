"""An utterance as the embedded resolver sees it: words, quotations, times and languages.

Reading costs most of a decision's time, so it is done once per utterance and
clauses are cut out of it instead of being read again.
"""

from dataclasses import dataclass, field
from datetime import datetime

from funcgemma.language.features import quoted_words
from funcgemma.language.morphemes import Words, analyse
from funcgemma.language.normalise import MAX_CHARS, gate_text
from funcgemma.language.values.language_names import LanguageName, find_languages
from funcgemma.language.values.times import TimeExpression, find_times
from funcgemma.language.vectors import Floats


@dataclass(frozen=True, slots=True)
class View:
    """One utterance, or a clause of it.

    Attributes:
        text: The whole utterance as it was given.
        now: The clock it was read against.
        matched: The normalised text of this stretch, for character n-grams.
        words: The words of this stretch, positions in `text`.
        quoted: For each word, whether it stands inside quotation marks.
        times: Time expressions of this stretch, left to right.
        languages: Names of languages of this stretch, left to right.
        features: What the linear models see of this stretch; filled when first asked for.
        vectors: The vector of this stretch, likewise.
    """

    text: str
    now: datetime
    matched: str
    words: Words
    quoted: list[bool]
    times: tuple[TimeExpression, ...]
    languages: tuple[LanguageName, ...]
    features: list[str] = field(default_factory=list, compare=False)
    vectors: list[Floats] = field(default_factory=list, compare=False)

    @property
    def start(self) -> int:
        """Index of the first character of this stretch."""
        return self.words.starts[0] if len(self.words) else 0

    @property
    def end(self) -> int:
        """Index after the last character of this stretch."""
        return self.words.ends[-1] if len(self.words) else len(self.text)


def read(text: str, now: datetime, matched: str | None = None) -> View:
    """Read an utterance against the clock `now`: the words of its first 4,000 characters.

    Args:
        text: The utterance.
        now: The clock.
        matched: What `gate_text` makes of it, if that is known already.
    """
    head = text[:MAX_CHARS]
    words = analyse(head)
    return View(
        text,
        now,
        gate_text(text) if matched is None else matched,
        words,
        quoted_words(head, words),
        find_times(head, now),
        find_languages(head),
    )


def cut(view: View, first: int, last: int) -> View:
    """The stretch from word `first` up to, not including, word `last`."""
    w = view.words
    words = Words(
        w.surfaces[first:last],
        w.forms[first:last],
        w.tags[first:last],
        w.classes[first:last],
        w.starts[first:last],
        w.ends[first:last],
    )
    start, end = (words.starts[0], words.ends[-1]) if len(words) else (0, 0)
    return View(
        view.text,
        view.now,
        gate_text(view.text[start:end]),
        words,
        view.quoted[first:last],
        tuple(t for t in view.times if start <= t.start and t.end <= end),
        tuple(name for name in view.languages if start <= name.start and name.end <= end),
    )
