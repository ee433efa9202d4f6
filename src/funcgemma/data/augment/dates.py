"""`dates`: a time said otherwise (明日 → 来週の木曜), its value read by the normaliser.

The new words name a time of the same sort (a day for a day, an hour of a day for an hour of a
day), because the sort decides other arguments, such as the kind of forecast.
"""

import re
from functools import lru_cache
from random import Random

from funcgemma.data.augment.edits import QUOTED, Edit, edited
from funcgemma.data.augment.gold import times_hold, with_times_read
from funcgemma.data.augment.kit import Kit, lexicon
from funcgemma.data.examples import CLOCK
from funcgemma.language.values.times import TimeExpression, find_times
from funcgemma.records import Case

PREPOSITION = re.compile(r"(?:(?:on|at|in|by)\s)?", re.I)
"""What English spans may hold in front of a time."""

LEADING = re.compile(r"(?:on|at|in|by|this|next|every)\b", re.I)
BEFORE = re.compile(r"\b(?:on|at|the|this|next|every|from|since|until|till|to)\s$", re.I)

Span = tuple[int, int]


def exchange_time(case: Case, rng: Random, kit: Kit) -> Case | None:
    """Exchange the words of one time."""
    found = [
        (span, time)
        for time in find_times(case.text, case.now)
        if (span := _span_of(case, time)) and _may_change(case, span, time)
    ]
    if not found or not times_hold(case, kit.schemas):
        return None
    span, old = rng.choice(found)
    surface = case.text[slice(*span)]
    language = "en" if surface.isascii() and case.language == "en" else "ja"
    sort = _sort(surface, old)
    words = [w for w in lexicon(language, "times") if w != surface and _sort_of_word(w) == sort]
    if not words:
        return None
    row = edited(case, [Edit(*span, rng.choice(words))])
    return with_times_read(row, kit.schemas) if row else None


def _span_of(case: Case, time: TimeExpression) -> Span | None:
    """The span that holds the whole time and nothing else but a preposition."""
    for start, end in set(case.spans.values()):
        before = case.text[start : time.start]
        if end == time.end and start <= time.start and PREPOSITION.fullmatch(before):
            return start, end
    return None


def _may_change(case: Case, span: Span, time: TimeExpression) -> bool:
    """Whether a time is not behind us, not quoted, and hangs on no word before it."""
    past = bool(time.value) and str(time.value)[:10] < case.now.date().isoformat()
    quoted = any(m.start() < time.end and time.start < m.end() for m in QUOTED.finditer(case.text))
    return not past and not quoted and not BEFORE.search(case.text[: span[0]])


def _sort(surface: str, time: TimeExpression) -> tuple[object, ...]:
    """What must stay the same when a time is exchanged."""
    leading = LEADING.match(surface)
    return (
        time.granularity,
        time.has_day,
        time.recurrence is not None,
        "/" in (time.value or ""),
        leading[0].lower() if leading else "",
    )


@lru_cache(maxsize=512)
def _sort_of_word(word: str) -> tuple[object, ...] | None:
    """The sort of a word of the list; it is the same whatever the clock says."""
    found = find_times(word, CLOCK)
    return _sort(word, found[0]) if len(found) == 1 else None
