"""What earlier turns give the newest one: the prior call, and what was offered."""

import re
from collections.abc import Mapping, Sequence

from funcgemma.records import Decision, Dialogue, FunctionCall, Message
from funcgemma.resolver.embedded.features import Prior

MEMORY = 6
"""Calls asked for more user turns ago than this are forgotten."""

_ASKS = re.compile(r"[？?]\s*$|(?:ですか|ますか|しょうか|ください)[。\s]*$")
_OFFERS = re.compile(
    r"ましょうか|(?:し|調べ|登録し|探し|訳し)ますか|いかがでしょうか|どうでしょうか|よろしいですか|"
    r"\b(?:shall|should|would you like|do you want|want) (?:I|me)\b|would you like|"
    r"\bif you(?:'d)? (?:like|want)\b",
    re.IGNORECASE,
)
_AGREES = re.compile(
    r"はい|うん|ええ|おう|ああ|そう|ほうじゃ|お願い|おねがい|願います|頼み?|たの[みむん]|よろしく|宜しく|もちろん|ぜひ|"
    r"是非|オッケー|おっけー|それで|そうして|いいよ|いいです|いいね|よか|して|やって|しといて|ほしい|"
    r"欲しい|ください|下さい|くれる|くれ|ちょうだい|します|いたします|致します|申し上げます|調べて|"
    r"\b(?:ok|okay|yes|yeah|yea|yep|yup|ya|aye|sure|absolutely|definitely|of course|pls|plz|please|"
    r"go ahead|go on|do it|do|that|would be great|sounds good|thanks|ta|cheers)\b",
    re.IGNORECASE,
)
_YES = re.compile(
    r"\s*(?:はい|うん|ええ|おう|ああ|そう|お願い|おねがい|頼む|よろしく|もちろん|ぜひ|是非|いいね|"
    r"(?:ok|okay|yes|yeah|yea|yep|yup|sure|please|go ahead|go on|aye|absolutely|very kind)\b)",
    re.IGNORECASE,
)
_HEARD = re.compile(
    r"はい|うん|ええ|おう|ああ|そう|了解|りょうかい|承知|オッケー|おっけー|いいね|いいよ|いいです|"
    r"\b(?:ok|okay|yes|yeah|yea|yep|yup|ya|aye|sure|right|great|cool|thanks|ta|cheers)\b",
    re.IGNORECASE,
)
"""Words that also say: I have heard."""
_PARTICLES = re.compile(r"[、。！!？?,.\sねよなわーっのでじゃけんとう〜～ぞさ…]")
_REFUSES = re.compile(
    r"いや|いい[えや]|結構|けっこう|大丈夫|いらん|いらない|要らない|不要|なくて|やめ|うう+ん|うんざり|"
    r"じゃない|ではない|しない|せん|ないで|違|ちが|だめ|駄目|ダメ|\b(?:no|nope|not|don't|stop)\b",
    re.IGNORECASE,
)
LEFT_OVER = 2
"""More characters than this beside words of agreement, and it is an utterance of its own."""
_OFFERED = re.compile(
    r"(?:[をもは])?(?:お|ご)?(?:調べ|探し|検索|登録|設定|確認|案内|紹介|翻訳|訳|入れ|お見せ|見|出)"
    r"[ぁ-ん]{0,4}(?:しょうか|ますか).*$"
)


def prior_of(
    dialogue: Dialogue, decisions: Mapping[int, Decision], required: Mapping[str, Sequence[str]]
) -> Prior:
    """The state of a dialogue before its newest utterance.

    Args:
        dialogue: The conversation.
        decisions: Decisions of earlier user turns by message index.
        required: Function -> its required arguments.
    """
    earlier = dialogue.messages[:-1]
    reply = _reply(earlier) or ""
    asked = bool(_ASKS.search(reply))
    age = 0
    for index in range(len(earlier) - 1, -1, -1):
        if earlier[index].role != "user":
            continue
        age += 1
        calls = calls_of(earlier[index], decisions.get(index))
        if age > MEMORY:
            break
        if calls:
            call = calls[-1]
            missing = tuple(n for n in required.get(call.name, ()) if n not in call.arguments)
            return Prior(call, age, missing, asked, len(earlier), reply)
    return Prior(None, 0, (), asked, len(earlier), reply)


def calls_of(message: Message, decision: Decision | None) -> tuple[FunctionCall, ...]:
    """The calls of an earlier user message: those that are known, else those decided."""
    if message.calls is not None:
        return message.calls
    return decision.calls if decision else ()


def accepted_offer(dialogue: Dialogue) -> str | None:
    """What the assistant offered and a bare はい or お願い accepts; None if it is none.

    What it would do (…を調べましょうか？) is cut off: the rest reads like a request.
    """
    said = _reply(dialogue.messages[:-1])
    return offer_in(said) if said is not None and agrees(dialogue.text) else None


def offer_in(message: str) -> str | None:
    """What a message offers to do, without the words that offer it; None if it offers nothing."""
    return (_OFFERED.sub("", message) or message) if _OFFERS.search(message) else None


def begins_with_yes(text: str) -> bool:
    """Whether a text begins with agreement; more may follow."""
    return bool(_YES.match(text))


def refuses(dialogue: Dialogue) -> bool:
    """Whether the utterance says no to what the assistant asked or offered, and no more."""
    text, said = dialogue.text, _reply(dialogue.messages[:-1])
    if said is None or len(text) > 24 or not _REFUSES.search(text) or not _ASKS.search(said):
        return False
    return _says_no_more(text, _REFUSES, _AGREES)


def says_no(text: str) -> bool:
    """Whether a word of refusal stands in a text."""
    return bool(_REFUSES.search(text))


def acknowledges(dialogue: Dialogue) -> bool:
    """Whether the utterance is はい to something that was neither asked nor offered."""
    text, said = dialogue.text, _reply(dialogue.messages[:-1])
    if said is None or _ASKS.search(said) or _OFFERS.search(said) or not _HEARD.search(text):
        return False
    return _says_no_more(text, _HEARD)


def agrees(text: str) -> bool:
    """Whether a text is agreement and nothing else."""
    if len(text) > 40 or _REFUSES.search(text) or not _AGREES.search(text):
        return False
    return _says_no_more(text, _AGREES)


def _reply(earlier: Sequence[Message]) -> str | None:
    """The assistant's message just before, if it was the last to speak."""
    return earlier[-1].content if earlier and earlier[-1].role == "assistant" else None


def _says_no_more(text: str, *words: re.Pattern[str]) -> bool:
    """Whether hardly anything is left of a text without these words and particles."""
    for pattern in words:
        text = pattern.sub("", text)
    return len(_PARTICLES.sub("", text)) <= LEFT_OVER
