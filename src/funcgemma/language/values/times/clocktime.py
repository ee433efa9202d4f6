"""Clock times as they are said, and the moments they stand for."""

from datetime import date, datetime, timedelta

from funcgemma.language.values.times.model import DAY, HOUR, Clock, Part

_NOON = 12


def minute_of(clock: Clock, part: Part | None) -> int:
    """Minutes after midnight of a time as it was said; 1440 and more are the next day."""
    part = clock.suffix or part
    if clock.exact:
        return clock.hour * HOUR + clock.minute
    return _hour(clock.hour, part) * HOUR + clock.minute


def _hour(hour: int, part: Part | None) -> int:
    """The hour on the 24-hour clock; 1 to 6 are the afternoon unless the words say otherwise."""
    if hour > _NOON:
        return hour
    if part == "night":
        return hour + 24 if hour < 5 else 24 if hour == _NOON else hour + _NOON
    if part == "late":
        return hour if hour < 7 else hour + _NOON
    if part == "am":
        return hour % _NOON
    if part in ("pm", "evening"):
        return hour % _NOON + _NOON
    afternoon = (part is None or part == "noon") and 1 <= hour <= 6
    return hour + _NOON if afternoon else hour


def at(day: date, minute: int) -> datetime:
    """A day and minutes after its midnight as a naive time.

    Raises:
        OverflowError: It lies outside the calendar.
    """
    return datetime(day.year, day.month, day.day) + timedelta(minutes=minute)


def next_time(minute: int, now: datetime) -> datetime:
    """The next time after now that the clock shows so many minutes after midnight."""
    local = now.replace(tzinfo=None)
    today = at(local.date(), minute % DAY)
    return today if today > local else today + timedelta(days=1)
