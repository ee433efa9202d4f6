"""A frame: what a run of neighbouring tokens says together, one slot a meaning."""

from dataclasses import dataclass
from typing import Any, Literal

from funcgemma.language.values.times.model import Amount, Clock, Edge, Every, Part, Token

# The rank of what stands for itself.
ALONE = 20
# From the largest unit to the smallest, as Japanese orders them.
_LEVELS: dict[int, tuple[str, ...]] = {
    0: ("every",),
    1: ("year", "year_offset", "fiscal"),
    2: ("month", "month_offset"),
    3: ("week", "near", "whole"),
    4: ("offset", "months_on", "counted", "named", "dom", "nth", "weekend", "edge"),
    5: ("weekdays", "later", "letter", "workdays"),
    6: ("except_",),
    7: ("part", "tonight"),
    8: ("clock",),
    9: ("ago",),
    ALONE: ("minutes", "span", "held", "shift", "now", "within", "lasting", "ahead", "weekly"),
}
RANKS = {slot: rank for rank, slots in _LEVELS.items() for slot in slots}
DAYS = frozenset(
    ("offset", "months_on", "named", "dom", "nth", "weekdays", "workdays", "weekend", "edge")
)
PERIODS = frozenset(("year", "year_offset", "month", "month_offset", "week"))


@dataclass(slots=True)
class Frame:
    """What a run of tokens says; most fields are slots that a token may fill.

    The others: `filled` names the slots that are, `rank` the smallest unit so far, `free` that
    the last token may stand anywhere, `strong` that the frame counts by itself.
    """

    start: int
    end: int
    year: int | None = None
    year_offset: int | None = None
    fiscal: bool = False
    month: int | None = None
    month_offset: int | None = None
    week: int | None = None
    near: bool = False
    whole: Literal["from", "of"] | None = None
    offset: int | None = None
    months_on: int | None = None
    counted: bool = False
    named: str | None = None
    dom: tuple[int, ...] = ()
    nth: tuple[int, ...] = ()
    weekend: bool = False
    edge: Edge | None = None
    weekdays: tuple[int, ...] = ()
    later: int = 0
    letter: bool = False
    workdays: bool = False
    except_: bool = False
    part: Part | None = None
    tonight: bool = False
    clock: Clock | None = None
    ago: int | None = None
    every: Every | None = None
    minutes: int | None = None
    span: Amount | None = None
    held: bool = False
    shift: int | None = None
    now: bool = False
    within: Amount | None = None
    lasting: Amount | None = None
    ahead: bool = False
    weekly: bool = False
    rank: int = 0
    free: bool = False
    strong: bool = False
    filled: frozenset[str] = frozenset()

    def fill(self, token: Token) -> None:
        """Take over what a token says."""
        for name, value in token.slots.items():
            setattr(self, name, value)
        self.end = token.end
        self.filled = self.filled | token.slots.keys()
        self.rank = max(self.rank, *(RANKS[name] for name in token.slots))
        self.free = token.free
        self.strong = self.strong or not token.weak

    def changed(self, start: int | None = None, **slots: Any) -> "Frame":
        """A copy with other slots; much cheaper than copying every field."""
        copy = Frame(self.start if start is None else start, self.end)
        for name in self.filled:
            setattr(copy, name, getattr(self, name))
        for name, value in slots.items():
            setattr(copy, name, value)
        said = {name for name, value in slots.items() if value not in (None, ())}
        copy.filled = self.filled | said
        copy.rank, copy.free, copy.strong = self.rank, self.free, self.strong
        return copy

    @property
    def has_days(self) -> bool:
        """Whether it names a day or several."""
        return not DAYS.isdisjoint(self.filled) or self.names_period

    @property
    def names_period(self) -> bool:
        """Whether it names a week, month or year."""
        return not PERIODS.isdisjoint(self.filled)

    @property
    def only_period(self) -> bool:
        """Whether it names a week, month or year and nothing smaller."""
        return self.names_period and DAYS.isdisjoint(self.filled)
