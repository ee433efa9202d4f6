"""What the sentiment model sees of a text: one way for training and serving."""

from dataclasses import dataclass

from funcgemma.functions.sentiment.cues import cue_values
from funcgemma.functions.sentiment.feelings import find_feelings, mask
from funcgemma.functions.sentiment.lexicon import load_lexicon
from funcgemma.language.features import char_ngrams
from funcgemma.language.normalise import clip, mask_numbers, normalise


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as the model sees it.

    Attributes:
        ngrams: Character 1- to 4-grams; numbers, and words that carry a feeling, are signs.
        cues: One value for each of `funcgemma.functions.sentiment.cues.CUES`.
    """

    ngrams: list[str]
    cues: list[float]


def read(text: str) -> Reading:
    """Read a text; of a very long one, its beginning and its end."""
    raw = clip(text)
    normal = normalise(raw).replace("’", "'")  # so that n't is found
    feelings = find_feelings(normal, load_lexicon())
    masked = mask_numbers(mask(normal, feelings))
    return Reading(char_ngrams(masked), cue_values(raw, normal, feelings))
