"""Times on the clock: 9時, 三時半, 10時5分前, 15:30, 25時, くじはん."""

import re

from funcgemma.language.values.times.lexicon import fits
from funcgemma.language.values.times.model import Clock, Slots, Token
from funcgemma.language.values.times.numbers import (
    HOUR_READINGS,
    MINUTE_READINGS,
    SMALL,
    to_int,
)

LAST_HOUR = 29
_MINUTE_END = r"(?!\s*の\s*[0-9一二三四五]|咲|間|づ|割)"

_OCLOCK = re.compile(
    rf"(?P<h>{SMALL})\s*(?:時(?![間代価限短差速給計刻期折点雨事系流空的]|のヒロイン)|じ(?![ゅょゃん]|か(?!ら)))"
    rf"(?:\s*(?P<half>半(?!額|分|年|月|日|数|熟|端)|はん(?!いん|がく|たい|とし|ぶん))"
    rf"|\s*(?P<m>{SMALL})\s*(?:分|ふん|ぷん){_MINUTE_END}(?P<before>\s*(?:前(?!後|半)|まえ))?"
    r"|(?P<bare>[0-5][0-9])(?![0-9.,:/年月日時分円個名人回件本枚度%歳]))?"
)
_DIGITAL = re.compile(
    r"(?P<h>[0-9]{1,2}):(?P<m>[0-5][0-9])(?::[0-5][0-9])?(?![0-9:])"
    r"(?:\s*(?P<suffix>[ap])\.?m(?![a-z])\.?|\s*分)?"
)
# 15-17時: the unit stands behind the second number only.
_FIRST_OF_TWO = re.compile(rf"(?P<h>{SMALL})(?=\s*(?:〜|-|から)\s*{SMALL}\s*時(?!間|代|限))")
_GOES_ON = re.compile("から|まで|ごろ|頃|過ぎ|すぎ|ちょうど|に")
_IDIOM = re.compile("(?:9|九)時(?:5|五|17)時")
_readings = "|".join(sorted(HOUR_READINGS, key=len, reverse=True))
_minute_readings = "|".join(sorted(MINUTE_READINGS, key=len, reverse=True))
_SPOKEN = re.compile(
    rf"(?P<h>{_readings})じ(?![ゅょゃかんぶー])(?:\s*(?P<half>はん)|\s*(?P<m>{_minute_readings}))?"
    r"(?P<sure>(?=ごろ|すぎ|ちょうど|から|まで|に(?!あた|当|はず|つい)|、|\s))?"
)
# What the spoken hours also are: 虹, 惨事, 誤字, くじ. They need more than themselves to be hours.
_AMBIGUOUS = frozenset({"に", "く"})


def read_oclock(text: str, pos: int) -> Token | None:
    """Read 9時, 9時半, 9時15分, 10時5分前 or the 15 of 15-17時."""
    match = _OCLOCK.match(text, pos)
    if match is None:
        first = _FIRST_OF_TWO.match(text, pos)
        if first is None or (hour := to_int(first["h"])) > LAST_HOUR:
            return None
        return Token(pos, first.end(), {"clock": Clock(hour)})
    if _IDIOM.match(text, pos) or _IDIOM.match(text, pos - 2):
        return None
    minutes = match["m"] or match["bare"]
    clock = _clock(match["h"], to_int(minutes) if minutes else 30 if match["half"] else 0)
    if clock is None:
        return None
    slots: Slots = {"clock": clock}
    if match["before"]:
        slots = {"clock": Clock(clock.hour), "ago": clock.minute}
    # 一時 is also for a while: 一時停止, 曇り一時雨.
    weak = match[0] == "一時" and _GOES_ON.match(text, match.end()) is None
    return Token(pos, match.end(), slots, weak=weak)


def read_digital(text: str, pos: int) -> Token | None:
    """Read 15:30, 9:05, 5:30 pm."""
    match = _DIGITAL.match(text, pos)
    if match is None or (pos and text[pos - 1] in ":./-+" and not _after_range(text, pos)):
        return None
    clock = _clock(match["h"], int(match["m"]), exact=match["h"][0] == "0")
    if clock is None:
        return None
    if match["suffix"]:
        clock = clock._replace(suffix="am" if match["suffix"] == "a" else "pm")
    return Token(pos, match.end(), {"clock": clock}, free=True)


def read_spoken(text: str, pos: int, previous: Token | None) -> Token | None:
    """Read くじ, さんじはん, じゅうじじゅっぷん."""
    match = _SPOKEN.match(text, pos)
    beside = previous is not None and previous.end == pos
    if match is None or not (beside or fits(text, pos, "hk")):
        return None
    minutes = 30 if match["half"] else MINUTE_READINGS[match["m"]] if match["m"] else 0
    clock = Clock(HOUR_READINGS[match["h"]], minutes)
    sure = minutes or match["sure"] is not None
    weak = not sure and (match["h"] in _AMBIGUOUS or match.end() < len(text))
    return Token(pos, match.end(), {"clock": clock}, weak=weak)


def _after_range(text: str, pos: int) -> bool:
    """Whether a dash before the digits stands between two times (10:00-11:30)."""
    return text[pos - 1] == "-" and pos > 1 and text[pos - 2] in "0123456789時半分 "


def _clock(hour: str, minute: int, exact: bool = False) -> Clock | None:
    number = to_int(hour)
    if number > LAST_HOUR or minute > 59:
        return None
    return Clock(number, minute, exact)
