"""What returns: the RRULE of a frame, and its first occurrence after now."""

from datetime import date, datetime, timedelta

from funcgemma.language.values.times.clocktime import at, minute_of, next_time
from funcgemma.language.values.times.days import (
    SATURDAY,
    SUNDAY,
    WEEK,
    add_months,
    day_in_month,
    day_in_year,
    next_weekdays,
    nth_weekday,
    plus,
    year_month,
)
from funcgemma.language.values.times.frame import Frame
from funcgemma.language.values.times.holidays import NAMED, Fixed, Nth
from funcgemma.language.values.times.model import HOUR, Every, Frequency, Part

_WORKDAYS = (0, 1, 2, 3, 4)
# When a part of the day is over, for 毎朝 and 毎晩 without an hour.
_PART_HOURS: dict[Part, int] = {
    "am": 9,
    "morning": 7,
    "noon": 12,
    "pm": 15,
    "evening": 17,
    "night": 20,
    "late": 23,
}


def returns(frame: Frame) -> bool:
    """Whether a frame speaks of something that happens again and again."""
    return frame.every is not None or (frame.workdays and frame.week is None)


def rule_of(frame: Frame) -> str:
    """The RRULE of a recurring frame, without a start."""
    every = _every(frame)
    parts = [f"FREQ={every.frequency}"]
    if every.interval > 1:
        parts.append(f"INTERVAL={every.interval}")
    weekdays, doms, month = _weekdays(frame), _doms(frame), _month(frame)
    if month:
        parts.append(f"BYMONTH={month}")
    if doms:
        parts.append(f"BYMONTHDAY={','.join(map(str, doms))}")
    if weekdays:
        names = [WEEK[day] for day in weekdays]
        nths = _nths(frame)
        parts.append(f"BYDAY={','.join(f'{n}{name}' for n in nths or ('',) for name in names)}")
    return ";".join(parts)


def first_of(frame: Frame, now: datetime) -> tuple[date, int | None]:
    """Day and minute (None without a clock time) of the first occurrence after now.

    Raises:
        ValueError: It lies outside the calendar.
        OverflowError: It lies outside the calendar.
    """
    every = _every(frame)
    minute = minute_of(frame.clock, frame.part) if frame.clock else None
    if every.frequency in ("HOURLY", "MINUTELY"):
        return _first_time(every, minute, now)
    today = now.date()
    sooner = (
        minute if minute is not None else _PART_HOURS.get(frame.part, 0) * HOUR if frame.part else 0
    )
    start = today if at(today, sooner) > now.replace(tzinfo=None) else plus(today, 1)
    named = _weekdays(frame) or _doms(frame) or _month(frame)
    if not named and frame.clock is None and every.frequency != "DAILY":
        return _one_period_on(today, every), None
    return _first_day(frame, start) or start, minute


def _first_time(every: Every, minute: int | None, now: datetime) -> tuple[date, int]:
    if minute is not None:
        first = next_time(minute, now)
    else:
        step = every.interval * (HOUR if every.frequency == "HOURLY" else 1)
        first = now + timedelta(minutes=step)
    return first.date(), first.hour * HOUR + first.minute


def _one_period_on(today: date, every: Every) -> date:
    if every.frequency == "WEEKLY":
        return plus(today, 7 * every.interval)
    return add_months(today, every.interval * (12 if every.frequency == "YEARLY" else 1))


def _first_day(frame: Frame, start: date) -> date | None:
    """The first day on or after `start` that fits; None if every day does."""
    doms, weekdays, nths, month = _doms(frame), _weekdays(frame), _nths(frame), _month(frame)
    if month and doms:
        return min(filter(None, (day_in_year(start, month, dom) for dom in doms)), default=None)
    if month and not weekdays:
        return day_in_year(start, month, 1)
    if doms:
        return min(filter(None, (day_in_month(start, dom) for dom in doms)), default=None)
    if nths and weekdays:
        days = (
            nth_weekday(*(year_month(start, step)), nth, day)
            for step in range(14)
            for nth in nths
            for day in weekdays
            if not month or year_month(start, step)[1] == month
        )
        return min((day for day in days if day and day >= start), default=None)
    return next_weekdays(plus(start, -1), weekdays) if weekdays else None


def _every(frame: Frame) -> Every:
    """How often; what is said of weekdays is weekly, of days of the month monthly."""
    every = frame.every or Every("WEEKLY")
    frequency: Frequency = every.frequency
    if frequency in ("HOURLY", "MINUTELY"):
        return every
    if frame.nth and frequency != "YEARLY":
        frequency = "MONTHLY"
    elif frequency == "DAILY" and _weekdays(frame):
        frequency = "WEEKLY"
    elif frequency == "DAILY" and frame.dom:
        frequency = "MONTHLY"
    elif frame.named or (frame.month and frame.dom):
        frequency = "YEARLY"
    return every._replace(frequency=frequency)


def _weekdays(frame: Frame) -> tuple[int, ...]:
    rule = NAMED.get(frame.named or "")
    if isinstance(rule, Nth):
        return (rule.weekday,)
    if frame.workdays:
        return _WORKDAYS
    days = (SATURDAY, SUNDAY) if frame.weekend else tuple(sorted(frame.weekdays))
    if frame.except_:
        return tuple(day for day in range(7) if day not in days)
    return () if frame.dom else days


def _doms(frame: Frame) -> tuple[int, ...]:
    rule = NAMED.get(frame.named or "")
    if isinstance(rule, Fixed):
        return (rule.day,)
    if frame.edge in ("end", "start"):
        return (-1,) if frame.edge == "end" else (1,)
    return tuple(sorted(frame.dom))


def _nths(frame: Frame) -> tuple[int, ...]:
    rule = NAMED.get(frame.named or "")
    return (rule.nth,) if isinstance(rule, Nth) else frame.nth


def _month(frame: Frame) -> int | None:
    rule = NAMED.get(frame.named or "")
    return rule.month if isinstance(rule, Fixed | Nth) else frame.month
