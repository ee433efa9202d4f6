"""Days within a month or year in words: 第2火曜, the last day, 14 May."""

CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
WEEKDAYS_JA = "月火水木金土日"
WEEKDAYS_EN = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS_EN = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def day_japanese(parts: dict[str, str]) -> str:
    """第2火曜, 末日, 5月14日; "" where a rule says more than that."""
    names = "・".join(f"{month}月" for month in _months(parts))
    ordinals, days = _nth(parts), _month_days(parts)
    if ordinals:
        named = (f"{_nth_japanese(n)}{WEEKDAYS_JA[day]}曜" for n, day in ordinals)
        return f"{names}{'の' if names else ''}{'・'.join(named)}"
    if days:
        return names + "・".join(_monthday_japanese(n) for n in days)
    return ""


def _nth_japanese(number: int) -> str:
    return "最終" if number == -1 else f"第{number}" if number > 0 else f"最後から{-number}番目の"


def _monthday_japanese(number: int) -> str:
    return "末日" if number == -1 else f"{number}日" if number > 0 else f"最後から{-number}日目"


def day_english(parts: dict[str, str]) -> str:
    """The 2nd Tue, the last day, 14 May; "" where a rule says more than that."""
    names = ", ".join(MONTHS_EN[month - 1] for month in _months(parts))
    ordinals, days = _nth(parts), _month_days(parts)
    if ordinals:
        named = ", ".join(f"the {_nth_english(n)} {WEEKDAYS_EN[day]}" for n, day in ordinals)
        return f"{named} of {names}" if names else named
    if days and names and min(days) > 0:
        return f"{', '.join(map(str, days))} {names}"
    if days:
        named = ", ".join(_monthday_english(n) for n in days)
        return f"{named} of {names}" if names else named
    return ""


def _nth_english(number: int) -> str:
    if number < 0:
        return "last" if number == -1 else f"{_nth_english(-number)}-last"
    ending = "th" if 10 < number % 100 < 14 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _monthday_english(number: int) -> str:
    return f"day {number}" if number > 0 else f"the {_nth_english(number)} day"


def _is_by_month(parts: dict[str, str]) -> bool:
    """Whether its days are counted within months; without BYMONTH those of a year are not."""
    return parts["FREQ"] == ("YEARLY" if "BYMONTH" in parts else "MONTHLY")


def _months(parts: dict[str, str]) -> list[int]:
    """The months a rule names."""
    return [int(month) for month in parts.get("BYMONTH", "").split(",") if month]


def _nth(parts: dict[str, str]) -> list[tuple[int, int]]:
    """(which one, weekday) for 2TU or TU with BYSETPOS=2, if a rule says nothing else."""
    names = {name for name, _ in details(parts)} - {"BYMONTH"}
    codes = parts.get("BYDAY", "").split(",")
    if not _is_by_month(parts):
        return []
    if names == {"BYDAY", "BYSETPOS"} and len(codes) == 1 and len(codes[0]) == 2:
        codes = [f"{number}{codes[0]}" for number in parts["BYSETPOS"].split(",")]
    elif names != {"BYDAY"}:
        return []
    if any(len(code) == 2 for code in codes):
        return []
    return [(int(code[:-2]), CODES.index(code[-2:])) for code in codes]


def _month_days(parts: dict[str, str]) -> list[int]:
    """The days of the month, if a rule says nothing else."""
    names = {name for name, _ in details(parts)} - {"BYMONTH"}
    if names != {"BYMONTHDAY"} or not _is_by_month(parts):
        return []
    return [int(day) for day in parts["BYMONTHDAY"].split(",")]


def details(parts: dict[str, str]) -> tuple[tuple[str, str], ...]:
    """What a rule says beside its frequency."""
    known = ("FREQ", "INTERVAL", "WKST")
    return tuple((name, value) for name, value in parts.items() if name not in known)
