"""Negation: which words that carry a feeling are turned round.

嬉しくない and "not happy" are; かわいくない？, 感謝しかない and "can't wait" are not.
"""

import re

# Behind a Japanese stem, within one clause. The alternatives of the first group
# contain ない without denying what stands before it.
_JAPANESE = re.compile(
    r"[^、。!?,.\n]{0,6}?"
    r"(?:(?P<kept>しかな|に違いな|間違いな|かもしれな|かも知れな|でしかな|たまらな|仕方がな|仕方な|しょうがな"
    r"|[くじ]ゃ?な[いく]+(?:か\?|\?|!|です?か)|ではないか|じゃん|だけでな|な[いく](?:わけがな|わけな|はずがな|はずな|はな|もな|ことはな))"
    r"|(?P<denied>な(?:い|かっ|く|け|さ)|ません|ねえ|ねぇ|ねー|へん|まへん|(?:ず|ぬ)(?=$|[、。!?にがのと])|(?<!い)ん(?=$|[、。!?がわ])))"
)
_ENGLISH = re.compile(
    r"(?:\b(?:not|never|no|nothing|neither|nor|hardly|barely|without|cannot|less|nobody|none)\b|n't\b)"
    r"(?:[ ,]+[a-z']+){0,3} *$"
)
_REACH = 14
_REACH_BACK = 40


def is_negated(text: str, start: int, end: int, limit: int) -> bool:
    """Whether the word at `start:end` is denied.

    Args:
        text: A normalised text.
        start: Index of the word's first character.
        end: Index after its last character.
        limit: Where the next such word begins; a denial behind it belongs to that one.
    """
    if text[start].isascii() and text[start].isalpha():
        clause = re.split(r"[.;:!?()]|, but | but ", text[max(0, start - _REACH_BACK) : start])[-1]
        return _ENGLISH.search(clause) is not None
    match = _JAPANESE.match(text, end, min(limit, end + _REACH))
    return match is not None and match["denied"] is not None
