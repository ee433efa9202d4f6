"""English words: the Japanese dictionary takes `is it` for one word and `and` for アンド.

Words are split at everything that is no letter, and at contractions (`what's` → `what`, `'s`).
Their form is the lower-case word; their part of speech is known for the small words that hold a
sentence together, and guessed from ending and capital for the others.
"""

import re
from collections.abc import Iterator

LETTER = "A-Za-zÀ-ÖØ-öø-ɏḀ-ỿ"
WORD = re.compile(
    f"['’](?:s|re|ve|ll|d|m)(?![{LETTER}])|[{LETTER}]+?n['’]t(?![{LETTER}])|[{LETTER}]+|['’]",
    re.IGNORECASE,
)
STRETCH = re.compile(f"[{LETTER}'’ ]+")

_SMALL = {
    "det": "a an the this that these those my your his her its our their some any every each all "
    "both another no",
    "prep": "in on at to for from of with by about into near around before after during until till "
    "since between over under off out up down through per via without within",
    "pron": "i you he she it we they me him us them myself yourself someone anyone something "
    "anything everything nothing one u",
    "wh": "what which who whom whose when where why how wat",
    "aux": "is are was were be been being am do does did have has had will would can could shall "
    "should may might must 'll 'd 've 're 'm gonna wanna gotta r",
    "own": "'s",
    "neg": "not never don't doesn't didn't isn't aren't wasn't weren't can't cannot won't wouldn't "
    "couldn't shouldn't haven't hasn't hadn't ain't dont cant",
    "conj": "and or but so because if then than as while plus also too n",
    "polite": "please thanks thank sorry pls plz cheers ta",
}
_TAGS = {word: f"en-{tag}" for tag, words in _SMALL.items() for word in words.split()}
NOUN = "名詞-英語"
"""Tag of all other words: to whom Japanese nouns are content, they are too."""

_ENDINGS = ("ing", "ed", "ly", "s", "tion", "er", "est")


def split(text: str) -> Iterator[tuple[int, int]]:
    """(start, end) of each word of a stretch without digits or Japanese."""
    for found in WORD.finditer(text):
        yield found.span()


def form_of(surface: str) -> str:
    """The word in lower case, with a straight apostrophe."""
    return surface.lower().replace("’", "'")


def tag_of(surface: str, form: str) -> str:
    """Part of speech of a word by itself."""
    if form == "'":
        return "補助記号-一般"
    small = _TAGS.get(form)
    if small:
        return small
    if surface[0].isupper():
        return f"{NOUN}-NAME" if surface.isupper() and len(surface) > 1 else f"{NOUN}-Name"
    for ending in _ENDINGS:
        if form.endswith(ending) and len(form) > len(ending) + 2:
            return f"{NOUN}-{ending}"
    return NOUN
