"""Say once that the resolver's language model is gone, and once that it is back."""

from dataclasses import replace

from funcgemma.session.state import Turn
from funcgemma.session.words import sentence


def with_news(turn: Turn, told: bool, language: str) -> tuple[Turn, bool]:
    """The turn with a notice if something has changed, and whether the model is now known gone.

    Args:
        turn: Its decision says whether a language model was wanted and did not answer.
        told: Whether the user knows that it is gone.
        language: ja or en.
    """
    decision = turn.decision
    asked = "llm" in decision.timings
    if decision.problem is not None and not asked and not told:
        lost = sentence(language, "resolver_lost", problem=decision.problem)
        return replace(turn, notices=(*turn.notices, lost)), True
    if asked and told:
        back = sentence(language, "resolver_back")
        return replace(turn, notices=(*turn.notices, back)), False
    return turn, told
