"""Is a sentence that a model wrote about results borne out by them?"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from funcgemma.functions.run import CallResult
from funcgemma.session.figures import figures, numbers
from funcgemma.session.untrusted import has_control_token

_ADDRESS = re.compile(
    r"(?:https?://|www\.)[^\s、。「」（）()<>\"]+|"
    r"\b[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}\b(?:/[^\s、。「」（）()<>\"]*)?",
    re.IGNORECASE,
)
_DATA = re.compile(r"</?data>|[{\[]\s*\"|\"\s*:\s*[\"{\[\d]")
_IDIOMS = re.compile(r"[1一]日中|[1一]日を通して|[1一]年中|24時間|[1一]番")
_ENTRY = r"(?:予定|リマインダー|アラーム|カレンダー)"
_DEED = (
    r"(?:(?:登録|追加|削除|変更|設定|作成|キャンセル|消去|(?:取り?)?消)"
    r"(?:し(?:ました|てお[いき]|てあり|た(?!ら|い|く))|され(?:ました|た(?!ら))|[い致]たしました|済み)|"
    r"入れ(?:ました|てお[いき]|た(?!ら|い|く)))"
)
_THINGS = r"\b(?:(?:reminder|appointment|calendar)s?|your schedule)\b"
_DONE = r"\b(?:added|deleted|removed|changed|created|cancell?ed|set|erased)\b"
_CLAIM = re.compile(
    rf"{_ENTRY}.{{0,20}}{_DEED}|{_THINGS}.{{0,40}}{_DONE}|{_DONE}.{{0,40}}{_THINGS}",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Facts:
    """What sentences about some results may say.

    Attributes:
        text: All that the results, the calls and the question hold, as one text.
        known: The numbers in it, those of the clock, and how many there are of what is listed.
        own: Whether the program's user wrote one of the functions: it may have done anything.
    """

    text: str
    known: frozenset[float]
    own: bool = False


def facts_of(
    results: Sequence[CallResult], question: str, now: datetime, *, own: bool = False
) -> Facts:
    """What sentences about these results may say."""
    values = [{**result.value, "arguments": dict(result.call.arguments)} for result in results]
    text = f"{json.dumps(values, ensure_ascii=False, default=str)}\n{question}"
    clock = {now.year, now.month, now.day, now.hour, now.hour % 12, now.minute}
    counted = {float(count) for value in values for count in _counts(value)}
    return Facts(text, frozenset(numbers(text) | {float(n) for n in clock} | counted), own)


def borne_out(sentence: str, facts: Facts) -> bool:
    """Whether a sentence holds no number, address or deed that the results do not.

    What it says in words alone cannot be checked this way.
    """
    if has_control_token(sentence) or _DATA.search(sentence):
        return False
    if any(found[0].rstrip(".,/") not in facts.text for found in _ADDRESS.finditer(sentence)):
        return False
    if not facts.own and claims_deed(sentence):
        return False
    said = _IDIOMS.sub("", sentence)
    return all(figure.rounds(facts.known) for figure in figures(said))


def claims_deed(text: str) -> bool:
    """Whether a text says that reminders have been changed, which no model can do."""
    return bool(_CLAIM.search(text))


def _counts(value: Any) -> Iterator[int]:
    """The lengths of all lists in a value."""
    if isinstance(value, Mapping):
        for item in value.values():
            yield from _counts(item)
    elif isinstance(value, list | tuple):
        yield len(value)
        for item in value:
            yield from _counts(item)
