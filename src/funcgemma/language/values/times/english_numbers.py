"""English times with numbers: 5pm, half past six, in 20 minutes, June 3rd, the 25th."""

import re

from funcgemma.language.values.times.amounts import in_minutes
from funcgemma.language.values.times.model import DAY, HOUR, Amount, Clock, Slots, Token
from funcgemma.language.values.times.numbers import ENGLISH_NUMBERS

_MONTHS = "january february march april may june july august september october november december"
MONTHS = {name: number for number, name in enumerate(_MONTHS.split(), start=1)}
_SHORT_MONTHS = {name[:3]: number for name, number in MONTHS.items()} | {"sept": 9}
ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": -1}

_words = "|".join(sorted(ENGLISH_NUMBERS, key=len, reverse=True)).replace(" ", r"\s+")
COUNT = rf"(?:[0-9]{{1,3}}(?:\.5)?|{_words})"
UNIT = r"(?P<unit>minute|min|hour|hr|day|week|month|year)s?"
_AMOUNT = (
    rf"(?:(?P<half>half\s+an?\s+)|(?P<n>{COUNT})(?:\s+|-)?(?P<and>and\s+a\s+half\s+)?){UNIT}\b"
    rf"(?P<tail>\s+and\s+a\s+half\b)?(?:\s+(?:and\s+)?(?P<rest>[0-9]{{1,2}})\s*min(?:ute)?s?\b)?"
)
_IN = re.compile(rf"in\s+(?:about\s+)?{_AMOUNT}(?!')")
_FOR = re.compile(rf"for\s+(?:about\s+)?{_AMOUNT}")
_MOVED = re.compile(
    rf"{_AMOUNT}\s+(?:(?P<from>from\s+(?:now|today)|hence)|(?P<ago>ago)|(?P<before>before|prior)|(?P<later>later|late|back)"
    r"|(?P<earlier>earlier|sooner|early|forward))\b"
)
_PLAIN = re.compile(_AMOUNT)
_PUSHED = re.compile(
    r"(?:(?P<later>delay|postpone|push|back)|(?P<earlier>forward|bring))[a-z ]*\s(?:by\s+)?$"
)

_HOURS = {
    word: n
    for word, n in ENGLISH_NUMBERS.items()
    if 1 <= n <= 12 and len(word) > 2 and " " not in word
}
_HOUR = "|".join(sorted(_HOURS, key=len, reverse=True))
_MINUTES = r"(?P<m>five|ten|twenty[- ]five|twenty|quarter|half|[1-5]?[05])"
_PAST = re.compile(
    rf"(?:a\s+)?{_MINUTES}(?:\s+minutes)?\s+(?P<side>past|to|after|before|til)\s+(?P<h>{_HOUR}|1[0-2]|[1-9])\b"
    r"(?![:.]?[0-9])(?:\s*(?P<suffix>[ap])\.?m\b\.?)?"
)
_HALF = re.compile(rf"half\s+(?P<h>{_HOUR}|1[0-2]|[1-9])\b(?!\s*[:.]?[0-9]|-)")
_SPOKEN = re.compile(
    rf"(?P<h>{_HOUR})(?:\s+(?P<m>fifteen|thirty|forty[- ]five))?(?:\s*(?P<suffix>[ap])\.?m\b\.?|\s+(?P<clock>o'clock))?\b"
)
_DIGITS = re.compile(
    r"(?P<h>[0-9]{1,2})(?:[:.](?P<m>[0-5][0-9]))?\s*(?:(?P<suffix>[ap])\.?\s?m\b\.?|o'clock\b)"
)
_BARE = re.compile(
    r"(?P<h>[0-9]{1,2})(?![0-9:/.%-]?[0-9]|\s*[%$年月日時分円個人名回件本枚度歳〜]"
    r"|\s*(?:st|nd|rd|th|percent|dollars?|bucks|euros?|yen|pounds?|degrees?|km|kilo|miles?|people|persons?|years?"
    r"|minutes?|mins?|hours?|hrs?|days?|weeks?|months?|points?|stars?|items?|times|kg|mph|street|avenue|more|other|of)\b)"
)
_BEFORE_HOUR = re.compile(r"(?:\b(?:at|around|until|till)(?: about| around)?|@)\s*$")
_BEFORE_DEADLINE = re.compile(r"\bby\s*$")
_AFTER_DEADLINE = re.compile(r"\s*(?:$|[,.!?]|today|tomorrow|tonight|on\b)")
_OF_DAY = re.compile(r"\s+(?:in\s+the\s+(?:morning|afternoon|evening)|at\s+night)\b")
_FIRST_OF_TWO = re.compile(
    r"(?P<h>[0-9]{1,2})(?=\s*(?:-|to|until|till|and)\s*[0-9]{1,2}(?::[0-5][0-9])?\s*[ap]\.?m)"
)
_FROM = re.compile(r"\b(?:from|between)\s+$")
_BETWEEN = re.compile(r"\s*(?:-|to|until|till|and)\s*")

_MONTH = rf"(?P<month>{'|'.join(MONTHS)}|(?P<short>{'|'.join(sorted(_SHORT_MONTHS, key=len, reverse=True))})\b\.?)"
_DAY = r"(?P<d>[0-9]{1,2})(?:st|nd|rd|th)?(?![0-9:]|\s*[ap]\.?m\b)"
_YEAR = r"(?:,?\s+(?P<y>20[0-9]{2})\b)?"
_MONTH_DAY = re.compile(rf"{_MONTH}\s+(?:the\s+)?{_DAY}{_YEAR}")
_DAY_MONTH = re.compile(
    rf"(?P<d>[0-9]{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}(?![a-z]){_YEAR}"
)
_MONTH_ALONE = re.compile(rf"(?P<month>{'|'.join(MONTHS)})(?![a-z'])(?:\s+(?P<y>20[0-9]{{2}})\b)?")
_BEFORE_MONTH = re.compile(r"\b(?:in|next|this|last|during|until|since|of|by|for)\s+$")
_ORDINAL = re.compile(
    r"(?P<d>[0-9]{1,2})(?:st|nd|rd|th)\b(?!\s+(?:floor|time|one|century|place|edition|grade|street|st|avenue"
    r"|season|episode|page|chapter|person|anniversary|birthday|half|quarter|position|row|line|day|option|item))"
)

NUMBER_BEGINNINGS = frozenset(
    {*MONTHS, *_SHORT_MONTHS, *(name.split()[0] for name in ENGLISH_NUMBERS), "half", "quarter"}
    | {"in", "for"}
)
_BEFORE_ORDINAL = re.compile(r"\b(?:the|on|and|to|of)\s+$")


def count_of(text: str) -> int:
    """The number a count word or its digits stand for."""
    text = " ".join(text.split())
    return ENGLISH_NUMBERS[text] if text in ENGLISH_NUMBERS else int(float(text))


def amount_of(match: re.Match[str]) -> Amount:
    """The length of time in a match of a count and a unit."""
    groups = match.groupdict()
    unit = {"min": "minute", "hr": "hour"}.get(match["unit"], match["unit"])
    count = 0 if groups.get("half") else count_of(match["n"])
    half = groups.get("half") or groups.get("and") or groups.get("tail")
    half = half or (groups["n"] or "").endswith(".5")
    if unit == "minute":
        amount = Amount(minutes=count)
    elif unit == "hour":
        amount = Amount(minutes=count * HOUR + (30 if half else 0))
    elif unit in ("day", "week"):
        amount = Amount(days=count * (7 if unit == "week" else 1), minutes=DAY // 2 if half else 0)
    else:
        amount = Amount(months=count * (12 if unit == "year" else 1) + (6 if half else 0))
    rest = int(groups.get("rest") or 0)
    return amount._replace(minutes=amount.minutes + rest)


def read_in(text: str, pos: int, word: str) -> Token | None:
    """Read in 20 minutes, for three days, an hour later, and month names with a day."""
    if word == "in" and (match := _IN.match(text, pos)):
        return Token(pos, match.end(), _ahead(amount_of(match)), free=True)
    if word == "for" and (match := _FOR.match(text, pos)):
        amount = amount_of(match)
        slots: Slots = {"lasting": amount} if not amount.minutes else {"span": amount, "held": True}
        return Token(pos, match.end(), slots, weak="span" in slots, free=True)
    if word in MONTHS or word in _SHORT_MONTHS:
        return _read_month(text, pos)
    return read_moved(text, pos) if word in ENGLISH_NUMBERS or word == "half" else None


def read_moved(text: str, pos: int) -> Token | None:
    """Read 30 minutes later, an hour earlier, 2 weeks from now."""
    if match := _MOVED.match(text, pos):
        amount = amount_of(match)
        if match["from"]:
            slots = _ahead(amount)
        elif match["ago"]:
            slots = _ahead(Amount(-amount.minutes, -amount.days, -amount.months))
        else:
            sign = 1 if match["later"] else -1
            slots = {"shift": sign * in_minutes(amount)}
        return Token(pos, match.end(), slots, free=True)
    pushed = _PUSHED.search(text, max(0, pos - 40), pos)
    if pushed and (match := _PLAIN.match(text, pos)):
        sign = 1 if pushed["later"] else -1
        return Token(pos, match.end(), {"shift": sign * in_minutes(amount_of(match))}, free=True)
    return None


def read_hour_word(text: str, pos: int, word: str) -> Token | None:
    """Read half past six, five o'clock, seven thirty, and at seven."""
    if word not in _HOURS and word not in ("half", "quarter", "a", "twenty"):
        return None
    if past := _PAST.match(text, pos):
        return _past_token(past)
    if half := _HALF.match(text, pos):
        hour = _HOURS.get(half["h"]) or int(half["h"])
        return _clock_token(pos, half.end(), hour, 30, None)
    match = _SPOKEN.match(text, pos)
    if match is None:
        return None
    sure = match["suffix"] or match["clock"] or _BEFORE_HOUR.search(text, max(0, pos - 12), pos)
    if not sure:
        return None
    minute = count_of(match["m"].replace("-", " ")) if match["m"] else 0
    return _clock_token(pos, match.end(), _HOURS[match["h"]], minute, match["suffix"])


def read_number(text: str, pos: int, previous: Token | None) -> Token | None:
    """Read an English time or date that begins with digits."""
    past = _PAST.match(text, pos)
    if past and not _FROM.search(text, max(0, pos - 10), pos):
        return _past_token(past)
    if match := _DIGITS.match(text, pos):
        minute = int(match["m"] or 0)
        return _clock_token(pos, match.end(), int(match["h"]), minute, match["suffix"])
    if match := _DAY_MONTH.match(text, pos):
        return _date_token(match)
    if match := _ORDINAL.match(text, pos):
        return _ordinal_token(text, match)
    return read_moved(text, pos) or _read_bare(text, pos, previous)


def _read_bare(text: str, pos: int, previous: Token | None) -> Token | None:
    """Read an hour without am or pm where the words around it say that it is one."""
    if match := _FIRST_OF_TWO.match(text, pos):
        return _clock_token(pos, match.end(), int(match["h"]), 0, None)
    match = _BARE.match(text, pos)
    if match is None:
        return None
    near = max(0, pos - 14)
    second = previous is not None and "clock" in previous.slots and previous.free
    sure = _BEFORE_HOUR.search(text, near, pos) or (
        second and previous is not None and _BETWEEN.fullmatch(text, previous.end, pos)
    )
    if not sure and _BEFORE_DEADLINE.search(text, near, pos):
        sure = _AFTER_DEADLINE.match(text, match.end())
    sure = sure or _OF_DAY.match(text, match.end())
    if not sure and _FROM.search(text, near, pos):
        sure = re.match(
            r"\s*(?:to|-|until|till|and)\s*[0-9]{1,2}\b(?!\s*[a-z])", text[match.end() :][:20]
        )
    return _clock_token(pos, match.end(), int(match["h"]), 0, None) if sure else None


def _read_month(text: str, pos: int) -> Token | None:
    if match := _MONTH_DAY.match(text, pos):
        return _date_token(match)
    match = _MONTH_ALONE.match(text, pos)
    if match is None or not _BEFORE_MONTH.search(text, max(0, pos - 8), pos):
        return None
    slots: Slots = {"month": MONTHS[match["month"]]}
    if match["y"]:
        slots["year"] = int(match["y"])
    return Token(pos, match.end(), slots, free=True)


def _date_token(match: re.Match[str]) -> Token | None:
    month = _SHORT_MONTHS[match["short"]] if match["short"] else MONTHS[match["month"]]
    day = int(match["d"])
    if not 1 <= day <= 31:
        return None
    slots: Slots = {"month": month, "dom": (day,)}
    if match["y"]:
        slots["year"] = int(match["y"])
    return Token(match.start(), match.end(), slots, free=True)


def _ordinal_token(text: str, match: re.Match[str]) -> Token | None:
    """The 25th, with `the` before it (or in a list of such days)."""
    day = int(match["d"])
    start = match.start()
    before = _BEFORE_ORDINAL.search(text, max(0, start - 6), start)
    if not 1 <= day <= 31 or not before:
        return None
    start = before.start() if before[0].startswith("the") else start
    return Token(start, match.end(), {"dom": (day,)}, free=True)


def _past_token(match: re.Match[str]) -> Token | None:
    word = match["m"]
    minutes = {"quarter": 15, "half": 30}.get(word) or count_of(word.replace("-", " "))
    hour = _HOURS.get(match["h"]) or int(match["h"])
    if match["side"] in ("to", "before", "til"):
        hour, minutes = (hour - 1 or 12), 60 - minutes
    return _clock_token(match.start(), match.end(), hour, minutes, match["suffix"])


def _clock_token(start: int, end: int, hour: int, minute: int, suffix: str | None) -> Token | None:
    if hour > 24 or not 0 <= minute < HOUR or (suffix and hour > 12):
        return None
    clock = Clock(hour, minute, suffix="am" if suffix == "a" else "pm" if suffix == "p" else None)
    return Token(start, end, {"clock": clock}, free=True)


def _ahead(amount: Amount) -> Slots:
    if amount.minutes:
        return {"minutes": amount.minutes + DAY * amount.days}
    slots: Slots = {"offset": amount.days}
    return slots | {"months_on": amount.months} if amount.months else slots
