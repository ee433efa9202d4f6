"""Find and normalise date and time expressions, Japanese and English.

`find_times(text, now)` reads an utterance in five steps, a file or two each:
text (normalise) → lexer (words and numbers become tokens, with japanese/ and
english/) → gather (neighbours fill the slots of one frame) → phrases (から, と join
frames; habits gives days the 毎週 behind them) → compose (days, times, recurrence
seen from the clock).
"""

from funcgemma.language.values.times.anchor import (
    apply_shift,
    resolve_day_only,
    resolve_time_only,
)
from funcgemma.language.values.times.find import find_times
from funcgemma.language.values.times.model import Granularity, TimeExpression

__all__ = [
    "Granularity",
    "TimeExpression",
    "apply_shift",
    "find_times",
    "resolve_day_only",
    "resolve_time_only",
]
