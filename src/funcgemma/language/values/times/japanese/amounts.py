"""Lengths of time and what is done with them: 30分後, 2日に1回, 1時間遅く, 3日間."""

import re
from collections.abc import Callable

from funcgemma.language.values.times.model import (
    DAY,
    HOUR,
    Amount,
    Every,
    Frequency,
    Slots,
    Token,
)
from funcgemma.language.values.times.numbers import KANJI, MINUTE_READINGS, NUMBER, to_int

_UNITS: dict[str, tuple[Frequency, Amount]] = {
    "minutes": ("MINUTELY", Amount(minutes=1)),
    "hours": ("HOURLY", Amount(minutes=HOUR)),
    "days": ("DAILY", Amount(days=1)),
    "weeks": ("WEEKLY", Amount(days=7)),
    "months": ("MONTHLY", Amount(months=1)),
    "years": ("YEARLY", Amount(months=12)),
}
_UNIT = (
    "(?P<hours>時間|じかん)|(?P<minutes>分(?![のか野け別析配布類岐担子])|ふん(?!い)|ぷん)"
    "|(?P<days>日(?![曜本])|にち)|(?P<weeks>週間?|しゅうかん)"
    "|(?P<months>[かヶケカヵ箇]月|かげつ)|(?P<years>年(?!度|代|生))"
)
_LENGTH = re.compile(
    rf"(?P<n>[0-9]{{1,3}}\.[05]|{NUMBER}|半)\s*(?:{_UNIT})"
    rf"(?P<half>半)?(?:\s*(?P<rest>[0-9]{{1,2}}|[{KANJI}]{{1,3}})\s*分(?!の))?"
)
_SPOKEN = re.compile("|".join(sorted(MINUTE_READINGS, key=len, reverse=True)))

_MOVE = "(?=ずら|移|変更|変え|動か|繰)"
_LATER = (
    "遅(?:く|らせ?|め|う)|おそく|おくらせ|ずらし?|延期|(?:後|うし)ろ(?:倒し)?[にへ]?"
    f"|後倒し|繰り?下げ|先送り|あとに{_MOVE}|後に{_MOVE}"
)
_EARLIER = f"早[くめう]|はやく|はやめ|繰り?上げ|前倒し|前に{_MOVE}"
_EVERY = r"おき|ごと|毎(?![日週月年朝晩])|[に、]?\s*(?:1|一|いっ)\s*(?:回|度|かい)"
_AFTER = (
    "後(?![ろ半輩悔者日払])|ご(?=[にのくぐ、。]|$|まで)|あと|のち"
    "|(?:たっ|経っ|立っ)たら|経(?:てば|過)|したら|すれば|過ぎたら"
)
_BEFORE = "前(?![後半線提向払倒もの])|前の(?!方)|まえ"
_SUFFIX = re.compile(
    r"\s*(?:くらい|ぐらい|ほど|程度)?\s*(?:だけ)?\s*(?:"
    rf"(?P<later>{_LATER})|(?P<earlier>{_EARLIER})|(?P<every>{_EVERY})|(?P<after>{_AFTER})"
    rf"|(?P<before>{_BEFORE})|(?P<within>以内)|(?P<during>間(?!近|違|隔)))"
)
# 2、3日後 is no day.
_ABOUT = re.compile(rf"[0-9{KANJI}][、,]$")
# 一週間ぶり, 一週間で: no days that could be looked at.
_SPENT = re.compile(
    "ぶり|で|くらい|ぐらい|ほど|かか|かけ|も|経|た[っち]|目|続|連|以上|限|分|が|は?早"
)


def read_span(text: str, pos: int) -> Token | None:
    """Read a length of time, whatever follows it."""
    measured = _measure(text, pos)
    return Token(pos, measured[0], {"span": measured[1]}, weak=True) if measured else None


def read_amount(text: str, pos: int) -> Token | None:
    """Read a length of time with what follows it; alone it is only a span for others to use."""
    measured = _measure(text, pos)
    if measured is None or _ABOUT.search(text, max(0, pos - 2), pos):
        return None
    end, amount, frequency, count = measured
    suffix = _SUFFIX.match(text, end)
    if suffix is None or suffix.lastgroup is None:
        if text[end - 1] in "間ん" and amount.days and not _SPENT.match(text, end):
            return Token(pos, end, {"lasting": amount})
        return Token(pos, end, {"span": amount}, weak=True)
    if suffix.lastgroup == "every":
        every = _every(amount, frequency, count, between=suffix["every"] == "おき")
        return Token(pos, suffix.end(), {"every": every})
    slots = _MEANINGS[suffix.lastgroup](amount)
    if suffix.lastgroup == "before" and text[max(pos - 1, 0) : pos] == "の":
        slots = {"ago": amount.minutes} if amount.minutes else {"shift": -amount.total}
    return Token(pos, end + len(suffix[0].rstrip("にへの")), slots)


def _every(amount: Amount, frequency: Frequency, count: int, *, between: bool) -> Every:
    """How often: 一日おき leaves one day out, 1時間おき does not, 半年に1回 counts months."""
    if amount.minutes % HOUR:
        return Every("MINUTELY", amount.minutes)
    if amount.minutes and frequency == "DAILY":
        return Every("HOURLY", (amount.minutes + DAY * amount.days) // HOUR)
    if amount.months % 12 and frequency == "YEARLY":
        return Every("MONTHLY", amount.months)
    left_out = between and (frequency == "DAILY" or count == 1) and not amount.minutes
    return Every(frequency, count + 1 if left_out else count)


def _measure(text: str, pos: int) -> tuple[int, Amount, Frequency, int] | None:
    """End, length, frequency of its unit and count of it."""
    if spoken := _SPOKEN.match(text, pos):
        minutes = MINUTE_READINGS[spoken[0]]
        return spoken.end(), Amount(minutes=minutes), "MINUTELY", minutes
    match = _LENGTH.match(text, pos)
    if match is None:
        return None
    frequency, one = next(unit for name, unit in _UNITS.items() if match[name])
    count = 0.5 if match["n"] == "半" else float(match["n"]) if "." in match["n"] else 0
    count = count or to_int(match["n"])
    amount = _times(one, count + (0.5 if match["half"] else 0))
    if match["rest"]:
        amount = amount._replace(minutes=amount.minutes + to_int(match["rest"]))
    return match.end(), amount, frequency, max(int(count), 1)


def _times(one: Amount, count: float) -> Amount:
    """So many units; half a day is twelve hours, half a month fifteen days."""
    whole, half = int(count), count % 1 >= 0.5
    minutes, days, months = (part * whole for part in one)
    if half:
        minutes += one.minutes // 2 + (DAY // 2 if one.days == 1 else 0)
        days += (3 if one.days == 7 else 0) + (15 if one.months == 1 else 0)
        months += 6 if one.months == 12 else 0
    return Amount(minutes, days, months)


def _moment(amount: Amount, sign: int) -> Slots:
    """So long after (1) or before (-1) now."""
    if amount.minutes and not amount.months:
        return {"minutes": sign * (amount.minutes + DAY * amount.days)}
    slots: Slots = {"offset": sign * amount.days, "counted": True}
    return slots | {"months_on": sign * amount.months} if amount.months else slots


def _ago(amount: Amount) -> Slots:
    """Minutes before stand for a clock time or an event; days before, for a day in the past."""
    return {"ago": amount.minutes} if amount.minutes else _moment(amount, -1)


_MEANINGS: dict[str, Callable[[Amount], Slots]] = {
    "later": lambda amount: {"shift": amount.total},
    "earlier": lambda amount: {"shift": -amount.total},
    "after": lambda amount: _moment(amount, 1),
    "before": _ago,
    "within": lambda amount: {"within": amount},
    "during": lambda amount: {
        "span" if amount.minutes or amount.months > 11 else "lasting": amount
    },
}
