"""Recurrence rules in Japanese and English; a rule without a short name as it is written."""

from funcgemma.functions.reminders.actions.rule_days import (
    CODES,
    WEEKDAYS_EN,
    WEEKDAYS_JA,
    day_english,
    day_japanese,
    details,
)
from funcgemma.functions.reminders.rules import parts_of

_WORKDAYS = ",".join(CODES[:5])
_EACH = {"DAILY": "毎日", "WEEKLY": "毎週", "MONTHLY": "毎月", "YEARLY": "毎年"}
_UNITS = {
    "MINUTELY": ("分", "minute"),
    "HOURLY": ("時間", "hour"),
    "DAILY": ("日", "day"),
    "WEEKLY": ("週間", "week"),
    "MONTHLY": ("か月", "month"),
    "YEARLY": ("年", "year"),
}


def rule_text(rule: str | None, language: str) -> str:
    """毎週月・水曜, every Mon, Wed; "" for no rule."""
    if rule is None:
        return ""
    parts = parts_of(rule)
    text = _japanese(parts) if language == "ja" else _english(parts)
    return text or rule


def _japanese(parts: dict[str, str]) -> str:
    count, frequency = int(parts.get("INTERVAL", 1)), parts["FREQ"]
    plain = count == 1 and frequency in _EACH
    each = _EACH[frequency] if plain else f"{count}{_UNITS[frequency][0]}ごと"
    joint = "" if plain else "の"
    match details(parts):
        case ():
            return each
        case (("BYDAY", days),) if days == _WORKDAYS and plain:
            return "平日"
        case (("BYDAY", days),) if frequency == "WEEKLY":
            return f"{each}{joint}{'・'.join(_weekdays(days, WEEKDAYS_JA))}曜"
    day = day_japanese(parts)
    return f"{each}{joint}{day}" if day else ""


def _english(parts: dict[str, str]) -> str:
    count, frequency = int(parts.get("INTERVAL", 1)), parts["FREQ"]
    unit = _UNITS[frequency][1]
    each = f"every {unit}" if count == 1 else f"every {count} {unit}s"
    match details(parts):
        case ():
            return each
        case (("BYDAY", days),) if days == _WORKDAYS and each == "every week":
            return "every weekday"
        case (("BYDAY", days),) if frequency == "WEEKLY":
            names = ", ".join(_weekdays(days, WEEKDAYS_EN))
            return f"every {names}" if count == 1 else f"{each} on {names}"
    day = day_english(parts)
    return f"{each} on {day}" if day else ""


def _weekdays(codes: str, names: str | tuple[str, ...]) -> list[str]:
    return [names[CODES.index(code)] for code in codes.split(",")]
