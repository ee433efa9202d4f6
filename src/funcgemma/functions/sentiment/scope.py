"""Negation: which words that carry a feeling are turned round.

嬉しくない and "not happy" are; かわいくない？, 感謝しかない and 楽しくないわけがない are not.
"""

import re

# Behind a Japanese stem, within one clause. `kept` contains ない without denying
# what stands before it; it is tried before `denied` at every position.
_KEPT = (
    r"しかな|に違いな|間違いな|かも(?:しれ|知れ)な|たまらな|仕方が?な|しょうがな|だけでな|ではないか|じゃん"
    r"|[くじ]ゃ?な[いく]+(?:か?\?|!|です?か)"
    r"|な[いく](?:わけが?な|はずが?な|はな|もな|ことはな)"
)
_DENIED = (
    r"な(?:い|かっ|く|け|さ)|ません|ね[えぇー]|へん"
    r"|(?:ず|ぬ)(?=$|[、。!?にがのと])|(?<!い)ん(?=$|[、。!?がわ])"
)
_BEHIND = re.compile(rf"[^、。!?,.\n]{{0,6}}?(?:(?P<kept>{_KEPT})|(?P<denied>{_DENIED}))")
_REACH = 14

# Before an English word, at most three words away and in the same clause.
_BEFORE = re.compile(
    r"(?:\b(?:not|never|no|nothing|neither|nor|hardly|barely|without|cannot|less|nobody|none)\b"
    r"|n't\b)(?:[ ,]+[a-z']+){0,3} *$"
)
_CLAUSE = re.compile(r"[.;:!?()]|\bbut\b")
_REACH_BEFORE = 40


def denial(text: str, start: int, end: int, limit: int) -> tuple[bool, int]:
    """Whether the word at `start:end` is denied, and where it ends with what denies it.

    Args:
        text: A normalised text.
        start: Index of the word's first character.
        end: Index after its last character.
        limit: Where the next such word begins; a denial behind it belongs to that one.
    """
    if text[start].isascii() and text[start].isalpha():
        clause = _CLAUSE.split(text[max(0, start - _REACH_BEFORE) : start])[-1]
        return _BEFORE.search(clause) is not None, end
    match = _BEHIND.match(text, end, min(limit, end + _REACH))
    return (match["denied"] is not None, match.end()) if match else (False, end)
