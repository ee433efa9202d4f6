"""Values that are listed: 東京と大阪, 英語とフランス語, A, B and C."""

import re

from funcgemma.language.morphemes import PERSON, PLACE
from funcgemma.records import Mention
from funcgemma.resolver.embedded.view import View

_LISTS = re.compile(
    r"(?:さん|ちゃん|様|氏|くん)?[のはを]?[^。？！?!のはがを]{0,6}"
    r"(?:と|や|とか|か|、|・|,|&|/|＆|も|から|それから|あと|そして|\band\b)[^。？！?!]{0,6}"
)
_JOINS = re.compile(
    r"\s*(?:さん|ちゃん|様|氏)?(?:と|や|とか|か|、|・|,|&|/|＆|それから|ほいで|\band\b)\s*"
)

_ALSO = re.compile(
    r"\band\b|\bthen\b|\btoo\b|\balso\b|\bn\b|\bone in\b|それから|あと|もう一|とか|語と|語も|"
    r"、.{0,10}も(?:$|[。、 ])|それぞれ|両方|\bboth\b",
    re.IGNORECASE,
)
_TAKEN_BACK = re.compile(
    r"じゃな|ではな|やな[いくえ]|でな[いく]|じゃね|いや|ちが|違|ちゃう|やっぱ|失礼|ごめん|まちが|間違|省略|"
    r"だて|やて|先生|宿題|から来た|で書|はもう|のほう|の方|より|"
    r"\bno\b|\bnot?\b|sorry|pardon|hang on|wait|\bmean\b|changed",
    re.IGNORECASE,
)
FARTHEST = 40
"""Characters between two languages that one utterance asks for."""

TAIL = 12
"""Characters behind the second one in which も and too still belong to it."""


def class_runs(view: View, wanted: str) -> list[tuple[int, int]]:
    """(first, last) of each unbroken run of words of a class outside quotation marks."""
    runs: list[tuple[int, int]] = []
    for i, (kind, inside) in enumerate(zip(view.words.classes, view.quoted, strict=True)):
        if kind != wanted or inside:
            continue
        if runs and runs[-1][1] == i:
            runs[-1] = (runs[-1][0], i + 1)
        else:
            runs.append((i, i + 1))
    return runs


def listed(view: View, mentions: list[Mention], kind: str) -> tuple[Mention, ...]:
    """The last mention with those that are listed together with it, found or not yet found."""
    known = sorted([*mentions, *_unfound(view, mentions, kind)], key=lambda m: m.start)
    found = {(m.start, m.end) for m in mentions}
    last = known.index(mentions[-1])
    kept = [known[last]]
    for mention in reversed(known[:last]):
        between = view.text[mention.end : kept[0].start]
        tagged = (mention.start, mention.end) in found
        if (_LISTS if tagged else _JOINS).fullmatch(between) or (
            kind == "language" and _both(view.text, mention, kept[0])
        ):
            kept.insert(0, mention)
        elif tagged:
            break
    return _distinct(kept)


def _both(text: str, first: Mention, second: Mention) -> bool:
    """Whether two languages are both asked for though words stand between them."""
    between, tail = text[first.end : second.start], text[second.end : second.end + TAIL]
    return (
        len(between) <= FARTHEST
        and _ALSO.search(f"{between}|{tail}") is not None
        and _TAKEN_BACK.search(between) is None
        and _TAKEN_BACK.search(tail) is None
    )


def _distinct(mentions: list[Mention]) -> tuple[Mention, ...]:
    return tuple(
        m for i, m in enumerate(mentions) if all(m.value != other.value for other in mentions[:i])
    )


def _unfound(view: View, mentions: list[Mention], kind: str) -> list[Mention]:
    """Values of the kind that the tagger left out."""
    if kind == "language":
        every = [Mention(kind, n.text, n.start, n.end, n.code) for n in view.languages]
    else:
        words, text = view.words, view.text
        places = [
            (words.starts[first], words.ends[last - 1])
            for first, last in class_runs(view, {"place": PLACE}.get(kind, PERSON))
        ]
        every = [Mention(kind, text[a:b], a, b, text[a:b]) for a, b in places]
    return [m for m in every if all(m.end <= o.start or o.end <= m.start for o in mentions)]
