"""Find names of languages in an utterance: 英語, フランス語, into Spanish."""

import re
from dataclasses import dataclass
from functools import lru_cache

from funcgemma.language.languages import LOOKUP


@dataclass(frozen=True, slots=True)
class LanguageName:
    """A language named in a text: its characters and its ISO 639-1 code."""

    start: int
    end: int
    text: str
    code: str


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    names = sorted(LOOKUP, key=len, reverse=True)
    ascii_names = [re.escape(name) for name in names if name.isascii()]
    others = [re.escape(name) for name in names if not name.isascii()]
    return re.compile(
        rf"(?<![A-Za-z])(?:{'|'.join(ascii_names)})(?![A-Za-z])|{'|'.join(others)}", re.IGNORECASE
    )


@lru_cache(maxsize=1)
def _trigger() -> re.Pattern[str]:
    """A character in which every name ends; most texts have none, and are done with."""
    ends = {name[-1] for name in LOOKUP if not name.isascii()}
    return re.compile(f"[A-Za-z{re.escape(''.join(sorted(ends)))}]")


@lru_cache(maxsize=1)
def _folded() -> dict[str, str]:
    return {name.casefold(): code for name, code in LOOKUP.items()}


def find_languages(text: str) -> tuple[LanguageName, ...]:
    """All language names, left to right, longest first where they overlap."""
    if not _trigger().search(text):
        return ()
    codes = _folded()
    return tuple(
        LanguageName(m.start(), m.end(), m[0], codes[m[0].casefold()])
        for m in _pattern().finditer(text)
    )


def language_code(text: str) -> str | None:
    """The code of the first language named in a text, if there is one."""
    found = find_languages(text)
    return found[0].code if found else None
