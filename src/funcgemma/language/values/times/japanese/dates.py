"""Dates with numbers: 2026年, 12月, 3日, 12/3, 2026-05-20, 第3."""

import re
from datetime import date

from funcgemma.language.values.times.model import Slots, Token
from funcgemma.language.values.times.numbers import KANJI, NUMBER, SMALL, to_int

_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925}
_ERA = re.compile(rf"(令和|平成|昭和)\s*(元|{SMALL})\s*年")
_YEAR = re.compile(rf"({NUMBER})\s*年(?!代|間|後|前|以|生|目|連|ぶり|く|ほ|も|物|産|製|半)")
_MONTH = re.compile(
    rf"({SMALL})\s*(?:月(?!号|生|並|期|面|謝|給|影|曜|経)|がつ)(?!のライオン|雨|病|晴|人形|みどり)"
)
# The counter 日 counts days as well; these say that it does.
_DAYS_LONG = (
    "[間後前以分目月酔も連続中遅早延繰市町]|ぶん|ぶり|坊主|天下|かけ|かか|くらい|ぐらい|ほど|じゅう"
    "|ずら|先送|大豆|[0-9一二三四五]+[回食杯]|\\s*に\\s*[0-9一二三四五]+[回度]|おき|ごと|限り|過ごし"
)
_DOM = re.compile(rf"({SMALL})\s*(?:日|にち)(?!{_DAYS_LONG})")
# Behind a month, children write the days as they say them.
SPOKEN_DAYS = {
    "ついたち": 1,
    "ふつか": 2,
    "みっか": 3,
    "よっか": 4,
    "いつか": 5,
    "むいか": 6,
    "なのか": 7,
    "ようか": 8,
    "ここのか": 9,
    "とおか": 10,
    "はつか": 20,
}
_AFTER_MONTH = re.compile(rf"(?P<n>[0-9]{{1,2}})か(?!月|げつ)|(?P<word>{'|'.join(SPOKEN_DAYS)})")
_ONE_DAY = re.compile(
    "(?=[のにからまは、。と〜/ (（-]|$|午|朝|昼|夜|夕|[0-9])(?!の(?:終|始|う|疲|摂|流))"
)
# もう三日, 一泊二日, 7日で切れる: lengths, not days of the month.
_LASTED = re.compile("(?:もう|まだ|たった|まる|丸|約|計|残り|泊)$")
_DONE = re.compile(
    "で(?!す|いい|お願|おねが|予約|登録|入れ|仮|押さえ|おさえ|確定|決|頼|たの|よろ|組|変更|調整|、|$|も)"
)
_EITHER = re.compile("一二|二三|三四|四五|五六|六七|七八|八九")
_SLASHED = re.compile(
    r"(?:(?P<y>[0-9]{4})/)?(?P<m>[0-9]{1,2})/(?P<d>[0-9]{1,2})(?:/(?P<y2>[0-9]{4}))?"
    r"(?![0-9/%]|\s*(?:カップ|倍|個|人|サイズ|の確率|くらい|ぐらい|程度|以[上下]|スケール|の量|cups?\b"
    r"|(?:table|tea)spoons?\b|of\b))"
)
_ISO = re.compile(r"(?P<y>[0-9]{4})([-.])(?P<m>[0-9]{1,2})\2(?P<d>[0-9]{1,2})(?![0-9.-])t?")
_RANGE_BEFORE = re.compile(r"\s*[〜-]\s*$")
_BARE = re.compile(rf"([0-9]{{1,2}})(?![0-9/:.,%{KANJI}]|\s*[年月日時分円人個年歳回件本枚度km])")
_NTH = re.compile(
    rf"(?:第|だい)\s*(?P<a>{SMALL})(?:\s*[、,・と]?\s*第?\s*(?P<b>{SMALL}))?\s*の?\s*(?=[月火水木金土日](?:曜|よう))"
)
_FIRST_OF_TWO = re.compile(
    rf"(?P<n>{SMALL})(?=\s*(?:〜|-|から|、|・)\s*{SMALL}\s*(?P<unit>日|月)(?!{_DAYS_LONG}))"
)
_COMMENT = re.compile(r"\s*[(（][月火水木金土日](?:曜日?)?(?:[・、]?祝)?[)）]")


def read_era(text: str, pos: int) -> Token | None:
    """Read 令和8年."""
    match = _ERA.match(text, pos)
    if match is None:
        return None
    count = 1 if match[2] == "元" else to_int(match[2])
    return Token(pos, match.end(), {"year": _ERAS[match[1]] + count}, weak=True)


def read_date(text: str, pos: int) -> Token | None:
    """Read 2026年, 12月, 3日, 12/3, 2026-05-20; a wrong month or day is no date."""
    return _read_written(text, pos) or _read_counted(text, pos)


def read_nth(text: str, pos: int) -> Token | None:
    """Read 第3 before a weekday, or 第1・第3."""
    match = _NTH.match(text, pos)
    if match is None:
        return None
    numbers = tuple(to_int(match[name]) for name in "ab" if match[name])
    return Token(pos, match.end(), {"nth": numbers}) if max(numbers) <= 5 else None


def read_bare_day(text: str, pos: int, previous: Token | None) -> Token | None:
    """Read the 26 of 12/24〜26."""
    if previous is None or "dom" not in previous.slots:
        return None
    match = _BARE.match(text, pos)
    between = text[previous.end : pos]
    if match is None or not _RANGE_BEFORE.fullmatch(between):
        return None
    return _dom_token(pos, match.end(), int(match[1]))


def read_spoken_day(text: str, pos: int, previous: Token | None) -> Token | None:
    """Read the 20か of 9がつ20か, the みっか of 3がつみっか."""
    if previous is None or previous.end != pos or "month" not in previous.slots:
        return None
    match = _AFTER_MONTH.match(text, pos)
    if match is None:
        return None
    return _dom_token(pos, match.end(), SPOKEN_DAYS.get(match["word"]) or int(match["n"]))


def after_comment(text: str, token: Token) -> Token:
    """The token with the weekday in brackets behind it: 5/20(水)."""
    slots = token.slots
    match = _COMMENT.match(text, token.end) if "dom" in slots or "offset" in slots else None
    return token._replace(end=match.end()) if match else token


def _read_written(text: str, pos: int) -> Token | None:
    match = _ISO.match(text, pos) or _SLASHED.match(text, pos)
    if match is None or (pos and text[pos - 1] in "./"):
        return None
    groups = match.groupdict()
    year = groups["y"] or groups.get("y2")
    month, day = int(groups["m"]), int(groups["d"])
    if not _possible(int(year) if year else 2028, month, day):
        return None
    slots: Slots = {"month": month, "dom": (day,)}
    if year:
        slots["year"] = int(year)
    return Token(pos, match.end(), slots, free=True)


def _read_counted(text: str, pos: int) -> Token | None:
    if match := _YEAR.match(text, pos):
        year = to_int(match[1])
        return Token(pos, match.end(), {"year": year}, weak=True) if 1800 < year < 2200 else None
    if match := _MONTH.match(text, pos):
        month = to_int(match[1])
        return Token(pos, match.end(), {"month": month}) if 1 <= month <= 12 else None
    if match := _DOM.match(text, pos):
        return _dom_token(pos, match.end(), to_int(match[1]), weak=_doubtful(text, pos, match))
    if match := _FIRST_OF_TWO.match(text, pos):
        number = to_int(match["n"])
        if match["unit"] == "日":
            return _dom_token(pos, match.end(), number)
        return Token(pos, match.end(), {"month": number}) if 1 <= number <= 12 else None
    return None


def _doubtful(text: str, pos: int, match: re.Match[str]) -> bool:
    """Whether 1日 rather means one day, so that only a month beside it makes it the first."""
    if _LASTED.search(text, max(0, pos - 3), pos) or _DONE.match(text, match.end()):
        return True
    if _EITHER.fullmatch(match[1]):
        return True
    if match[1] == "1":
        return _ONE_DAY.match(text, match.end()) is None
    return match[1] == "一"


def _dom_token(start: int, end: int, day: int, weak: bool = False) -> Token | None:
    return Token(start, end, {"dom": (day,)}, weak=weak) if 1 <= day <= 31 else None


def _possible(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True
