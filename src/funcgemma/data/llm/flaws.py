"""Why a row of the model's is not kept: the words that are counted and shown."""

from dataclasses import dataclass
from typing import Literal

Reason = Literal[
    "not_json",
    "cut",
    "wrong_shape",
    "wrong_function",
    "bad_argument",
    "ungrounded",
    "time_unreadable",
    "time_left_out",
    "language_unknown",
    "not_missing",
    "repeated_call",
    "rule",
    "wrong_language",
    "odd_text",
    "duplicate",
    "near_duplicate",
]

MEANINGS: dict[Reason, str] = {
    "not_json": "the answer is no JSON object with items",
    "cut": "the answer was too long and broke off",
    "wrong_shape": "a field is missing, unknown or of a wrong type",
    "wrong_function": "it calls another function, or not as many as asked for",
    "bad_argument": "an argument is unknown, missing, or against the function's schema",
    "ungrounded": "an argument's words do not stand in the text",
    "time_unreadable": "the normaliser reads no such time, or several, in the words",
    "time_left_out": "the text names a time that no argument takes",
    "language_unknown": "no known language is named",
    "not_missing": "what was to be left out is said",
    "repeated_call": "the same call twice",
    "rule": "the words ask for another value by the rules of the corpus",
    "wrong_language": "the text is in another language",
    "odd_text": "a placeholder, markup, a function's name, or far too long",
    "duplicate": "the same text is there already",
    "near_duplicate": "nearly the same text is there already",
}


@dataclass(frozen=True, slots=True)
class Flaw:
    """Why something is refused.

    Attributes:
        reason: The word it is counted under.
        detail: The words that are wrong.
    """

    reason: Reason
    detail: str = ""
