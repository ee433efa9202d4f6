"""Whether a text is fit to be an utterance: its language, its length, nothing odd in it."""

import re
from collections.abc import Collection

from funcgemma.data.llm.flaws import Flaw
from funcgemma.data.llm.words import Span

LONGEST = 400
SHOWN = 40
UNVOICED = 10
"""A Japanese text of so many letters has kana; without any it is Chinese."""

LEAST_JAPANESE = 0.4
"""Share of Japanese letters in a Japanese text, where a Latin word counts as much as a letter."""

KANA = re.compile("[\u3041-\u3096\u30a1-\u30fa\uff66-\uff9d]")
JAPANESE = re.compile("[\u3005\u3041-\u3096\u30a1-\u30fc\uff66-\uff9d\u3400-\u4dbf\u4e00-\u9fff]")
LATIN = re.compile("[A-Za-z\u00c0-\u024f]+")
FOREIGN = re.compile(
    "[\u0370-\u06ff\u0900-\u11ff\uac00-\ud7af\u3100-\u312f"
    "们这说吗请问时间为么还对过让给谁东买卖钱语译订单电话发现应该预报见开关车读门马鸟鱼场图书馆计划饭热风险]"
)
"""Greek to Hangul, and simplified characters that only Chinese writes."""

ODD = re.compile(
    r"</?[A-Za-z_|][^<>]{0,40}>|```|\{[^{}]*\}|\[[^\[\]]{1,20}\]"
    r"|[〇○◯]{2}|[×✕]{2}|(?<![A-Za-z])X{2,}(?![A-Za-z])|_{2,}|\[object"
)
"""Markup and what stands for a name that was never filled in."""


def check_form(text: str, names: Collection[str] = ()) -> Flaw | None:
    """What no utterance holds; None where there is nothing of the kind.

    Args:
        text: One turn of a dialogue.
        names: Names of functions, which nobody says.
    """
    if not text.strip() or len(text) > LONGEST:
        return Flaw("odd_text", text[:SHOWN])
    if odd := ODD.search(text):
        return Flaw("odd_text", odd[0])
    told = next((name for name in names if "_" in name and name in text), None)
    return Flaw("odd_text", told) if told else None


def check_language(
    text: str, language: str, *, mixed: bool = False, quoted: Collection[Span] = ()
) -> Flaw | None:
    """Whether a text is in the language it ought to be in; None if it is.

    Args:
        text: What the user says.
        language: `ja` or `en`.
        mixed: Whether words of another language belong in it.
        quoted: Stretches in whatever language (texts to translate).
    """
    own = _without(text, quoted)
    return None if _is_spoken(own, language, mixed) else Flaw("wrong_language", text[:SHOWN])


def _is_spoken(text: str, language: str, mixed: bool) -> bool:
    japanese, latin = len(JAPANESE.findall(text)), len(LATIN.findall(text))
    if FOREIGN.search(text):
        return False
    if language == "en":
        return (latin > 0 or japanese + latin == 0) and (mixed or japanese == 0)
    if japanese + latin == 0:
        return True
    if mixed:
        return KANA.search(text) is not None
    enough = japanese >= LEAST_JAPANESE * (japanese + latin)
    return enough and (japanese < UNVOICED or KANA.search(text) is not None)


def _without(text: str, spans: Collection[Span]) -> str:
    kept = list(text)
    for start, end in spans:
        kept[start:end] = " " * (end - start)
    return "".join(kept)
