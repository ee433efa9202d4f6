"""The mistakes that matter most: those the router was surest about."""

from collections.abc import Sequence
from typing import Any

from funcgemma.data.cases import call_to_json
from funcgemma.evaluation.judged import Judged

TURNS = 4
"""Turns before the utterance that are shown with a mistake."""


def kind_of_mistake(judged: Judged) -> str:
    """In one word what is wrong."""
    if judged.score.false_action:
        return "false_action"
    if judged.case.calls and not judged.decision.calls:
        return "missed"
    return "wrong_arguments" if judged.score.function_right else "wrong_function"


def surest_mistakes(judged: Sequence[Judged], most: int) -> list[dict[str, Any]]:
    """The wrong decisions with the highest confidence, surest first."""
    wrong = sorted((j for j in judged if not j.score.call_right), key=_order)
    return [_mistake(j) for j in wrong[:most]]


def _order(judged: Judged) -> tuple[float, str]:
    return -judged.decision.confidence, judged.case.id


def _mistake(judged: Judged) -> dict[str, Any]:
    case, decision = judged.case, judged.decision
    return {
        "id": case.id,
        "kind": kind_of_mistake(judged),
        "text": case.text,
        "history": [{"role": m.role, "content": m.content} for m in case.history[-TURNS:]],
        "language": case.language,
        "expected": [call_to_json(call) for call in case.calls],
        "got": [call_to_json(call) for call in decision.calls],
        "missing": list(decision.missing),
        "confidence": round(decision.confidence, 4),
        "stage": decision.stage,
        "problem": decision.problem,
    }
