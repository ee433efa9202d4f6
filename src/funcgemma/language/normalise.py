"""One way to look at text, shared by training and serving.

`normalise` is for matching (its length may differ from the input); `clean`
keeps every character position, so that spans found in it hold in the original.
"""

import re
import unicodedata

MAX_CHARS = 4000
"""Longer utterances are read by their first and last 2,000 characters only."""

_SPACE = re.compile(r"\s+")
_DIGIT = re.compile(r"[0-9]+(?:[.,][0-9]+)*")
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\ufeff\ud800-\udfff]")
_QUOTED = re.compile(r"「[^「」]*」|『[^『』]*』|“[^“”]*”|\"[^\"]*\"")


def clean(text: str) -> str:
    """Replace control characters and lone surrogates by spaces; positions stay."""
    return _UNPRINTABLE.sub(" ", text)


def clip(text: str) -> str:
    """The first and last half of `MAX_CHARS` characters; shorter text as it is."""
    half = MAX_CHARS // 2
    return text if len(text) <= MAX_CHARS else f"{text[:half]} {text[-half:]}"


def normalise(text: str) -> str:
    """NFKC, case folding, control characters and runs of white space as one space."""
    text = clean(text)
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    return _SPACE.sub(" ", text.casefold()).strip()


def mask_quotes(text: str) -> str:
    """Empty the quotations of a text that also says something outside them.

    What stands in quotes is material to translate or judge, not a request:
    「明日の天気は？」を英語にして becomes 「」を英語にして.
    """
    masked = _QUOTED.sub(lambda m: m[0][0] + m[0][-1], text)
    outside = len(masked) - 2 * len(_QUOTED.findall(text))
    return masked if outside >= 2 else text


def mask_numbers(text: str) -> str:
    """Every number as `0`: which number it is says nothing about what is asked."""
    return _DIGIT.sub("0", text)


def gate_text(text: str) -> str:
    """The text whose character n-grams the linear models see."""
    return mask_numbers(mask_quotes(normalise(clip(text))))
