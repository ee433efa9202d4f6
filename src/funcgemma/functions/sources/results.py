"""Results of the functions that look things up: plain values, never exceptions.

Every result has `status` (ok, ambiguous or unavailable) and `message`, one
short sentence in the user's language; an unavailable one has `reason`.
"""

from collections.abc import Callable, Sequence
from typing import Any

from funcgemma.errors import Unavailable
from funcgemma.functions.context import Context
from funcgemma.functions.http import HttpClient

Result = dict[str, Any]

MESSAGES: dict[str, tuple[str, str]] = {
    "offline": (
        "ネットワークにつながらないため「{subject}」を調べられません。",
        "There is no network, so “{subject}” cannot be looked up.",
    ),
    "timeout": (
        "「{subject}」を調べましたが、応答がありませんでした。",
        "The lookup of “{subject}” got no answer in time.",
    ),
    "not_found": ("「{subject}」は見つかりませんでした。", "“{subject}” was not found."),
    "no_data": ("「{subject}」のデータがありません。", "There is no data for “{subject}”."),
    "rate_limited": (
        "問い合わせが多すぎるため、少し待ってからもう一度お試しください。",
        "The source is asked too often; please try again later.",
    ),
    "past": ("過ぎた日の天気は調べられません。", "The weather of past days is not available."),
    "too_far": (
        "天気予報は今日を含めて16日分しかありません。",
        "The forecast covers 16 days only, counted from today.",
    ),
    "bad_date": ("日付が読み取れませんでした。", "The date cannot be read."),
}
OTHERWISE = (
    "「{subject}」の情報を取得できませんでした。",
    "The information on “{subject}” could not be fetched.",
)


def say(language: str, words: tuple[str, str], **values: Any) -> str:
    """The Japanese or the English of two templates, filled in."""
    return words[0 if language == "ja" else 1].format(**values)


def attempt(ctx: Context, subject: str, work: Callable[[HttpClient], Result]) -> Result:
    """Run a lookup; what is not available becomes a result here, and only here."""
    if ctx.http is None:
        return unavailable(ctx.language, subject, "offline", "the network is switched off")
    try:
        return work(ctx.http)
    except Unavailable as error:
        return unavailable(ctx.language, subject, error.reason, str(error))


def unavailable(language: str, subject: str, reason: str, detail: str = "") -> Result:
    """The result of a lookup that had no answer; `detail` is for logs, in English."""
    message = say(language, MESSAGES.get(reason, OTHERWISE), subject=subject)
    return {"status": "unavailable", "reason": reason, "message": message, "detail": detail}


def ambiguous(language: str, subject: str, candidates: Sequence[Result]) -> Result:
    """The result of a lookup that fits several things."""
    words = (
        "「{subject}」には候補が{count}件あります。どれのことですか？",
        "“{subject}” may be one of {count}. Which one is meant?",
    )
    return {
        "status": "ambiguous",
        "message": say(language, words, subject=subject, count=len(candidates)),
        "candidates": list(candidates),
    }
