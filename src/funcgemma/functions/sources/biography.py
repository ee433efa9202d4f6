"""Dates and origin of a person, read from the first paragraph of an encyclopaedia.

Only what stands there is given. Nothing is worked out but the age of somebody
whose day of birth is known and who is not said to have died.
"""

import re
from datetime import date
from typing import Any

_MONTHS = "January February March April May June July August September October November December"
_JA_DATE = re.compile(r"(?<!\d)(\d{3,4})年(?:[(（〈][^()（）〈〉]*[)）〉])?(\d{1,2})月(\d{1,2})日")
_EN_DATE = re.compile(
    rf"(?P<m1>{'|'.join(_MONTHS.split())}) (?P<d1>\d{{1,2}}), (?P<y1>\d{{3,4}})"
    rf"|(?P<d2>\d{{1,2}}) (?P<m2>{'|'.join(_MONTHS.split())}) (?P<y2>\d{{3,4}})"
)
_DASH = re.compile(r"\s[-–—〜~]\s?|[–—〜]")
# Only what ends like a place: people also come from schools, agencies and bands.
_JA_ORIGIN = re.compile(
    r"([^、。（）()〈〉\s\d]{1,18}[都道府県市区町村郡州国島])(?:出身|生まれ|出生)"
)
_JA_HEIGHT = re.compile(r"身長は?\s*(\d{3})\s*(?:cm|センチ)", re.IGNORECASE)
_JA_BLOOD = re.compile(r"血液型は?\s*(AB|[ABO])型?")
_JA_REAL_NAME = re.compile(
    r"本名(?:は|[:：]|\s)\s*(?!非公開|不詳|未公開|同じ)([^、。（）()〈〉「」]{2,20})"
)
_KANA = re.compile(r"[ぁ-んァ-ヶー・ 　]{2,30}")
OLDEST = 110
"""Nobody is taken to be older: the day of death is then just not known."""


def profile(lead: str, language: str, today: date) -> dict[str, Any]:
    """What the first paragraph says of birth, death and origin; unknown keys are absent."""
    bracket = _first_bracket(lead)
    dates = _JA_DATE if language == "ja" else _EN_DATE
    before, after = _around_dash(bracket, dates)
    birth = _date(dates.search(before))
    death = _date(dates.search(after))
    facts: dict[str, Any] = {}
    if birth:
        facts["birth_date"] = birth.isoformat()
    if death:
        facts["death_date"] = death.isoformat()
    elif birth and 0 <= (age := _age(birth, today)) <= OLDEST and not after.strip():
        facts["age"] = age
    return facts | (_japanese(lead, bracket) if language == "ja" else {})


def _japanese(lead: str, bracket: str) -> dict[str, Any]:
    facts: dict[str, Any] = {}
    reading = _KANA.match(bracket.strip())
    if reading:
        facts["reading"] = reading[0].strip(" 　・")
    for name, pattern in (
        ("origin", _JA_ORIGIN),
        ("real_name", _JA_REAL_NAME),
        ("blood_type", _JA_BLOOD),
    ):
        if found := pattern.search(lead):
            facts[name] = found[1].strip()
    if height := _JA_HEIGHT.search(lead):
        facts["height_cm"] = int(height[1])
    return facts


def _first_bracket(lead: str) -> str:
    """The text in the first pair of brackets, brackets inside it included."""
    start = min((i for i in (lead.find("（"), lead.find("(")) if i >= 0), default=-1)
    if start < 0:
        return ""
    depth = 0
    for index in range(start, len(lead)):
        depth += (lead[index] in "（(") - (lead[index] in "）)")
        if depth == 0:
            return lead[start + 1 : index]
    return ""


def _around_dash(bracket: str, dates: re.Pattern[str]) -> tuple[str, str]:
    """What stands before and after the dash of birth – death."""
    first = dates.search(bracket)
    dash = _DASH.search(bracket, first.end()) if first else None
    return (bracket[: dash.start()], bracket[dash.end() :]) if dash else (bracket, "")


def _date(match: re.Match[str] | None) -> date | None:
    if match is None:
        return None
    named = match.groupdict()
    if named:
        month = _MONTHS.split().index(named["m1"] or named["m2"]) + 1
        parts = (int(named["y1"] or named["y2"]), month, int(named["d1"] or named["d2"]))
    else:
        parts = (int(match[1]), int(match[2]), int(match[3]))
    try:
        return date(*parts)
    except ValueError:
        return None


def _age(birth: date, today: date) -> int:
    return today.year - birth.year - ((today.month, today.day) < (birth.month, birth.day))
