"""English phrases with one meaning: today, the weekend, every night."""

from funcgemma.language.values.times.model import Clock, Every, Slots

_TONIGHT: Slots = {"offset": 0, "part": "night", "tonight": True}
_NOW: Slots = {"now": True}
_NOON: Slots = {"clock": Clock(12, exact=True)}
_MORNINGS: Slots = {"every": Every("DAILY"), "part": "morning"}
_NIGHTS: Slots = {"every": Every("DAILY"), "part": "night"}
_HALF_HOURLY: Slots = {"every": Every("MINUTELY", 30)}
_WEEKENDS: Slots = {"every": Every("WEEKLY"), "weekend": True}

# Alternatives with the same meaning, as people also text and misspell them.
_MEANINGS: tuple[tuple[str, Slots], ...] = (
    ("today|2day|todays|tday", {"offset": 0}),
    ("tonight|tonite|2night|2nite", _TONIGHT),
    (
        "tomorrow|tmrw|tmr|tmw|tmoz|tmo|tomoz|tomoro|tomorow|tommorow|tommorrow|tomorro|tomorrows"
        "|2moro|2morrow|2morro|2mrw|2moz|the morra|tmrws",
        {"offset": 1},
    ),
    ("yesterday|yday|yesterdays", {"offset": -1}),
    ("the day after tomorrow|day after tomorrow", {"offset": 2}),
    ("the day before yesterday|day before yesterday", {"offset": -2}),
    ("a week today|a week from today", {"offset": 7}),
    ("a week tomorrow|a week from tomorrow|tomorrow week", {"offset": 8}),
    ("last night", {"offset": -1, "part": "night"}),
    ("this morning", {"offset": 0, "part": "morning", "tonight": True}),
    ("this afternoon|this arvo", {"offset": 0, "part": "pm", "tonight": True}),
    ("this evening|this eve", {"offset": 0, "part": "evening", "tonight": True}),
    ("right now|at the moment|currently", _NOW),
    ("noon|midday", _NOON),
    ("12 noon|twelve noon", _NOON),
    ("midnight|12 midnight|twelve midnight", {"clock": Clock(24, exact=True)}),
    ("in the morning", {"part": "morning"}),
    ("in the afternoon|in the arvo", {"part": "pm"}),
    ("in the evening", {"part": "evening"}),
    ("at night", {"part": "night"}),
    ("weekdays|every weekday|each weekday|on weekdays", {"workdays": True}),
    ("weekday mornings", {"workdays": True, "part": "morning"}),
    ("weekday evenings", {"workdays": True, "part": "evening"}),
    ("weekends|every weekend", _WEEKENDS),
    ("the weekend|weekend", {"weekend": True}),
    ("this weekend", {"week": 0, "weekend": True}),
    ("next weekend", {"week": 1, "weekend": True}),
    ("the weekend after next", {"week": 2, "weekend": True}),
    ("last weekend", {"week": -1, "weekend": True}),
    ("the week after next|week after next", {"week": 2}),
    ("the week after this one|the week after this|week after this one", {"week": 1}),
    ("the week before last", {"week": -2}),
    ("the month after next|month after next", {"month_offset": 2}),
    ("the year after next", {"year_offset": 2}),
    ("every single day", {"every": Every("DAILY")}),
    ("every morning|each morning", _MORNINGS),
    ("every afternoon|each afternoon", {"every": Every("DAILY"), "part": "pm"}),
    ("every evening|each evening", {"every": Every("DAILY"), "part": "evening"}),
    ("every night|each night", _NIGHTS),
    ("every half hour|every half an hour", _HALF_HOURLY),
    ("the end of the month|end of the month|month end", {"edge": "end"}),
)
FIXED: dict[str, Slots] = {word: slots for words, slots in _MEANINGS for word in words.split("|")}

# These count only beside another expression: Friday morning, daily at 8, eight that evening.
WEAK: dict[str, Slots] = {
    "morning": {"part": "morning"},
    "that morning": {"part": "morning"},
    "afternoon": {"part": "pm"},
    "that afternoon": {"part": "pm"},
    "arvo": {"part": "pm"},
    "evening": {"part": "evening"},
    "that evening": {"part": "evening"},
    "night": {"part": "night"},
    "nite": {"part": "night"},
    "that night": {"part": "night"},
    "daily": {"every": Every("DAILY")},
    "nightly": {"every": Every("DAILY"), "part": "night"},
    "weekly": {"every": Every("WEEKLY")},
    "monthly": {"every": Every("MONTHLY")},
    "hourly": {"every": Every("HOURLY")},
    "yearly": {"every": Every("YEARLY")},
    "annually": {"every": Every("YEARLY")},
}
