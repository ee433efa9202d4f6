"""Who speaks: invented people, as data that reads like a table."""

from dataclasses import dataclass
from datetime import timedelta, timezone, tzinfo
from functools import lru_cache
from importlib.resources import files

LANGUAGES = ("ja", "en")


@dataclass(frozen=True, slots=True)
class Persona:
    """A person who might say something.

    Attributes:
        id: `ja01`; begins with the language.
        age: In years.
        who: Occupation and sex.
        region: Where, with the dialect if one is spoken.
        offset: Of the local clock from UTC: `+09:00`.
        register: How this person puts things.
        situation: Where the assistant is reached, and how.
    """

    id: str
    age: int
    who: str
    region: str
    offset: str
    register: str
    situation: str

    @property
    def language(self) -> str:
        """What is spoken: `ja` or `en`."""
        return self.id[:2]

    @property
    def zone(self) -> tzinfo:
        """The time zone of the person's clock."""
        hours, minutes = self.offset[1:].split(":")
        ahead = timedelta(hours=int(hours), minutes=int(minutes))
        return timezone(-ahead if self.offset[0] == "-" else ahead)


@lru_cache(maxsize=1)
def personas() -> tuple[Persona, ...]:
    """All people there are, Japanese first."""
    return tuple(person for language in LANGUAGES for person in _read(language))


def _read(language: str) -> list[Persona]:
    file = files("funcgemma.data.llm.personas").joinpath(f"{language}.txt")
    rows = [line.split(" | ") for line in file.read_text(encoding="utf-8").splitlines()]
    return [Persona(row[0], int(row[1]), *row[2:]) for row in rows if not row[0].startswith("#")]
