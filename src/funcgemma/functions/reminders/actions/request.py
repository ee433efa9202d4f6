"""One call of schedule_reminder, and how it is answered."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from funcgemma.functions.reminders.actions.messages import sentence
from funcgemma.functions.reminders.actions.words import draft_text, line_of, name_of
from funcgemma.functions.reminders.entries import Draft, Entry, Occurrence, text_of
from funcgemma.functions.reminders.find import Hit, Wanted, find
from funcgemma.functions.reminders.store import ReminderStore
from funcgemma.functions.reminders.when import Span
from funcgemma.functions.reminders.zones import zone_name
from funcgemma.records import Mention

Answer = dict[str, Any]
SHOWN = 50
"""The most entries in one answer."""
LINES = 10
"""The most entries in a message."""


@dataclass(frozen=True, slots=True)
class Request:
    """What an action works on: the arguments, already read, and the world it may touch.

    Attributes:
        store: Where entries are kept.
        now: The clock.
        language: `ja` or `en`.
        description: The argument; "" when it was not given.
        span: The `datetime` argument.
        value: The `datetime` argument as it was written.
        recurrence: The argument in its one spelling.
        mentions: Times found in the utterance.
    """

    store: ReminderStore
    now: datetime
    language: str = "ja"
    description: str = ""
    span: Span | None = None
    value: str | None = None
    recurrence: str | None = None
    mentions: tuple[Mention, ...] = ()

    @property
    def zone(self) -> str:
        """The zone times are on."""
        return zone_name(self.now)

    def say(self, key: str, draft: Draft | None = None, /, **values: object) -> str:
        """A sentence, with the name and time of a draft filled in."""
        if draft is not None:
            values["name"] = name_of(draft, self.language)
            values.setdefault("when", draft_text(draft, self.language, self.now))
        return sentence(key, self.language, **values)

    def ask(self, status: str, key: str, found: Iterable[Occurrence] = ()) -> Answer:
        """An answer that does nothing but show what there is to choose from."""
        return self.show(status, key, tuple(found))

    def show(
        self, status: str, key: str, found: tuple[Occurrence, ...], **values: object
    ) -> Answer:
        """An answer with a list of entries, in its message too."""
        lines = [f"・{line_of(o, self.language, self.now)}" for o in found[:LINES]]
        more = ["…"] if len(found) > LINES else []
        message = "\n".join([self.say(key, count=len(found), **values), *lines, *more])
        entries = [plain(o) for o in found[:SHOWN]]
        return {"status": status, "entries": entries, "total": len(found), "message": message}

    def not_found(self) -> Answer:
        """Nothing fits; entries of that name at other times are shown."""
        near: tuple[Hit, ...] = ()
        if self.description:
            near = find(self.store.entries(), Wanted(self.description), self.now)
        key = "not_found_near" if near else "not_found"
        return self.ask("not_found", key, (hit.first for hit in near))

    def ambiguous(self, hits: tuple[Hit, ...]) -> Answer:
        """Several fit equally well: nothing is done."""
        return self.ask("ambiguous", "ambiguous", (hit.first for hit in hits))


def plain(found: Occurrence) -> Answer:
    """An occurrence as plain JSON values."""
    return {
        "id": found.entry.id,
        "description": found.entry.description,
        "start": None if found.start is None else text_of(found.start),
        "end": None if found.end is None else text_of(found.end),
        "all_day": found.entry.all_day,
        "recurrence": found.entry.recurrence,
    }


def plain_entry(entry: Entry) -> Answer:
    """An entry as plain JSON values, with its own first times."""
    return plain(Occurrence(entry, entry.start, entry.end))
