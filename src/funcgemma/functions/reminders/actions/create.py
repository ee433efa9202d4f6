"""Create: keep a new entry, unless there is nothing to keep or it is there already."""

from datetime import timedelta

from funcgemma.errors import StoreError
from funcgemma.functions.reminders.actions.request import Answer, Request, plain_entry
from funcgemma.functions.reminders.announce import last_moment
from funcgemma.functions.reminders.entries import Draft, Entry, When
from funcgemma.functions.reminders.recurrence import checked, is_subdaily, next_start
from funcgemma.functions.reminders.rules import same_rule
from funcgemma.functions.reminders.similar import EXACT, similarity
from funcgemma.functions.reminders.when import MINUTE, Span


def create(request: Request) -> Answer:
    """Keep what was said; the answer's status is created, duplicate, incomplete or invalid."""
    if not request.description and request.span is None:
        missing = ["description", "datetime"]
        return {"status": "incomplete", "missing": missing, "message": request.say("ask_what")}
    try:
        draft = _draft(request)
    except StoreError:
        message = request.say("invalid_rule", value=request.recurrence)
        return {"status": "invalid", "message": message}
    twin = next((e for e in request.store.entries() if _is_same(e, draft)), None)
    if twin is not None:
        message = request.say("duplicate", twin)
        return {"status": "duplicate", "entry": plain_entry(twin), "message": message}
    entry = request.store.create(draft, now=request.now)
    message = request.say(_key(entry, request), entry)
    return {"status": "created", "entry": plain_entry(entry), "message": message}


def _draft(request: Request) -> Draft:
    """What is to be kept.

    Raises:
        StoreError: The recurrence never takes place.
    """
    span = request.span or first_span(request)
    return checked(
        Draft(
            description=request.description,
            start=span.start if span else None,
            end=span.end if span else None,
            recurrence=request.recurrence,
            zone=request.zone,
        )
    )


def first_span(request: Request) -> Span | None:
    """The first time of something that returns, when none was said: today, or the next step."""
    if request.recurrence is None:
        return None
    wall = request.now.replace(second=0, microsecond=0, tzinfo=None)
    if not is_subdaily(request.recurrence):
        return Span(wall.date())
    steps = Draft(start=wall, recurrence=request.recurrence, zone=request.zone)
    start: When | None = next_start(steps, wall + MINUTE)
    return Span(start or wall + timedelta(hours=1))


def _is_same(entry: Entry, draft: Draft) -> bool:
    if (entry.start, entry.end) != (draft.start, draft.end):
        return False
    if not same_rule(entry.recurrence, draft.recurrence):
        return False
    if not entry.description or not draft.description:
        return entry.description == draft.description
    return similarity(entry.description, draft.description) == EXACT


def _key(entry: Entry, request: Request) -> str:
    if entry.start is None:
        return "created_untimed"
    late = last_moment(entry, entry.start, request.now) <= request.now
    return "created_late" if late and entry.recurrence is None else "created"
