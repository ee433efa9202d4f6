"""What the sentiment model sees of a text: one way for training and serving."""

from funcgemma.functions.sentiment.cues import cue_values
from funcgemma.functions.sentiment.lexicon import load_lexicon
from funcgemma.language.features import char_ngrams
from funcgemma.language.normalise import clip, mask_numbers, normalise


def sentiment_text(text: str) -> str:
    """The text normalised; a curly apostrophe becomes straight, so that n't is found."""
    return normalise(clip(text)).replace("’", "'")


def ngrams(text: str) -> list[str]:
    """Character 1- to 4-grams; every number counts as the same."""
    return char_ngrams(mask_numbers(sentiment_text(text)))


def cues(text: str) -> list[float]:
    """One value for each of `funcgemma.functions.sentiment.cues.CUES`."""
    return cue_values(clip(text), sentiment_text(text), load_lexicon())
