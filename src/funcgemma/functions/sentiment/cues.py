"""Signs of feeling that can be counted: words with their negation, marks, emphasis.

`cue_values` gives one number for each name in `CUES`, most of them in 0..1, so
that they stand beside TF-IDF values in one linear model.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from funcgemma.functions.sentiment.labels import EMOTION, LABELS
from funcgemma.functions.sentiment.lexicon import Hit, Lexicon
from funcgemma.functions.sentiment.scope import is_negated

EMOTIONS = LABELS[EMOTION][:-1]
"""The emotions a word can carry: all but `neutral`."""

_WORD_CUES = (
    "positive",
    "negative",
    "positive_denied",
    "negative_denied",
    "positive_before",
    "negative_before",
    "positive_after",
    "negative_after",
    "mostly_positive",
    "mostly_negative",
    "both",
    "strong",
    "silent",
)

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

CUES = (*_WORD_CUES, *EMOTIONS, *_MARKS, "screams")


@dataclass(frozen=True, slots=True)
class _Word:
    """A hit as it is meant: its weight, whether it is denied, and where it stands."""

    weight: int
    emotion: str
    denied: bool
    after: bool


def cue_values(raw: str, text: str, lexicon: Lexicon) -> list[float]:
    """One value for each of `CUES`.

    Args:
        raw: The text as given; only its capital letters are read from here.
        text: The text normalised.
        lexicon: The words that carry a feeling.
    """
    words = _meant(text, lexicon.find(text))
    values = _word_values(words)
    values += [min(_count(words, emotion), 2) / 2 for emotion in EMOTIONS]
    for pattern, most in _MARKS.values():
        values.append(min(sum(1 for _ in pattern.finditer(text)), most) / most)
    values.append(1.0 if _SCREAM.search(raw) else 0.0)
    return values


def _meant(text: str, hits: Sequence[Hit]) -> list[_Word]:
    turn = max((match.end() for match in _CONTRAST.finditer(text)), default=0)
    limits = [*(hit.start for hit in hits), len(text)][1:]
    return [
        _Word(
            hit.entry.weight,
            hit.entry.emotion,
            is_negated(text, hit.start, hit.end, limit),
            hit.start >= turn > 0,
        )
        for hit, limit in zip(hits, limits, strict=True)
    ]


def _count(words: Sequence[_Word], emotion: str) -> int:
    return sum(1 for word in words if word.emotion == emotion and not word.denied)


def _word_values(words: Sequence[_Word]) -> list[float]:
    """The values of `_WORD_CUES`, in their order."""
    good = [w for w in words if w.weight > 0]
    bad = [w for w in words if w.weight < 0]
    up = _sum(w for w in good if not w.denied)
    down = _sum(w for w in bad if not w.denied)
    denied_good, denied_bad = (sum(w.denied for w in side) for side in (good, bad))
    balance = up - down - denied_good + 0.5 * denied_bad
    turned = any(w.after for w in words)
    return [
        min(up, 4) / 2,
        min(down, 4) / 2,
        min(denied_good, 2) / 2,
        min(denied_bad, 2) / 2,
        *(
            float(turned and any(not w.after and not w.denied for w in side))
            for side in (good, bad)
        ),
        *(float(any(w.after and not w.denied for w in side)) for side in (good, bad)),
        float(balance > 0),
        float(balance < 0),
        float(bool(up) and bool(down)),
        float(any(abs(w.weight) == 2 for w in words)),
        float(not words),
    ]


def _sum(words: Iterable[_Word]) -> int:
    return sum(abs(word.weight) for word in words)
