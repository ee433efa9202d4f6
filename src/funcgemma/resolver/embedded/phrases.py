"""The content of a request that the tagger overlooked: 打ち合わせ in 15時に打ち合わせ入れて."""

from functools import lru_cache

from funcgemma.language.lexicon import lexicon
from funcgemma.resolver.embedded.view import View

_LINKS = frozenset(("を", "が", "は", "も"))
_INSIDE = frozenset(("の", "と"))
_EMPTY = frozenset((
    "予定", "スケジュール", "リマインダー", "リマインド", "アラーム", "通知", "カレンダー", "件",
    "事", "物", "全部", "全て", "此れ", "其れ", "メモ", "登録", "変更", "キャンセル", "削除",
    "追加", "御願い", "時間",
))  # fmt: skip
"""Words that name no content."""


@lru_cache(maxsize=1)
def _verbs() -> frozenset[str]:
    words = lexicon()
    return frozenset((*words["put"], *words["move"], *words["drop"]))


def noun_before_verb(view: View) -> tuple[int, int] | None:
    """Characters of the nouns just before a verb of writing down, moving or dropping."""
    words = view.words
    for i in range(len(words) - 1, 0, -1):
        if words.forms[i] in _verbs() and not view.quoted[i]:
            last = i - 1 if words.surfaces[i - 1] in _LINKS else i
            first = last
            while first > 0 and _belongs(view, first - 1):
                first -= 1
            while first < last and words.surfaces[first] in _INSIDE:
                first += 1
            if any(words.forms[k] not in _EMPTY for k in range(first, last)):
                return words.starts[first], words.ends[last - 1]
    return None


def _belongs(view: View, i: int) -> bool:
    words = view.words
    if any(time.start < words.ends[i] and words.starts[i] < time.end for time in view.times):
        return False
    noun = words.tags[i].startswith(("名詞", "接尾辞", "接頭辞"))
    return noun or words.surfaces[i] in _INSIDE or words.forms[i] == "打ち合わせる"
