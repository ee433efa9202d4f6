"""Sentences for what happens outside a call: undo and announcements."""

from collections.abc import Sequence
from datetime import datetime

from funcgemma.functions.reminders.actions.messages import sentence
from funcgemma.functions.reminders.actions.words import line_of, name_of
from funcgemma.functions.reminders.announce import Announcement
from funcgemma.functions.reminders.changes import Change
from funcgemma.functions.reminders.entries import Occurrence

_OPPOSITE = {"create": "undone_delete", "delete": "undone_create", "update": "undone_update"}


def undo_text(changes: Sequence[Change], language: str) -> str:
    """What an undo did.

    Args:
        changes: What `ReminderStore.undo` returned.
        language: `ja` or `en`.
    """
    if not changes:
        return sentence("undone_none", language)
    lines = [
        sentence(_OPPOSITE[change.kind], language, name=name_of(change.entry, language))
        for change in changes
    ]
    return "\n".join(lines)


def announcement_text(due: Announcement, language: str, now: datetime) -> str:
    """What is said when an entry is due."""
    line = line_of(Occurrence(due.entry, due.occurrence, due.end), language, now)
    key = "due_missed" if due.missed else "due"
    return sentence(key, language, line=line, count=due.missed)
