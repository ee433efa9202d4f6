"""Polarity, emotion or intensity of a text, by a small linear model that ships with the package."""

from typing import Any

from funcgemma.functions.context import Context
from funcgemma.functions.definition import FunctionDefinition
from funcgemma.functions.registry import FunctionRegistry
from funcgemma.functions.sentiment.judge import judge
from funcgemma.functions.sentiment.labels import LABELS, POLARITY, label_word
from funcgemma.functions.sentiment.message import verdict_sentence

SCHEMA: dict[str, Any] = {
    "name": "sentiment_label",
    "description": (
        "感情ラベル分析: 与えられた文章の感情・ポジネガの判定を明示的に頼まれたときに使う。"
    ),
    "parameters": {
        "type": "object",
        "properties": {
            "text": {
                "type": "string",
                "description": "分析対象の文章。かぎ括弧は除く",
                "x-kind": "verbatim",
            },
            "granularity": {
                "type": "string",
                "enum": ["polarity", "emotion", "intensity"],
                "default": "polarity",
                "description": (
                    "polarity=ポジティブ/ネガティブ/中立, emotion=喜怒哀楽などの感情名, "
                    "intensity=感情の強さ・度合い"
                ),
            },
        },
        "required": ["text"],
    },
}


def handler(
    text: str, granularity: str = POLARITY, *, ctx: Context | None = None
) -> dict[str, Any]:
    """Judge a text.

    Args:
        text: What is judged; of a very long text, its first and last 2,000 characters.
        granularity: `polarity`, `emotion` or `intensity`.
        ctx: Only its language is used; without one the answer is in Japanese.

    Returns:
        `label` with its word in the user's language, `score` (the label's probability; for
        `intensity` the strength, 0 to 1), `scores` (a probability for every label) and a sentence.
        `status` is `invalid` where there is nothing to judge.
    """
    language = ctx.language if ctx else "ja"
    problem = _problem(text, granularity, language)
    if problem:
        return {"status": "invalid", "granularity": granularity, "message": problem}
    verdict = judge(text, granularity)
    return {
        "status": "ok",
        "granularity": granularity,
        "label": verdict.label,
        "label_text": label_word(granularity, verdict.label, language),
        "score": round(verdict.score, 3),
        "scores": {label: round(share, 3) for label, share in verdict.scores.items()},
        "message": verdict_sentence(text, granularity, verdict, language),
    }


def _problem(text: str, granularity: str, language: str) -> str:
    """Why the arguments cannot be used, in one sentence; "" if they can."""
    if granularity not in LABELS:
        known = ", ".join(LABELS)
        return (
            f"「{granularity}」という判定はできません（{known} のどれか）。"
            if language == "ja"
            else f"'{granularity}' cannot be judged; choose one of {known}."
        )
    if not text.strip():
        return "判定する文章がありません。" if language == "ja" else "There is no text to judge."
    return ""


def register(registry: FunctionRegistry) -> None:
    """Make the function known."""
    registry.register(FunctionDefinition(**SCHEMA, handler=handler, risk="read", origin=__name__))
