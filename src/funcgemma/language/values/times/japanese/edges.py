"""The edges of a week, month or year: 来月の頭, 今週末, 8月下旬, 連休明け."""

import re

from funcgemma.language.values.times.model import Slots, Token

_EDGE = re.compile(
    r"\s*の?\s*(?:(?P<end>末(?!っ)|終わり|おわり)"
    "|(?P<start>頭(?![痛がを])|あたま|初め|はじめ|始め|初頭|最初(?!の))"
    "|(?P<middle>半ば|なかば|中頃|真ん中)|(?P<early>上旬|初旬)|(?P<mid>中旬)|(?P<late>下旬)"
    "|(?P<first>前半)|(?P<second>後半)|(?P<after>明け|あけ))"
    "|(?P<rest>中(?![旬学止央間国心華古継盤部卒東])|いっぱい)"
)
_PERIODS = frozenset({"week", "month", "month_offset", "year_offset", "every", "named"})


def with_edge(text: str, token: Token) -> Token:
    """The token with the edge behind it, where it names a period."""
    slots = token.slots
    if _PERIODS.isdisjoint(slots) or "dom" in slots:
        return token
    match = _EDGE.match(text, token.end)
    added = _edge(slots, match.lastgroup) if match and match.lastgroup else None
    return token._replace(end=match.end(), slots=slots | added) if match and added else token


def _edge(slots: Slots, edge: str) -> Slots | None:
    """What an edge means for a period; None where they do not go together."""
    if "named" in slots:
        return {"edge": edge} if edge == "after" else None
    if "edge" in slots:
        return None
    weekly = "week" in slots or ("every" in slots and slots["every"].frequency == "WEEKLY")
    if weekly and edge == "end":
        return {"weekend": True}
    if "every" in slots and (edge not in ("end", "start") or slots["every"].frequency == "DAILY"):
        return None
    return {"edge": edge}
