"""Delete: an entry, one occurrence of it, or nothing when it is not clear which."""

from dataclasses import replace
from datetime import datetime, time

from funcgemma.functions.reminders.actions.request import Answer, Request, plain, plain_entry
from funcgemma.functions.reminders.actions.words import time_text
from funcgemma.functions.reminders.entries import Occurrence
from funcgemma.functions.reminders.expand import own_start
from funcgemma.functions.reminders.find import Hit, Wanted, find
from funcgemma.functions.reminders.rules import covers_rule
from funcgemma.functions.reminders.said import Said, read_said
from funcgemma.functions.reminders.when import Span

SHOWN = 5
"""The most occurrences that a message names."""


def remove(request: Request) -> Answer:
    """The answer's status is deleted, ambiguous, not_found or incomplete."""
    found = _found(request)
    if isinstance(found, dict):
        return found
    hit, once = found
    return _remove_occurrences(request, hit) if once else _remove_entry(request, hit)


def look(request: Request) -> Answer:
    """What would be removed, with the question whether to: found; else what `remove` answers."""
    found = _found(request)
    if isinstance(found, dict):
        return found
    hit, once = found
    if once:
        message = request.say("ask_once", hit.entry, old=_days(hit.found, request))
    else:
        message = request.say("ask_delete" if hit.entry.start else "ask_untimed", hit.entry)
    return {"status": "found", "entry": plain_entry(hit.entry), "message": message}


def _found(request: Request) -> tuple[Hit, bool] | Answer:
    """The one entry that fits, and whether only single days of it are meant; or why not."""
    said = read_said(request.mentions, request.value, request.now)
    span = request.span or said.old
    if not request.description and span is None and request.recurrence is None:
        hits = find(request.store.entries(), Wanted(), request.now)
        return request.ask("incomplete", "ask_which_delete", (hit.first for hit in hits))
    hits, by_day = _meant(request, span, said)
    if not hits:
        return request.not_found()
    if len(hits) > 1:
        return request.ambiguous(hits)
    return hits[0], hits[0].entry.recurrence is not None and by_day


def _meant(request: Request, span: Span | None, said: Said) -> tuple[tuple[Hit, ...], bool]:
    """(the entries that fit, whether single days of something that returns are meant)."""
    entries, name = request.store.entries(), request.description
    if request.recurrence is not None:  # 毎朝7時の薬を消して: the series, by its time of day
        series = tuple(e for e in entries if covers_rule(e.recurrence, request.recurrence))
        return find(series, Wanted(name, clock=_clock(span)), request.now), False
    hits = find(entries, Wanted(name, span), request.now)
    if said.has_day is not False:
        return hits, span is not None
    return hits or find(entries, Wanted(name, clock=_clock(span)), request.now), False


def _clock(span: Span | None) -> time | None:
    return span.start.time() if span and isinstance(span.start, datetime) else None


def _remove_entry(request: Request, hit: Hit) -> Answer:
    entry = request.store.delete(hit.entry.id, now=request.now)
    key = "deleted_series" if entry.recurrence else "deleted" if entry.start else "deleted_untimed"
    message = request.say(key, entry)
    return {"status": "deleted", "entry": plain_entry(entry), "message": message}


def _remove_occurrences(request: Request, hit: Hit) -> Answer:
    """Some occurrences of something that returns; the others stay."""
    gone = tuple(own_start(o, request.zone) for o in hit.found)
    entry = replace(hit.entry, excluded=(*hit.entry.excluded, *gone))
    request.store.update(entry, now=request.now)
    old = _days(hit.found, request)
    message = request.say("deleted_once", hit.entry, old=old)
    return {
        "status": "deleted",
        "entry": plain(hit.first),
        "occurrences": [plain(o)["start"] for o in hit.found],
        "message": message,
    }


def _days(found: tuple[Occurrence, ...], request: Request) -> str:
    starts = [o.start for o in found if o.start is not None]
    texts = [time_text(start, None, request.language, request.now) for start in starts[:SHOWN]]
    texts += ["…"] if len(starts) > SHOWN else []
    return ("、" if request.language == "ja" else ", ").join(texts)
