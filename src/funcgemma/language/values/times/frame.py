"""Neighbouring tokens fill one frame: 来週 + の + 金曜 + 15時."""

import re
from dataclasses import dataclass
from typing import Any

from funcgemma.language.values.times.model import (
    Amount,
    Clock,
    Edge,
    Every,
    Part,
    Slots,
    Token,
)

# The rank of what stands for itself.
_ALONE = 20
# From the largest unit to the smallest, as Japanese orders them.
_RANKS = {
    **dict.fromkeys(("year", "year_offset", "fiscal"), 1),
    **dict.fromkeys(("month", "month_offset"), 2),
    **dict.fromkeys(("week", "near"), 3),
    **dict.fromkeys(
        ("offset", "months_on", "counted", "named", "dom", "nth", "weekend", "edge"), 4
    ),
    **dict.fromkeys(("weekdays", "letter", "workdays"), 5),
    "except_": 6,
    **dict.fromkeys(("part", "tonight"), 7),
    "clock": 8,
    "ago": 9,
    **dict.fromkeys(
        ("minutes", "span", "held", "shift", "now", "within", "lasting", "ahead", "weekly"), _ALONE
    ),
}
_RANKS_OF_EVERY = 0
_DAYS = frozenset(
    ("offset", "months_on", "named", "dom", "nth", "weekdays", "workdays", "weekend", "edge")
)
_PERIODS = frozenset(("year", "year_offset", "month", "month_offset", "week"))
_RELATIVE = frozenset(("week", "offset", "months_on", "year_offset", "near", "year"))
_HOURS = frozenset(("part", "clock"))

_FUZZ = r"(?:ごろ|頃|ころ|くらい|ぐらい|ちょうど|ぴったり|ジャスト|きっかり|すぎ|過ぎ|前(?!後)|以降|あたり|丁度)?"
_FILLER = r"(?:えっと|えーっと|えーと|ええと|えと|あの[ーう]?|うーん|んー|その|まあ|確か|たしか|ね)"
_GAP = re.compile(
    rf"{_FUZZ}\s*(?:の|は|も|に|には|にも)?\s*[、,]?\s*(?:{_FILLER}[ー〜…、,\s]*)*(?:の\s*)?"
    r"|\s*,?\s*(?:(?:on|at|in|of|by|around|about)\s+)?(?:the\s+)?(?:about\s+|around\s+)?"
    r"|[（(]\s*"
)
_WIDEST_GAP = 24


@dataclass(slots=True)
class Frame:
    """What a run of tokens says; every field is a slot that a token may fill."""

    start: int
    end: int
    year: int | None = None
    year_offset: int | None = None
    fiscal: bool = False
    month: int | None = None
    month_offset: int | None = None
    week: int | None = None
    near: bool = False
    offset: int | None = None
    months_on: int | None = None
    counted: bool = False
    named: str | None = None
    dom: tuple[int, ...] = ()
    nth: tuple[int, ...] = ()
    weekend: bool = False
    edge: Edge | None = None
    weekdays: tuple[int, ...] = ()
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
        self.rank = max(self.rank, *(_RANKS.get(name, _RANKS_OF_EVERY) for name in token.slots))
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
        return not _DAYS.isdisjoint(self.filled) or self.names_period

    @property
    def names_period(self) -> bool:
        """Whether it names a week, month or year."""
        return not _PERIODS.isdisjoint(self.filled)

    @property
    def only_period(self) -> bool:
        """Whether it names a week, month or year and nothing smaller."""
        return self.names_period and _DAYS.isdisjoint(self.filled)


def read_frames(text: str, tokens: list[Token]) -> list[Frame]:
    """Put neighbouring tokens together; what means nothing by itself is left out."""
    frames: list[Frame] = []
    for token in tokens:
        last = frames[-1] if frames else None
        if last and _touches(text, last.end, token.start) and _accepts(last, token, text):
            last.fill(_adapted(last, token))
            continue
        frames.append(Frame(token.start, token.end))
        frames[-1].fill(token)
    return [frame for frame in frames if frame.strong or len(frame.filled) > 1 or frame.span]


def _touches(text: str, end: int, start: int) -> bool:
    return end == start or (
        start - end <= _WIDEST_GAP and _GAP.fullmatch(text, end, start) is not None
    )


def _accepts(frame: Frame, token: Token, text: str) -> bool:
    names = token.slots.keys()
    if "every" in names:
        return _accepts_every(frame)
    if frame.every and not _RELATIVE.isdisjoint(names):
        return False
    if frame.ahead:
        return "span" in names
    if "minutes" in names:
        return frame.clock is not None and frame.ago is None
    if "ago" in names and "clock" not in names:
        return frame.clock is not None and frame.ago is None
    rank = min(_RANKS[name] for name in names)
    if rank >= _ALONE or frame.rank >= _ALONE:
        return False
    if frame.only_period and not _HOURS.isdisjoint(names) and not frame.every:
        return False
    if rank > frame.rank:
        return True
    return token.free and _fits_anywhere(frame, frozenset(names))


def _accepts_every(frame: Frame) -> bool:
    return frame.every is None and frame.rank < _ALONE and _RELATIVE.isdisjoint(frame.filled)


def _fits_anywhere(frame: Frame, own: frozenset[str]) -> bool:
    """Whether an English token may stand behind smaller units (at five on Monday)."""
    filled = frame.filled
    if not filled.isdisjoint(own):
        return False
    both = (filled | own) & _DAYS
    if own & _DAYS and filled & _DAYS:
        return both in ({"dom", "weekdays"}, {"nth", "weekdays"})
    if "offset" in both or "months_on" in both:
        return (filled | own).isdisjoint(_PERIODS)
    return True


def _adapted(frame: Frame, token: Token) -> Token:
    """15時の2時間後 moves the clock; あと10分 counts from now."""
    slots: Slots = token.slots
    if "minutes" in slots:
        slots = {"ago": -slots["minutes"]}
    elif frame.ahead:
        amount: Amount = slots["span"]
        slots = {"minutes": amount.minutes} if amount.minutes else {"offset": amount.days}
        frame.ahead = False
        frame.strong = True
    return token._replace(slots=slots)
