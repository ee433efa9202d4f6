"""Yes, no, and "never mind": is a short utterance an answer to "shall I?" and which one."""

import re

from funcgemma.language.normalise import normalise

LONGEST = 24
"""A longer utterance says more than yes or no."""

LONGEST_UNDO = 32
"""A longer utterance says more than "undo that"."""

_FILL = r"[、。,.!?\s〜~ー…]*"
_YES_WORDS = (
    r"はい|ハイ|うん|ええ|そう(?:です|して(?:ください)?)?|お願い(?:します|いたします|ね)?|おねがい(?:します)?|"
    r"頼む|頼みます|よろしく(?:お願いします)?|もちろん|ぜひ|おっけー?(?:です)?|オッケー?|いいよ|いいとも|了解|承知|"
    r"実行(?:して(?:ください)?)?|やって(?:ください)?|進めて(?:ください)?|合ってます?|大丈夫です?|"
    r"yes|yeah|yep|yup|y|ok|okay|sure|please|do it|go ahead|go on|confirm|correct|right"
)
_NO_WORDS = (
    r"いいえ|いえ|いや|ううん|だめ|駄目|違う|違います|ちがう|ちがいます|やめて(?:ください|おく|おきます)?|"
    r"やめる|やめます|やめとく|しない(?:で(?:ください)?)?|しません|しなくて(?:いい|いいです|結構です)|"
    r"不要(?:です)?|結構です|no|nope|nah|n|don'?t|do not|not now|no,? thanks?|no thank you|stop"
)
_CANCEL_WORDS = (
    r"(?:やっぱり?|もう)?(?:いいや|いい(?:です)?|やめ(?:て(?:おく|おきます|ください)?|る|ます|とく)?)|"
    r"やっぱり?なし(?:で)?|なし(?:で|にして)?|キャンセル(?:して|で|します)?|中止|"
    r"なんでもない(?:です)?|何でもない(?:です)?|忘れて|cancel(?: it| that)?|never ?mind|forget it|"
    r"stop"
)
_VERBS = {
    r"取り消|delete": r"(?:取り?消し?|消し|削除し|キャンセルし)て(?:ください)?|delete it|cancel it",
    r"登録|\badd\b": r"(?:登録し|入れ|追加し)て(?:ください)?|add it",
    r"変更|change": r"(?:変更し|変え)て(?:ください)?|change it",
    r"調べ|look up": r"調べて(?:ください|みて|ほしい(?:です)?|くれる)?|look it up",
    r"探し|look for": r"探して(?:ください|みて|ほしい(?:です)?|くれる)?|look for it",
    r"翻訳|translate": r"(?:翻訳し|訳し)て(?:ください)?|translate it",
}
"""What a question asks about -> the same said as a request, which is then a yes."""

_UNDO_WORDS = (
    r"(?:(?:やっぱり?|すみません|ごめん|今の|いまの|さっきの|直前の|それ|変更|削除|取り消し)"
    r"(?:は|を|も|の)?[、,\s]*)*(?:取り?消して)?[、,\s]*(?:元に|もとに)?"
    r"(?:戻して|もどして)(?:ください|下さい|ほしい(?:です)?|もらえますか)?|"
    r"(?:please )?undo(?: that| it| this| the last (?:change|one))?(?:,? please)?|"
    r"アンドゥ|取り消しを取り消して(?:ください)?|(?:put|change|bring) it back|"
    r"revert(?: that| it)?"
)
_YES = re.compile(rf"{_FILL}(?:(?:{_YES_WORDS}){_FILL})+")
_NO = re.compile(rf"{_FILL}(?:(?:{_NO_WORDS}|{_CANCEL_WORDS}){_FILL})+")
_UNDO = re.compile(rf"{_FILL}(?:{_UNDO_WORDS}){_FILL}")
_CANCEL = re.compile(rf"{_FILL}(?:(?:いや|いえ|no){_FILL})?(?:{_CANCEL_WORDS}){_FILL}")


def agreement(text: str, question: str = "") -> bool | None:
    """True for a plain yes, False for a plain no, None for everything else.

    いいです can mean both; it counts as a no, since doing nothing can be mended.

    Args:
        text: The utterance.
        question: What was asked.
    """
    if len(text) > LONGEST:
        return None
    said = normalise(text)
    if question and _repeats(said, question):
        return True
    if _NO.fullmatch(said):
        return False
    return True if _YES.fullmatch(said) else None


def _repeats(said: str, question: str) -> bool:
    """Whether the utterance is a yes that repeats what was asked (うん、消して)."""
    verbs = [words for about, words in _VERBS.items() if re.search(about, question)]
    words = "|".join((_YES_WORDS, *verbs))
    return bool(verbs) and bool(re.fullmatch(rf"{_FILL}(?:(?:{words}){_FILL})+", said))


def cancels(text: str) -> bool:
    """Whether the utterance takes back what was being talked about."""
    return len(text) <= LONGEST and bool(_CANCEL.fullmatch(normalise(text)))


def takes_back(text: str) -> bool:
    """Whether the utterance asks for nothing but to undo the last change."""
    return len(text) <= LONGEST_UNDO and bool(_UNDO.fullmatch(normalise(text)))
