"""`/export FILE` and `/import FILE`: reminders as an iCalendar file, and back."""

from pathlib import Path

from funcgemma.cli.chat.words import sentence
from funcgemma.errors import FuncGemmaError
from funcgemma.session import Session


def export_file(session: Session, language: str, name: str) -> str:
    """Write all reminders to an iCalendar file; an existing one is replaced whole."""
    from funcgemma.functions.reminders.ical_export import export_calendar

    store = session.context().store
    if not name or store is None:
        return sentence(language, "no_file" if store else "no_store")
    entries = store.entries()
    exported = export_calendar(entries, now=session.context().now())
    path = Path(name).expanduser()
    sibling = path.with_name(path.name + ".part")
    try:
        sibling.write_bytes(exported.data)
        sibling.replace(path)
    except OSError as error:
        return sentence(language, "file_error", name=path, error=error.strerror)
    written = len(entries) - len(exported.left_out)
    return sentence(language, "exported", name=path, count=written, left_out=len(exported.left_out))


def import_file(session: Session, language: str, name: str) -> str:
    """Add the events of an iCalendar file; those the store knows already stay as they are."""
    from funcgemma.functions.reminders.ical_import import import_calendar

    context = session.context()
    if not name or context.store is None:
        return sentence(language, "no_file" if context.store else "no_store")
    path = Path(name).expanduser()
    try:
        done = import_calendar(context.store, path.read_bytes(), now=context.now())
    except OSError as error:
        return sentence(language, "file_error", name=path, error=error.strerror)
    except FuncGemmaError as error:
        return sentence(language, "file_error", name=path, error=error)
    lines = [sentence(language, "imported", count=len(done.added), known=done.known)]
    return "\n".join([*lines, *(f"  - {note}" for note in done.skipped)])
