"""Yes, no, and "never mind": is a short utterance an answer to "shall I?" and which one."""

import re

from funcgemma.language.normalise import normalise

_FILL = r"[、。,.!?\s〜~ー…]*"
_YES_WORDS = (
    r"はい|ハイ|うん|ええ|そう(?:です|して(?:ください)?)?|お願い(?:します|いたします|ね)?|おねがい(?:します)?|"
    r"頼む|頼みます|よろしく(?:お願いします)?|もちろん|ぜひ|おっけー?(?:です)?|オッケー?|いいよ|いいとも|了解|承知|"
    r"消して(?:ください)?|削除して(?:ください)?|登録して(?:ください)?|変更して(?:ください)?|"
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
_YES = re.compile(rf"{_FILL}(?:(?:{_YES_WORDS}){_FILL})+")
_NO = re.compile(rf"{_FILL}(?:(?:{_NO_WORDS}|{_CANCEL_WORDS}){_FILL})+")
_CANCEL = re.compile(rf"{_FILL}(?:(?:いや|いえ|no){_FILL})?(?:{_CANCEL_WORDS}){_FILL}")


def agreement(text: str) -> bool | None:
    """True for a plain yes, False for a plain no, None for everything else.

    いいです can mean both; it counts as a no, since doing nothing can be mended.
    """
    said = normalise(text)
    if _NO.fullmatch(said):
        return False
    return True if _YES.fullmatch(said) else None


def cancels(text: str) -> bool:
    """Whether the utterance takes back what was being talked about."""
    return bool(_CANCEL.fullmatch(normalise(text)))
