"""Whether an utterance says values and nothing else: じゃあ大阪は？, and Glossop?, 15時で."""

from collections.abc import Mapping, Sequence

from funcgemma.language.english import NOUN
from funcgemma.records import Mention
from funcgemma.resolver.embedded.fallbacks import stretches
from funcgemma.resolver.embedded.view import View

_CONTENT = ("名詞", "動詞", "形容詞", "形状詞", "副詞", "代名詞")
_EMPTY = frozenset((
    "方", "所", "物", "奴", "為る", "だ", "です", "有る", "成る", "言う", "其れ", "どう", "如何",
    "じゃあ", "では", "やはり", "矢張り", "やっぱり", "其の", "もう", "あと", "後", "次", "今度",
    "変更",
    "about", "abt", "bout", "instead", "actually", "ok", "okay", "oh", "um", "uh", "er", "mm", "hm",
    "wait", "yeah", "yes", "then", "make", "meant", "mean", "well", "right",
))  # fmt: skip
"""Words of content that say nothing of their own here."""

_ABOUT = ("about", "abt", "bout")


def only_values(view: View, values: Mapping[str, Sequence[Mention]]) -> bool:
    """Whether every word of content belongs to a value, a time or a language; one at least does."""
    taken = stretches(values)
    taken |= {(time.start, time.end) for time in view.times}
    taken |= {(name.start, name.end) for name in view.languages}
    return bool(taken) and all(
        any(start < view.words.ends[i] and view.words.starts[i] < end for start, end in taken)
        for i in range(len(view.words))
        if _has_content(view, i)
    )


def _has_content(view: View, i: int) -> bool:
    form, tag = view.words.forms[i], view.words.tags[i]
    if form in _EMPTY:
        return False
    if tag == "en-wh":  # what about Glossop
        return view.words.forms[i + 1 : i + 2] not in ([word] for word in _ABOUT)
    return tag.startswith((*_CONTENT, NOUN))
