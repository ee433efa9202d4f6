"""What the parts of a split have in common that they should not."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from funcgemma.data.groups import block_of, source_of
from funcgemma.data.scoring import canonical
from funcgemma.data.similar import NEAR, SHORT, alike
from funcgemma.records import Case

Parts = Mapping[str, Sequence[Case]]
SHOWN = 200
"""Of each kind of leak so many are listed; the counts are of all."""

FEW = 4
"""A template with fewer characters of its own is everybody's ([場所]は？)."""


def leak_report(parts: Parts) -> dict[str, Any]:
    """Count and list what stands in more than one part.

    `writers`, `groups` and `dialogues` are names; `same_text` and `near_duplicates` are pairs of
    cases of `SHORT` characters or more; `short_same_text` and `templates` are texts that people
    write independently of each other, for information.
    """
    same, near, short = _pairs(parts)
    found = {
        "writers": _shared(parts, lambda case: case.writer),
        "groups": _shared(parts, lambda case: case.group),
        "dialogues": _shared(parts, _dialogue),
        "same_text": same,
        "near_duplicates": near,
        "short_same_text": short,
        "templates": _shared(parts, template),
    }
    return {
        "threshold": NEAR,
        "short": f"fewer than {SHORT} characters",
        "counts": {name: len(items) for name, items in found.items()},
        **{name: items[:SHOWN] for name, items in found.items()},
    }


def template(case: Case) -> str:
    """The text with its arguments' names for their words; "" where little else is said."""
    spans = sorted({(*span, name.split(".", 1)[1]) for name, span in case.spans.items()})
    pieces, own, at = [], 0, 0
    for start, end, name in spans:
        if start < at:
            continue
        pieces += [case.text[at:start], f"[{name}]"]
        own, at = own + start - at, end
    own += len(case.text) - at
    return canonical("".join(pieces) + case.text[at:]) if spans and own >= FEW else ""


def _dialogue(case: Case) -> str:
    """Files of different writers may number their dialogues alike."""
    return f"{case.writer}/{block_of(source_of(case))}"


def _shared(parts: Parts, key: Callable[[Case], str]) -> list[dict[str, Any]]:
    """Keys that occur in several parts, with the number of cases in each."""
    counts: dict[str, dict[str, int]] = {}
    for name, cases in parts.items():
        for case in cases:
            if value := key(case):
                places = counts.setdefault(value, {})
                places[name] = places.get(name, 0) + 1
    return [{"name": k, "parts": counts[k]} for k in sorted(counts) if len(counts[k]) > 1]


def _pairs(parts: Parts) -> tuple[list[Any], list[Any], list[Any]]:
    """(same texts, near texts, same short texts) that stand in different parts."""
    placed = [(name, case) for name, cases in parts.items() for case in cases]
    found = alike([case.text for _, case in placed])
    same: list[Any] = []
    near: list[Any] = []
    for first, second, similarity in found.pairs():
        if placed[first][0] != placed[second][0]:
            row = {"similarity": similarity, "cases": [_named(*placed[i]) for i in (first, second)]}
            (same if similarity == 1.0 else near).append(row)
    short = []
    for text, members in found.same_short():
        names = _ordered(placed[i][0] for i in members)
        if len(names) > 1:
            short.append({"text": text, "parts": names})
    return same, near, short


def _named(part: str, case: Case) -> dict[str, str]:
    return {"part": part, "id": case.id, "text": case.text}


def _ordered(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(names))
