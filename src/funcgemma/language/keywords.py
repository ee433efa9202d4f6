"""Points for the functions whose words an utterance contains: no model needed."""

from collections.abc import Mapping

from funcgemma.language.lexicon import lexicon
from funcgemma.language.normalise import mask_quotes, normalise

POINTERS: Mapping[str, Mapping[str, float]] = {
    "weather_info": {"weather": 1.0},
    "travel_guide": {"sight": 1.0, "lodging": 0.8, "plan": 0.8, "eat": 0.5, "access": 0.5},
    "celebrity_info": {
        "person_job": 0.8,
        "profile": 0.7,
        "career": 0.6,
        "works": 0.5,
        "relations": 0.4,
    },
    "shopping_intent": {
        "purchase": 1.0,
        "price": 0.8,
        "review": 0.7,
        "recommend": 0.5,
        "product": 0.5,
    },
    "sentiment_label": {"sentiment": 0.9},
    "schedule_reminder": {"schedule": 1.0, "put": 0.4, "move": 0.4, "drop": 0.4},
    "translation_assist": {"translate": 1.0, "language": 0.7},
}
LEAST = 1.0
"""Points from which keywords say that a function is asked for."""

_ASKING = ("request", "ask_end", "check", "recommend", "put", "purchase")


def keyword_scores(text: str, functions: Mapping[str, object] | None = None) -> dict[str, float]:
    """Function -> points for the words of its subjects that an utterance contains."""
    matched = mask_quotes(normalise(text))
    words = lexicon()
    hits = {name: _hits(matched, words[name]) for name in _used()}
    asking = 0.3 if matched.endswith("?") or any(hits.get(name) for name in _ASKING) else 0.0
    scores: dict[str, float] = {}
    for function, pointers in POINTERS.items():
        if functions is None or function in functions:
            points = sum(weight * min(hits[name], 2) for name, weight in pointers.items())
            scores[function] = points + asking if points else 0.0
    return scores


def _used() -> set[str]:
    return {name for pointers in POINTERS.values() for name in pointers} | set(_ASKING)


def _hits(text: str, words: tuple[str, ...]) -> int:
    """How many words of a class occur; one-character kana and digits do not count."""
    spaced = f" {text} "
    return sum(
        (f" {word} " in spaced or f" {word}?" in spaced) if word.isascii() else word in text
        for word in words
        if len(word) > 1 or "一" <= word <= "鿿"
    )
