"""Polarity, emotion or intensity of a text, by a small trained classifier."""

from collections.abc import Mapping
from typing import Any

from funcgemma.functions.definition import FunctionDefinition
from funcgemma.functions.registry import FunctionRegistry

SCHEMA: dict[str, Any] = {
    "name": "sentiment_label",
    "description": "感情ラベル分析: 与えられた文章の感情・ポジネガの判定を明示的に頼まれたときに使う。",
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
                "description": "polarity=ポジティブ/ネガティブ/中立, emotion=喜怒哀楽などの感情名, intensity=感情の強さ・度合い",
            },
        },
        "required": ["text"],
    },
}


def handler(**arguments: Any) -> Mapping[str, Any]:
    """Echo the arguments."""
    return dict(arguments)


def register(registry: FunctionRegistry) -> None:
    """Make the function known."""
    registry.register(FunctionDefinition(**SCHEMA, handler=handler, risk="read", origin=__name__))
