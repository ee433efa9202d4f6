"""Which entry is meant: by what it is called, by when it is; never a guess between two."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time

from funcgemma.functions.reminders.entries import Entry, Occurrence, as_datetime, is_day
from funcgemma.functions.reminders.expand import (
    occurrence,
    occurrences,
    order,
    upcoming,
)
from funcgemma.functions.reminders.recurrence import starts
from funcgemma.functions.reminders.rules import MOST
from funcgemma.functions.reminders.similar import FITS, similarity
from funcgemma.functions.reminders.when import MINUTE, Span, Window, window_of
from funcgemma.functions.reminders.zones import between_zones, zone_name

NEARER = 0.15
"""By how much a description must fit better for the others to be out."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was said about an entry.

    Attributes:
        description: What it is called.
        span: The days or times it takes place at.
        clock: The time of day it starts at, where no day was named.
    """

    description: str | None = None
    span: Span | None = None
    clock: time | None = None

    @property
    def point(self) -> datetime | None:
        """The one moment that was named."""
        if self.span is None or self.span.end is not None or is_day(self.span.start):
            return None
        return as_datetime(self.span.start)

    @property
    def window(self) -> Window | None:
        """The time in which it takes place."""
        if self.point is not None:
            return Window(self.point, self.point + MINUTE)
        return None if self.span is None else window_of(self.span)


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry that may be meant.

    Attributes:
        entry: The entry.
        found: Its occurrences that fit, in order; `find` gives no entry without one.
        score: How well the description fits.
        past: It is over.
    """

    entry: Entry
    found: tuple[Occurrence, ...]
    score: float = 1.0
    past: bool = False

    @property
    def first(self) -> Occurrence:
        """The first occurrence that fits."""
        return self.found[0]


def find(entries: Iterable[Entry], wanted: Wanted, now: datetime) -> tuple[Hit, ...]:
    """The entries that fit what was said equally well: one = it is meant, more = ask.

    Args:
        entries: All there are.
        wanted: What was said.
        now: The clock; what is over is meant only when nothing else fits.
    """
    hits = [
        _hit(entry, score, wanted, now)
        for entry in entries
        if (score := _score(entry, wanted)) >= FITS
    ]
    return _best(_at_that_time([hit for hit in hits if hit.found], wanted))


def _score(entry: Entry, wanted: Wanted) -> float:
    return similarity(wanted.description, entry.description) if wanted.description else 1.0


def _hit(entry: Entry, score: float, wanted: Wanted, now: datetime) -> Hit:
    zone = zone_name(now)
    if wanted.window is not None:
        return Hit(entry, occurrences(entry, wanted.window, zone), score)
    coming = upcoming(entry, now)
    shown = coming or (Occurrence(entry, None) if entry.start is None else _last(entry, now))
    found = (shown,) if wanted.clock is None or _clock(shown) == wanted.clock else ()
    return Hit(entry, found, score, past=coming is None and entry.start is not None)


def _last(entry: Entry, now: datetime) -> Occurrence:
    """The newest occurrence of something that is over."""
    assert entry.start is not None
    zone = zone_name(now)
    wall = between_zones(now.replace(tzinfo=None), zone, entry.zone)
    found = starts(entry, as_datetime(entry.start), wall, limit=MOST)
    return occurrence(entry, found[-1] if found else entry.start, zone)


def _clock(found: Occurrence) -> time | None:
    return found.start.time() if isinstance(found.start, datetime) else None


def _at_that_time(hits: Sequence[Hit], wanted: Wanted) -> Sequence[Hit]:
    """For a time of day: what starts just then, else what is going on, whole days last.

    A time means a whole day only when that is called by its name.
    """
    if wanted.span is None or is_day(wanted.span.start):
        return hits
    ranks: list[list[Hit]] = [[], [], []]
    for hit in hits:
        starting = tuple(o for o in hit.found if o.start == wanted.point)
        running = tuple(o for o in hit.found if not hit.entry.all_day)
        rank = 0 if starting else 1 if running else 2
        ranks[rank].append(replace(hit, found=starting or running or hit.found))
    return ranks[0] or ranks[1] or (ranks[2] if wanted.description else [])


def _best(hits: Sequence[Hit]) -> tuple[Hit, ...]:
    """Those that are not over, and of these the ones whose description fits best."""
    ahead = [hit for hit in hits if not hit.past] or hits
    top = max((hit.score for hit in ahead), default=0.0)
    best = [hit for hit in ahead if hit.score > top - NEARER]
    return tuple(sorted(best, key=lambda hit: order(hit.first)))
