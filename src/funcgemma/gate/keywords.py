"""The gate that needs no model: does the utterance contain words that point to a function?

It serves with `--no-train`, when training fails, and as the simplest line of
every comparison.
"""

from funcgemma.language.keywords import LEAST, keyword_scores


def needs_function(text: str) -> bool:
    """The keyword gate's yes or no."""
    return max(keyword_scores(text).values(), default=0.0) >= LEAST
