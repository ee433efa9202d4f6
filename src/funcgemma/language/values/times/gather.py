"""Neighbouring tokens fill one frame: 来週 + の + 金曜 + 15時."""

import re

from funcgemma.language.values.times.frame import ALONE, DAYS, PERIODS, RANKS, Frame
from funcgemma.language.values.times.model import Amount, Slots, Token

_RELATIVE = frozenset(("week", "offset", "months_on", "year_offset", "near", "year"))
_HOURS = frozenset(("part", "clock"))

# What may stand between two tokens of one frame.
_FUZZ = (
    "(?:ごろ|頃|ころ|くらい|ぐらい|ちょうど|丁度|ぴったり|ジャスト|きっかり|すぎ|過ぎ|前(?!後)"
    "|以降|あたり)?"
)
_FILLER = r"(?:えっと|えーっと|えーと|ええと|えと|あの[ーう]?|うーん|んー|その|まあ|確か|たしか|ね)"
_GAP = re.compile(
    rf"{_FUZZ}\s*(?:の|は|も|に|には|にも)?\s*[、,]?\s*(?:{_FILLER}[ー〜…、,\s]*)*(?:の\s*)?"
    r"|\s*,?\s*(?:say,?\s+)?(?:(?:on|at|in|of|by|from|between|around|about)\s+)?(?:the\s+)?(?:about\s+|around\s+)?"
    r"|[（(]\s*"
)
_WIDEST_GAP = 24


def read_frames(text: str, tokens: list[Token]) -> list[Frame]:
    """Put neighbouring tokens together; what means nothing by itself is left out."""
    frames: list[Frame] = []
    for token in tokens:
        last = frames[-1] if frames else None
        if last and _touches(text, last.end, token.start) and _accepts(last, token, text):
            last.fill(_adapted(last, token))
        else:
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
    if "minutes" in names or ("ago" in names and "clock" not in names):
        near = text[frame.end : token.start] in ("", "の", " ") and not token.free
        return near and frame.clock is not None and frame.ago is None
    rank = min(RANKS[name] for name in names)
    if rank >= ALONE or frame.rank >= ALONE:
        return False
    if frame.only_period and not _HOURS.isdisjoint(names) and not frame.every:
        return False
    if rank > frame.rank:
        return True
    return token.free and _fits_anywhere(frame, frozenset(names))


def _accepts_every(frame: Frame) -> bool:
    return frame.every is None and frame.rank < ALONE and _RELATIVE.isdisjoint(frame.filled)


def _fits_anywhere(frame: Frame, own: frozenset[str]) -> bool:
    """Whether an English token may stand behind smaller units (at five on Monday)."""
    filled = frame.filled
    if not filled.isdisjoint(own):
        return False
    both = (filled | own) & DAYS
    if own & DAYS and filled & DAYS:
        return both in ({"dom", "weekdays"}, {"nth", "weekdays"})
    if "offset" in both or "months_on" in both:
        return (filled | own).isdisjoint(PERIODS)
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
