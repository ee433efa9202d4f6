"""Days, times and entries in Japanese and English."""

from datetime import date, datetime

from funcgemma.functions.reminders.actions.rule_days import MONTHS_EN, WEEKDAYS_EN, WEEKDAYS_JA
from funcgemma.functions.reminders.actions.rule_words import rule_text
from funcgemma.functions.reminders.entries import Draft, Occurrence, When, as_day


def name_of(draft: Draft, language: str) -> str:
    """What an entry is called in a sentence."""
    if language == "ja":
        return f"「{draft.description}」" if draft.description else "リマインダー"
    return f"“{draft.description}”" if draft.description else "the reminder"


def time_text(start: When, end: When | None, language: str, now: datetime) -> str:
    """5月14日(木) 9:00〜10:00, Thu 14 May 9:00–10:00; the year only when it is another one."""
    text = _point(start, language, now)
    if end is None:
        return text
    if isinstance(end, datetime) and as_day(end) == as_day(start):
        last = _clock(end)
    else:
        last = _point(end, language, now)
    return f"{text}{'〜' if language == 'ja' else '–'}{last}"


def draft_text(draft: Draft, language: str, now: datetime) -> str:
    """When something takes place, from its first time on."""
    if draft.start is None:
        return "日時なし" if language == "ja" else "no time"
    when = time_text(draft.start, draft.end, language, now)
    rule = rule_text(draft.recurrence, language)
    if not rule:
        return when
    return f"{when}から{rule}" if language == "ja" else f"{rule} from {when}"


def line_of(found: Occurrence, language: str, now: datetime) -> str:
    """An occurrence as one line of a list."""
    name = found.entry.description or ("(内容なし)" if language == "ja" else "(no description)")
    if found.start is None:
        return f"{name}（日時なし）" if language == "ja" else f"{name} (no time)"
    rule = rule_text(found.entry.recurrence, language)
    mark = (f"（{rule}）" if language == "ja" else f" ({rule})") if rule else ""
    return f"{time_text(found.start, found.end, language, now)} {name}{mark}"


def _point(when: When, language: str, now: datetime) -> str:
    day = _day(as_day(when), language, now)
    return f"{day} {_clock(when)}" if isinstance(when, datetime) else day


def _clock(moment: datetime) -> str:
    return f"{moment.hour}:{moment:%M}"


def _day(day: date, language: str, now: datetime) -> str:
    year = "" if day.year == now.year else str(day.year)
    if language == "ja":
        weekday = WEEKDAYS_JA[day.weekday()]
        return f"{year}{'年' if year else ''}{day.month}月{day.day}日({weekday})"
    text = f"{WEEKDAYS_EN[day.weekday()]} {day.day} {MONTHS_EN[day.month - 1]}"
    return f"{text} {year}" if year else text
