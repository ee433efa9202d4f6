"""Signs of feeling that can be counted: words with their negation, marks, emphasis.

`cue_values` gives one number for each name in `CUES`, most of them in 0..1, so
that they stand beside TF-IDF values in one linear model.
"""

import re
from collections.abc import Sequence

from funcgemma.functions.sentiment.feelings import Feeling
from funcgemma.functions.sentiment.labels import EMOTION, LABELS

EMOTIONS = LABELS[EMOTION][:-1]
"""The emotions a word can carry: all but `neutral`."""

_STRENGTHS = (
    "positive",
    "negative",
    "positive_denied",
    "negative_denied",
    "mostly_positive",
    "mostly_negative",
    "both",
    "strong",
    "silent",
)
_AROUND = ("positive_before", "negative_before", "positive_after", "negative_after")

# Cue -> what is counted, and the count that is as much as it can say.
_MARKS: dict[str, tuple[re.Pattern[str], int]] = {
    "exclaims": (re.compile("!"), 3),
    "asks": (re.compile(r"\?|か[。\s]*$|\b(?:does|is|are|do|can) (?:the|you|it|i|this)\b"), 1),
    "trails_off": (re.compile(r"\.\.+|・・+|…"), 1),
    "laughs": (
        re.compile(
            r"笑(?![いうえっわ顔])|草(?=$|[、。!?\s])|(?<![a-z])w+(?![a-z])|\b(?:lol|lmao|rofl|(?:ha){2,})"
        ),
        1,
    ),
    "drawls": (re.compile(r"[ー〜~]{2,}|([ぁ-んァ-ヶa-z])\1{2,}|[ぁ-ん][〜~]|っ(?=$|[、。!?])"), 2),
    "stresses": (
        re.compile(
            r"とても|すごく|めっちゃ|めちゃ|かなり|本当に|ほんと|ほんま|まじで|マジで|あまりに|超(?!え)|すぎ|過ぎ|一番|いちばん"
            r"|何より|こんなに|どれほど|絶対|ぜったい|全部|一生|世界|どんなに|全然|まったく|全く|さすがに|心から|心底|ひどく|実に"
            r"|\b(?:so|very|really|absolutely|totally|utterly|extremely|ever|never|completely|beyond|such)\b"
        ),
        2,
    ),
    "softens": (
        re.compile(
            r"ちょっと|少し|まあ|やや|わりと|けっこう|それなり|一応|なんとなく|らしい|かも|気がする|どちらかと"
            r"|\b(?:a bit|kind of|kinda|rather|somewhat|quite|maybe|i guess|i suppose|fairly)\b"
        ),
        2,
    ),
    "wishes": (re.compile(r"たい(?!へ)|ほしい|欲しい|といいな|\b(?:wish|hope|want)"), 1),
    "counts": (
        re.compile(
            r"\d+|(?<![一二三四五六七八九十百千半])[一二三四五六七八九十百千半]+(?:時|分|日|月|年|人|円|個|回|つ|枚|本|階|番|歳|度|冊|台|割|章|種|か月|週|ページ|センチ)"
            r"|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|noon)\b"
        ),
        3,
    ),
    "resigned": (
        re.compile(r"二度と|どうせ|せっかく|ろくに|いい加減|いいかげん|\bnever again\b"),
        1,
    ),
    "polite": (re.compile(r"です|ます|ました|ません|ございま"), 1),
}
_SCREAM = re.compile(r"\b[A-Z]{3,}\b")
_CONTRAST = re.compile(
    r"でも|けれど|けど|しかし|ただ[、し。]|ただし|ものの|のに|が、|反面|半面|一方|わりに"
    r"|\b(?:but|however|though|although|yet|except|just)\b"
)

CUES = (*_STRENGTHS, *_AROUND, *EMOTIONS, *_MARKS, "screams")


def cue_values(raw: str, text: str, feelings: Sequence[Feeling]) -> list[float]:
    """One value for each of `CUES`.

    Args:
        raw: The text as given; only its capital letters are read from here.
        text: The text normalised.
        feelings: The words in it that carry a feeling.
    """
    turn = max((match.end() for match in _CONTRAST.finditer(text)), default=0)
    values = [*_strengths(feelings), *_around(feelings, turn)]
    for emotion in EMOTIONS:
        count = sum(1 for f in feelings if f.emotion == emotion and not f.denied)
        values.append(min(count, 2) / 2)
    for pattern, most in _MARKS.values():
        values.append(min(sum(1 for _ in pattern.finditer(text)), most) / most)
    return [*values, float(_SCREAM.search(raw) is not None)]


def _strengths(feelings: Sequence[Feeling]) -> list[float]:
    """How much is said for and against, in the order of `_STRENGTHS`."""
    good = [f for f in feelings if f.weight > 0]
    bad = [f for f in feelings if f.weight < 0]
    up = sum(f.weight for f in good if not f.denied)
    down = -sum(f.weight for f in bad if not f.denied)
    denied_good, denied_bad = (sum(f.denied for f in side) for side in (good, bad))
    balance = up - down - denied_good + 0.5 * denied_bad
    return [
        min(up, 4) / 2,
        min(down, 4) / 2,
        min(denied_good, 2) / 2,
        min(denied_bad, 2) / 2,
        float(balance > 0),
        float(balance < 0),
        float(up > 0 and down > 0),
        float(any(abs(f.weight) == 2 for f in feelings)),
        float(not feelings),
    ]


def _around(feelings: Sequence[Feeling], turn: int) -> list[float]:
    """What is said before and after the last でも or "but", in the order of `_AROUND`."""
    plain = [f for f in feelings if not f.denied]
    if not turn or all(f.start < turn for f in feelings):
        return [0.0] * len(_AROUND)
    return [
        float(any(f.weight > 0 for f in plain if f.start < turn)),
        float(any(f.weight < 0 for f in plain if f.start < turn)),
        float(any(f.weight > 0 for f in plain if f.start >= turn)),
        float(any(f.weight < 0 for f in plain if f.start >= turn)),
    ]
