"""What the linear models see of an utterance: one function for training and serving."""

from collections.abc import Sequence

from funcgemma.language.morphemes import NUMBER, Words

GATE_NGRAM = 4
CHOOSER_NGRAM = 3


def char_ngrams(text: str, longest: int = GATE_NGRAM) -> list[str]:
    """Character n-grams from 1 to `longest` of a normalised text, with its edges marked."""
    text = f"\x02{text}\x03"
    grams: list[str] = []
    for size in range(1, longest + 1):
        grams += [text[i : i + size] for i in range(len(text) - size + 1)]
    return grams


def word_features(words: Words, quoted: Sequence[bool]) -> list[str]:
    """Dictionary forms, their bigrams with proper nouns as classes, and the ending.

    Args:
        words: The words of the utterance.
        quoted: For each word, whether it stands inside quotation marks; those say little
            about what is asked and get features of their own.
    """
    features: list[str] = []
    outside: list[str] = []
    tags: list[str] = []
    for form, tag, kind, inside in zip(words.forms, words.tags, words.classes, quoted, strict=True):
        if inside:
            features.append("in:" + form)
            if not outside or outside[-1] != "<Q>":
                outside.append("<Q>")
                tags.append("<Q>")
            continue
        if kind != NUMBER:
            features.append("w:" + form)
        if kind:
            features.append("c:" + kind)
        outside.append(f"<{kind}>" if kind else form)
        tags.append(tag)
    if outside:  # an English request begins with its verb
        features += ["s:" + outside[0], "s2:" + "_".join(outside[:2])]
    padded = ["<s>", *outside, "</s>"]
    features += [f"b:{a}_{b}" for a, b in zip(padded, padded[1:], strict=False)]
    features += [f"p:{a}_{b}" for a, b in zip(tags, tags[1:], strict=False)]
    features.append("e:" + "_".join(outside[-3:]))
    features.append("et:" + "_".join(tags[-2:]))
    features.append(f"n:{min(len(outside), 24) // 3}")
    return features


def quoted_words(text: str, words: Words) -> list[bool]:
    """For each word, whether it stands inside quotation marks (nesting counted)."""
    if not any(mark in text for mark in '「『“"'):
        return [False] * len(words)
    inside: list[bool] = []
    depth, straight = 0, False
    for surface in words.surfaces:
        if surface in "」』”" or (surface == '"' and straight):
            depth, straight = max(0, depth - 1), False if surface == '"' else straight
            inside.append(False)
            continue
        inside.append(depth > 0)
        if surface in "「『“":
            depth += 1
        elif surface == '"':
            depth, straight = depth + 1, True
    return inside if any(not i for i in inside) else [False] * len(words)
