"""Which RRULEs are kept: those that end their search for a date in reasonable time.

dateutil looks for the next date up to the year 9999. A rule that never finds
one (30 February) would hang there, the longer the shorter its steps are.
"""

import calendar
import re
from collections.abc import Mapping
from datetime import date

from funcgemma.errors import StoreError
from funcgemma.functions.reminders.entries import YEARS

HINT = "write an RFC 5545 RRULE such as FREQ=DAILY or FREQ=WEEKLY;BYDAY=MO"
MOST = 10_000
"""The largest COUNT and INTERVAL."""
NEVER = "never takes place"
_COMMON = {"FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST", "BYDAY", "BYHOUR", "BYMINUTE"}
_ALLOWED = {
    "MINUTELY": _COMMON,
    "HOURLY": _COMMON | {"BYMONTH"},
    "DAILY": _COMMON | {"BYMONTH", "BYMONTHDAY"},
    "WEEKLY": _COMMON | {"BYMONTH"},
    "MONTHLY": _COMMON | {"BYMONTH", "BYMONTHDAY", "BYSETPOS"},
    "YEARLY": _COMMON | {"BYMONTH", "BYMONTHDAY", "BYYEARDAY", "BYWEEKNO", "BYSETPOS"},
}
_WEEKDAY = "(MO|TU|WE|TH|FR|SA|SU)"
_ORDINAL = "([+-]?[1-9][0-9]?)?"
_NUMBER = "[+-]?[0-9]{1,3}"
_LARGEST = {
    "BYMONTH": 12,
    "BYMONTHDAY": 31,
    "BYYEARDAY": 366,
    "BYWEEKNO": 53,
    "BYHOUR": 23,
    "BYMINUTE": 59,
    "BYSETPOS": 366,
}
_ZERO = ("BYHOUR", "BYMINUTE")
_SHAPES = {
    "FREQ": "[A-Z]+",
    "INTERVAL": "[0-9]{1,5}",
    "COUNT": "[0-9]{1,5}",
    "UNTIL": "[0-9]{8}(T[0-9]{2}([0-5][0-9]){2}Z?)?",
    "BYDAY": f"{_ORDINAL}{_WEEKDAY}(,{_ORDINAL}{_WEEKDAY})*",
    "WKST": _WEEKDAY,
}


def parts_of(rule: str) -> dict[str, str]:
    """The parts of a rule, FREQ first.

    Raises:
        StoreError: A part is written twice or is no `NAME=VALUE`.
    """
    parts: dict[str, str] = {}
    text = re.sub(r"\s+", "", rule).upper().removeprefix("RRULE:").strip(";")
    for part in text.split(";"):
        name, _, value = part.partition("=")
        if not value or name in parts:
            raise _refusal(rule, f"'{part}' is not a part of a rule")
        parts[name] = value
    return dict(sorted(parts.items(), key=lambda part: part[0] != "FREQ"))


def check_rule(rule: str) -> str:
    """The rule in one spelling.

    Raises:
        StoreError: It is not an RRULE, or one that is not kept; says why.
    """
    parts = parts_of(rule)
    allowed = _ALLOWED.get(parts.get("FREQ", ""))
    if allowed is None:
        raise _refusal(rule, f"FREQ must be one of {', '.join(_ALLOWED)}")
    for name, value in parts.items():
        if name not in allowed:
            raise _refusal(rule, f"{name} does not go with FREQ={parts['FREQ']}")
        if not _is_readable(name, value):
            raise _refusal(rule, f"{name}={value} cannot be read")
    _check_together(rule, parts)
    return ";".join(f"{name}={value}" for name, value in parts.items())


def same_rule(one: str | None, other: str | None) -> bool:
    """Whether two rules say the same, whatever the order of their parts and days."""
    return _as_sets(one) == _as_sets(other)


def covers_rule(kept: str | None, said: str | None) -> bool:
    """Whether a kept rule is what was said, or says more: said of 毎週木曜, 毎週 is enough."""
    parts, wanted = _as_sets(kept), _as_sets(said)
    if parts is None or wanted is None:
        return False
    return all(parts.get(name) == value for name, value in wanted.items())


def _as_sets(rule: str | None) -> dict[str, set[str]] | None:
    if rule is None:
        return None
    return {name: set(value.split(",")) for name, value in parts_of(rule).items()}


def _is_readable(name: str, value: str) -> bool:
    if not re.fullmatch(_SHAPES.get(name, f"{_NUMBER}(,{_NUMBER})*"), value):
        return False
    if name == "UNTIL":
        return _is_day(value[:8]) and value[9:13] < "2400"
    numbers = [int(number) for number in value.split(",")] if name in _LARGEST else []
    low = 0 if name in _ZERO else 1
    return all(low <= abs(number) <= _LARGEST[name] for number in numbers)


def _is_day(digits: str) -> bool:
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:])).year in YEARS
    except ValueError:
        return False


def _check_together(rule: str, parts: Mapping[str, str]) -> None:
    if any(not 1 <= int(parts.get(name, 1)) <= MOST for name in ("INTERVAL", "COUNT")):
        raise _refusal(rule, f"INTERVAL and COUNT must lie between 1 and {MOST}")
    if "COUNT" in parts and "UNTIL" in parts:
        raise _refusal(rule, "COUNT and UNTIL exclude each other")
    ordinal = any(character.isdigit() for character in parts.get("BYDAY", ""))
    if ordinal and parts["FREQ"] not in ("MONTHLY", "YEARLY"):
        raise _refusal(rule, "a numbered weekday goes with MONTHLY or YEARLY only")
    months = [int(month) for month in parts.get("BYMONTH", "1").split(",")]
    days = [int(day) for day in parts.get("BYMONTHDAY", "1").split(",")]
    lengths = [calendar.monthrange(2024, month)[1] for month in months]
    if not any(abs(day) <= length for day in days for length in lengths):
        raise _refusal(rule, f"it {NEVER}")


def _refusal(rule: str, reason: str) -> StoreError:
    return StoreError(f"the recurrence '{rule}' cannot be used: {reason}", HINT)
