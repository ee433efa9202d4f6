"""What a session does with the reminder store of its own accord: announce, and undo."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from funcgemma.functions.context import Context
from funcgemma.session.clarify import spoken_time
from funcgemma.session.words import REMINDERS, say

if TYPE_CHECKING:
    from funcgemma.functions.reminders.announce import Announcement
    from funcgemma.functions.reminders.changes import Change
    from funcgemma.functions.reminders.entries import Entry, When

LATE = timedelta(minutes=10)
"""From here on a reminder is told as one whose time has passed."""


def announcements(context: Context) -> list[str]:
    """Reminders that are due now; each is told once.

    Raises:
        StoreError: The store cannot be read or written.
    """
    store = context.store
    if store is None:
        return []
    now = context.now()
    texts = []
    for due in store.due(now):
        store.acknowledge(due.entry.id, due.occurrence, now=now)
        texts.append(_announcement(due, now, context.language))
    return texts


def undo(context: Context) -> str:
    """Take back the last change of the reminders; says which it was.

    Raises:
        StoreError: The store cannot be read or written.
    """
    language = context.language
    if context.store is None:
        return say(language, REMINDERS["no_store"])
    taken = context.store.undo(now=context.now())
    if not taken:
        return say(language, REMINDERS["nothing"])
    return "\n".join(_taken_back(change, language) for change in taken)


def _announcement(due: "Announcement", now: datetime, language: str) -> str:
    all_day = not isinstance(due.occurrence, datetime)
    day = due.occurrence.date() if isinstance(due.occurrence, datetime) else due.occurrence
    late = day < now.date() if all_day else now - due.moment > LATE
    key = "late" if late else "today" if all_day else "due"
    when = _when(due.occurrence, language)
    text = say(language, REMINDERS[key], what=_what(due.entry, language), when=when)
    return text + (say(language, REMINDERS["missed"], count=due.missed) if due.missed else "")


def _taken_back(change: "Change", language: str) -> str:
    """Undoing deletes what was created, creates what was deleted."""
    key = {"delete": "undone_create", "create": "undone_delete"}.get(change.kind, "undone_update")
    entry = change.entry
    when = f" ({_when(entry.start, language)})" if entry.start is not None else ""
    return say(language, REMINDERS[key], what=_what(entry, language) + when)


def _what(entry: "Entry", language: str) -> str:
    return (
        say(language, REMINDERS["named"], name=entry.description)
        if entry.description
        else (say(language, REMINDERS["unnamed"]))
    )


def _when(when: "When", language: str) -> str:
    return spoken_time(
        when.isoformat(timespec="minutes") if isinstance(when, datetime) else when.isoformat(),
        language,
    )
