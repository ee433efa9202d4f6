"""Negation: which words that carry a feeling are turned round.

嬉しくない and "not happy" are; かわいくない？, 感謝しかない and 楽しくないわけがない are not.
"""

import re

# Behind a Japanese stem: its inflection (楽し|め|ない), particles (好き|では|ない), 〜ている,
# とは言えない, and one noun it describes (悪い人|じゃ|ない). 怖くて眠れない stays as it is.
_LINK = (
    r"[いきくけさしせたちでとにのはもがなみられろりめべえげかまんるす]{0,6}?(?:わけ|ほど|もの|こと|ところ)?"
    r"(?:[一-龠々ァ-ヶー]{1,3}(?=[はがもでじ]))?(?:じゃ|[はがもでに]){0,2}"
    r"(?:と[はも]?[言思い][えいわ]|[っいんし]?て[いはも]?)?(?:あり|り|き|え)?"
)
# `kept` contains ない without denying what stands before it; it is tried before `denied`.
_KEPT = (
    r"しかな|に違いな|間違いな|かも(?:しれ|知れ)|たまらな|しかたが?な|仕方が?な|しょうがな|だけでな"
    r"|でなりませ|でならな|(?:では|じゃ)ない(?:か|でしょう|だろう)|じゃん|[くじ]ゃ?な[いく]+(?:か?\?|!|です?か)"
    r"|な[いく](?:わけが?な|はずが?な|はな|もな|ことはな)"
)
_DENIED = (
    r"な(?:い|かっ|く|け|さ)|ません|(?<!い)ね[えぇー]|へん"
    r"|(?<!は)[ずぬ](?=$|[、。!?にがのと])|(?<=[かがさたなばまらわれえけせてべめきり])ん(?=$|[、。!?がわ])"
)
_BEHIND = re.compile(rf"{_LINK}(?:(?P<kept>{_KEPT})|(?P<denied>{_DENIED}))")
_REACH = 14
"""Characters behind a word in which its denial must end."""

# Before an English word, at most three words away and in the same clause.
_BEFORE = re.compile(
    r"(?:\b(?:not|never|no|nothing|neither|nor|hardly|barely|without|cannot|less|nobody|none)\b"
    r"|n't\b)(?: +[a-z']+){0,3} *$"
)
_KEPT_BEFORE = re.compile(
    r"(?:n't|not|cannot|never) (?:stop|only)\b|\bno (?:doubt|wonder)\b"
    r"|\bnever (?:been|felt|seen) so\b"
)
_CLAUSE = re.compile(r"[.;:!?()]|\bbut\b|, (?:just|only)\b")
_ITSELF = re.compile(r"n't\b|^(?:no|not|never|nothing)\b")
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
        kept = _ITSELF.search(text[start:end]) or _KEPT_BEFORE.search(clause)
        return kept is None and _BEFORE.search(clause) is not None, end
    match = _BEHIND.match(text, end, min(limit, end + _REACH))
    return (match["denied"] is not None, match.end()) if match else (False, end)
