"""Update: another time or recurrence for an entry, for one occurrence of it, or a question."""

from dataclasses import replace

from funcgemma.errors import StoreError
from funcgemma.functions.reminders.actions.create import first_span
from funcgemma.functions.reminders.actions.request import Answer, Request, plain_entry
from funcgemma.functions.reminders.actions.shift import (
    moved_exclusions,
    moved_rule,
    new_times,
    shifted,
)
from funcgemma.functions.reminders.actions.words import time_text
from funcgemma.functions.reminders.entries import Draft, Entry, Occurrence
from funcgemma.functions.reminders.expand import occurrence, own_start
from funcgemma.functions.reminders.find import Hit, Wanted, find
from funcgemma.functions.reminders.recurrence import checked
from funcgemma.functions.reminders.rules import same_rule
from funcgemma.functions.reminders.said import Said, read_said
from funcgemma.functions.reminders.when import Span


def change(request: Request) -> Answer:
    """The answer's status is updated, ambiguous, not_found, incomplete or invalid."""
    said = read_said(request.mentions, request.value, request.now)
    wanted = _wanted(request, said)
    if wanted is None:
        hits = find(request.store.entries(), Wanted(), request.now)
        return request.ask("incomplete", "ask_which_update", (hit.first for hit in hits))
    hits = _meant(request, wanted, said)
    if not hits:
        return request.not_found()
    if len(hits) > 1:
        return request.ambiguous(hits)
    return _change(request, hits[0], said)


def _wanted(request: Request, said: Said) -> Wanted | None:
    """What was said about the entry; None = nothing at all."""
    wanted = Wanted(request.description, said.old, said.old_clock)
    return None if wanted == Wanted("") and said.day is None else wanted


def _meant(request: Request, wanted: Wanted, said: Said) -> tuple[Hit, ...]:
    """The entries that fit; the day of the new time may also be the old one (明日の会議を4時に)."""
    entries = request.store.entries()
    if said.day is not None and wanted.span is None:
        hits = find(entries, replace(wanted, span=said.day), request.now)
        if hits:
            return hits
    return find(entries, wanted, request.now)


def _change(request: Request, hit: Hit, said: Said) -> Answer:
    entry = hit.entry
    rule = None if same_rule(request.recurrence, entry.recurrence) else request.recurrence
    if request.span is None and rule is None and said.shift_minutes is None:
        return {
            "status": "incomplete",
            "missing": ["datetime"],
            "entry": plain_entry(entry),
            "message": request.say("ask_when", entry),
        }
    if entry.recurrence and not request.recurrence and _names_day(request.span, said):
        return _change_occurrence(request, hit, said)
    return _change_entry(request, hit, said, rule)


def _names_day(span: Span | None, said: Said) -> bool:
    """Whether a day was named, old or new, so that not the whole series is meant."""
    old = said.old is not None or said.day is not None
    return old or (span is not None and not _keeps_day(span, said))


def _keeps_day(span: Span, said: Said) -> bool:
    return not span.has_day or said.has_day is False


def _new_span(request: Request, found: Occurrence, said: Said) -> Span | None:
    if request.span is not None:
        return new_times(found, request.span, keep_day=_keeps_day(request.span, said))
    if said.shift_minutes is not None:
        return shifted(found, said.shift_minutes)
    return first_span(request) if found.start is None else Span(found.start, found.end)


def _change_occurrence(request: Request, hit: Hit, said: Said) -> Answer:
    """Take one occurrence out of its series and keep it as an entry of its own."""
    entry, new = hit.entry, _new_span(request, hit.first, said)
    if new is None or hit.first.start is None:
        return _unusable(request)
    try:
        draft = Draft(description=entry.description, start=new.start, end=new.end)
    except StoreError:
        return _unusable(request)
    gone = own_start(hit.first, request.zone)
    series = replace(entry, excluded=(*entry.excluded, gone))
    single, _ = request.store.change(create=(draft,), update=(series,), now=request.now)
    old = time_text(hit.first.start, None, request.language, request.now)
    message = request.say("updated_once", single, old=old)
    return {"status": "updated", "entry": plain_entry(single), "message": message}


def _change_entry(request: Request, hit: Hit, said: Said, rule: str | None) -> Answer:
    """Change the entry itself; something that returns changes from its first time on."""
    entry, found = hit.entry, hit.first
    if entry.start is not None and entry.recurrence and rule is None:
        found = occurrence(entry, entry.start, request.zone)
    new = _new_span(request, found, said)
    try:
        changed = None if new is None else _moved(entry, found, new, rule)
        if changed is None:
            return _unusable(request)
        changed = checked(replace(changed, zone=request.zone))
    except StoreError:
        return _unusable(request)
    kept = request.store.update(changed, now=request.now)
    message = request.say("updated", kept)
    return {"status": "updated", "entry": plain_entry(kept), "message": message}


def _moved(entry: Entry, found: Occurrence, new: Span, rule: str | None) -> Entry | None:
    """The entry at its new time; None where its recurrence does not go with it."""
    if rule is not None or entry.recurrence is None or found.start is None:
        return replace(entry, start=new.start, end=new.end, recurrence=rule, excluded=())
    kept = moved_rule(entry.recurrence, found.start, new.start)
    if kept is None:
        return None
    excluded = moved_exclusions(entry, new.start)
    return replace(entry, start=new.start, end=new.end, recurrence=kept, excluded=excluded)


def _unusable(request: Request) -> Answer:
    """The new time or recurrence does not go with the entry."""
    if request.recurrence:
        message = request.say("invalid_rule", value=request.recurrence)
    else:
        message = request.say("invalid_shift")
    return {"status": "invalid", "message": message}
