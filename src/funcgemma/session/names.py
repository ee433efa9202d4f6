"""A name that stands alone: 京都, 京都です, えっと、京都でお願いします, in Kyoto please."""

import re

from funcgemma.language.morphemes import NAME, PERSON, PLACE
from funcgemma.resolver.embedded.view import View

_NOMINAL = ("名詞", "接頭辞", "接尾辞", "形状詞", "記号")
_AROUND = ("助詞", "助動詞", "補助記号", "感動詞", "代名詞")
_POLITE = frozenset(("御願い", "願う", "下さい", "下さる", "為る", "致す", "言う"))
_PREFIX = "接頭辞"
_ENGLISH_EDGE = re.compile(
    r"^(?:(?:um|uh|well|it'?s|in|at|to|for|of|about|the one in)\s+)+"
    r"|[\s,]*(?:please|thanks)?[.!]*$",
    re.IGNORECASE,
)
LONGEST = 60
"""More characters than this are no name."""
LONGEST_ENGLISH = 4
"""More words than this are a sentence."""


def bare_name(view: View) -> tuple[int, int] | None:
    """Where the name stands, if the utterance holds nothing else but times and politeness."""
    if len(view.text) > LONGEST:
        return None
    if _is_english(view.text):
        return _english(view)
    words = view.words
    rows = [i for i in range(len(words)) if not _in_time(view, i)]
    while rows and _is_edge(view, rows[0]):
        rows.pop(0)
    # A prefix ends no name: it belongs to お願い.
    while rows and (_is_edge(view, rows[-1]) or words.tags[rows[-1]].startswith(_PREFIX)):
        rows.pop()
    if not rows or rows[-1] - rows[0] + 1 != len(rows) or not _is_name(view, rows):
        return None
    return words.starts[rows[0]], words.ends[rows[-1]]


def _in_time(view: View, row: int) -> bool:
    start = view.words.starts[row]
    return any(time.start <= start < time.end for time in view.times)


def _is_edge(view: View, row: int) -> bool:
    return view.words.tags[row].startswith(_AROUND) or view.words.forms[row] in _POLITE


def _is_name(view: View, rows: list[int]) -> bool:
    """Nouns only; behind a の only proper ones (東京の新宿, but not 京都の天気)."""
    words = view.words
    behind = False
    for row in rows:
        if words.surfaces[row] == "の":
            behind = True
            continue
        nominal = words.tags[row].startswith(_NOMINAL) or words.surfaces[row] in ("・", "ー")
        if not nominal or (behind and words.classes[row] not in (PLACE, PERSON, NAME)):
            return False
    return True


def _is_english(text: str) -> bool:
    """Whether most of it is ASCII: Translate 猫 to English."""
    letters = [character for character in text if character.isalnum()]
    return 2 * sum(map(str.isascii, letters)) > len(letters) or text.isascii()


def _without_times(view: View) -> str:
    """The text with blanks for the times (tomorrow in Kyoto)."""
    text = view.text
    for time in view.times:
        text = text[: time.start] + " " * (time.end - time.start) + text[time.end :]
    return text


def _english(view: View) -> tuple[int, int] | None:
    text = _without_times(view)
    first = len(text) - len(text.lstrip())
    found = _english_name(text[first:].rstrip())
    return (first + found[0], first + found[1]) if found else None


def _english_name(text: str) -> tuple[int, int] | None:
    start, end = 0, len(text)
    for match in _ENGLISH_EDGE.finditer(text):
        if match.start() == 0 and match.end() < len(text):
            start = match.end()
        elif match.end() == len(text):
            end = min(end, match.start())
    name = text[start:end]
    if not name.strip() or "?" in name or "  " in name or len(name.split()) > LONGEST_ENGLISH:
        return None
    return start, end
