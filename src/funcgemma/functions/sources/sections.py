"""The plain text of a wiki article, cut into its sections."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

_HEADING = re.compile(r"^(={2,6})[ \t]*(.+?)[ \t]*\1[ \t]*$", re.MULTILINE)
_SENTENCE_END = re.compile(r"[。！？!?]|\.(?=\s|$)|\n")
_EMPTY = re.compile(r"[（(][\s,、;；]*[）)]")
SHORTEST = 20
"""A section with less text than this has nothing to say: many articles are skeletons."""


@dataclass(frozen=True, slots=True)
class Section:
    """One heading and the text below it, up to the next heading of any level."""

    title: str
    level: int
    text: str


def split(extract: str) -> tuple[str, tuple[Section, ...]]:
    """The lead of an article, and its sections.

    The extract has headings in wiki form: `== 経歴 ==`.
    """
    headings = list(_HEADING.finditer(extract))
    ends = [heading.start() for heading in headings[1:]] + [len(extract)]
    lead = extract[: headings[0].start()] if headings else extract
    sections = tuple(
        Section(heading[2], len(heading[1]), tidy(extract[heading.end() : end]))
        for heading, end in zip(headings, ends, strict=False)
    )
    return tidy(lead), sections


def find(sections: Sequence[Section], wanted: Sequence[str]) -> Section | None:
    """The first section with one of these headings that has something to say.

    Headings that are equal come before those that only contain the words. The
    text includes that of the subsections.
    """
    for fits in (str.__eq__, str.__contains__):
        for word in wanted:
            for index, section in enumerate(sections):
                if fits(section.title.casefold(), word.casefold()):
                    text = _with_subsections(sections, index)
                    if len(text) >= SHORTEST:
                        return Section(section.title, section.level, text)
    return None


def clip(text: str, longest: int) -> str:
    """The text up to the end of a sentence that still fits."""
    if len(text) <= longest:
        return text
    ends = [match.end() for match in _SENTENCE_END.finditer(text, 0, longest)]
    # A first sentence that ends very early would leave next to nothing.
    if ends and ends[-1] >= longest // 3:
        return text[: ends[-1]].strip()
    return text[: longest - 1].rstrip() + "…"


def tidy(text: str) -> str:
    """Without the empty brackets and lines that removed markup leaves behind."""
    lines = (line.strip() for line in _EMPTY.sub("", text).splitlines())
    return "\n".join(line for line in lines if line)


def _with_subsections(sections: Sequence[Section], index: int) -> str:
    top = sections[index]
    parts = [top.text]
    for section in sections[index + 1 :]:
        if section.level <= top.level:
            break
        parts.append(f"{section.title}\n{section.text}" if section.text else "")
    return "\n".join(part for part in parts if part)
