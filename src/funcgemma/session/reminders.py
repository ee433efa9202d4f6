"""What a session does with the reminder store of its own accord: announce, and undo."""

from funcgemma.functions.context import Context
from funcgemma.session.words import sentence


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
        from funcgemma.functions.reminders.actions.spoken import announcement_text

        store.acknowledge(due.entry.id, due.occurrence, now=now)
        texts.append(announcement_text(due, context.language, now))
    return texts


def undo(context: Context) -> str:
    """Take back the last change of the reminders; says which it was.

    Raises:
        StoreError: The store cannot be read or written.
    """
    if context.store is None:
        return sentence(context.language, "no_store")
    from funcgemma.functions.reminders.actions.spoken import undo_text

    return undo_text(context.store.undo(now=context.now()), context.language)
