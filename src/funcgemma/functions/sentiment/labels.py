"""The classes of the sentiment function and the words they are shown with."""

POLARITY, EMOTION, INTENSITY = "polarity", "emotion", "intensity"

# Emotions: Ekman's six basic ones, affection (love, thanks, care), and none.
LABELS: dict[str, tuple[str, ...]] = {
    POLARITY: ("positive", "negative", "neutral"),
    EMOTION: (
        "joy",
        "affection",
        "sadness",
        "anger",
        "fear",
        "surprise",
        "disgust",
        "neutral",
    ),
    INTENSITY: ("weak", "medium", "strong"),
}

_WORDS: dict[str, dict[str, dict[str, str]]] = {
    "ja": {
        POLARITY: {"positive": "ポジティブ", "negative": "ネガティブ", "neutral": "中立"},
        EMOTION: {
            "joy": "喜び",
            "affection": "愛情・感謝",
            "sadness": "悲しみ",
            "anger": "怒り",
            "fear": "不安・恐れ",
            "surprise": "驚き",
            "disgust": "嫌悪",
            "neutral": "感情なし",
        },
        INTENSITY: {"weak": "弱い", "medium": "中くらい", "strong": "強い"},
    },
    "en": {
        EMOTION: {"affection": "affection or gratitude", "fear": "fear or worry"},
        INTENSITY: {"medium": "moderate"},
    },
}


def label_word(granularity: str, label: str, language: str) -> str:
    """The word for a label in a language; the label itself where it is already one."""
    return _WORDS.get(language, _WORDS["en"]).get(granularity, {}).get(label, label)
