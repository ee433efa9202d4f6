"""List: what takes place at a named time, or all that lies ahead."""

from funcgemma.functions.reminders.actions.request import Answer, Request
from funcgemma.functions.reminders.actions.words import time_text
from funcgemma.functions.reminders.entries import Entry, Occurrence
from funcgemma.functions.reminders.expand import order, upcoming
from funcgemma.functions.reminders.recurrence import is_subdaily
from funcgemma.functions.reminders.similar import FITS, similarity
from funcgemma.functions.reminders.when import window_of


def show(request: Request) -> Answer:
    """The entries in the order they take place; the answer's status is listed."""
    if request.span is not None:
        found = _first_steps(request.store.list(window_of(request.span), zone=request.zone))
    else:
        found = _ahead(request)
    if request.description:
        fits = _fitting(request)
        found = tuple(o for o in found if o.entry.id in fits)
    key = "listed" if found else "listed_none"
    return request.show("listed", key, found, what=_what(request))


def _first_steps(found: tuple[Occurrence, ...]) -> tuple[Occurrence, ...]:
    """Without the later occurrences of what returns by the hour, which would bury the rest."""
    seen: set[int] = set()
    kept = []
    for one in found:
        rule = one.entry.recurrence
        if rule is None or not is_subdaily(rule) or one.entry.id not in seen:
            kept.append(one)
        seen.add(one.entry.id)
    return tuple(kept)


def _ahead(request: Request) -> tuple[Occurrence, ...]:
    """The next occurrence of each entry that is not over, then those without a time."""
    found = [_next(entry, request) for entry in request.store.entries()]
    return tuple(sorted((o for o in found if o is not None), key=order))


def _next(entry: Entry, request: Request) -> Occurrence | None:
    return Occurrence(entry, None) if entry.start is None else upcoming(entry, request.now)


def _fitting(request: Request) -> set[int]:
    """The numbers of the entries of that description."""
    entries = request.store.entries()
    return {e.id for e in entries if similarity(request.description, e.description) >= FITS}


def _what(request: Request) -> str:
    """What was asked for, in words."""
    japanese, span = request.language == "ja", request.span
    about = request.description
    if span is None:
        when = "これから" if japanese else "ahead"
    else:
        when = time_text(span.start, span.end, request.language, request.now)
    if japanese:
        return f"{when}の「{about}」の予定" if about else f"{when}の予定"
    return f"Reminders {when} about “{about}”" if about else f"Reminders {when}"
