"""What came of learning, in lines for people."""

import json
from collections.abc import Sequence

from funcgemma.cli.console import say as tell
from funcgemma.cli.keeper import Keeper, Lesson
from funcgemma.cli.teach.words import RATES, say, sentence
from funcgemma.records import Case, FunctionCall
from funcgemma.training.regression import Change, Comparison

SHOWN = 5
"""Corrections beyond this many are only counted."""


def spoken_calls(calls: Sequence[FunctionCall], language: str) -> str:
    """Calls on one line: `weather_info location=京都`."""
    if not calls:
        return sentence(language, "none")
    return " + ".join(
        " ".join((call.name, *(f"{name}={_value(v)}" for name, v in call.arguments.items())))
        for call in calls
    )


def _value(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def learn(keeper: Keeper, language: str) -> int:
    """Train what waits to be learned, and say what came of it; 1 if something was held back."""
    lesson = keeper.learn()
    for line in lesson_lines(lesson, language) or [sentence(language, "up_to_date")]:
        tell(line)
    return 1 if lesson.held else 0


def lesson_lines(lesson: Lesson, language: str) -> list[str]:
    """What was learned, what was held back and why, and what changed elsewhere."""
    lines = _about(lesson.learned, "learned", language)
    if lesson.comparison is not None:
        lines.append(_elsewhere(lesson.comparison, language))
    if lesson.held and lesson.refused is not None:
        lines += _about(lesson.held, "held", language)
        lines.append(_reason(lesson.refused, language))
        lines.append(sentence(language, "old_serves"))
    return lines


def _about(cases: Sequence[Case], key: str, language: str) -> list[str]:
    lines = [
        sentence(language, key, text=case.text, calls=spoken_calls(case.calls, language))
        for case in cases[:SHOWN]
    ]
    more = len(cases) - SHOWN
    return [*lines, sentence(language, "more", count=more)] if more > 0 else lines


def _reason(refused: Comparison, language: str) -> str:
    if not refused.lost:
        return sentence(language, "why_unlearned")
    return sentence(language, "why_lost", rates=_rates(refused.lost, language))


def _elsewhere(found: Comparison, language: str) -> str:
    return sentence(
        language,
        "unchanged_else",
        sampled=found.sampled,
        otherwise=found.otherwise,
        rates=_rates(found.changes, language),
    )


def _rates(changes: Sequence[Change], language: str) -> str:
    comma = "、" if language == "ja" else ", "
    return comma.join(
        f"{say(language, RATES[c.name])} {100 * c.before:.1f} → {100 * c.after:.1f} %"
        for c in changes
    )
