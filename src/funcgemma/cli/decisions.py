"""A decision as the JSON that `route` prints and writes."""

from typing import Any

from funcgemma.data.cases import call_to_json
from funcgemma.records import Decision, Mention, Trace


def decision_to_json(decision: Decision, *, trace: bool = False) -> dict[str, Any]:
    """A decision as one object; with `trace`, also its explanation and mentions."""
    data: dict[str, Any] = {
        "calls": [call_to_json(call) for call in decision.calls],
        "missing": list(decision.missing),
        "confidence": round(decision.confidence, 4),
        "stage": decision.stage,
        "latency_ms": round(decision.latency_ms, 4),
    }
    if decision.unsure:
        data["unsure"] = True
    if decision.problem:
        data["problem"] = decision.problem
    if trace and decision.trace:
        data["trace"] = _trace_to_json(decision.trace)
        data["trace"]["mentions"] = [_mention_to_json(m) for m in decision.mentions]
    return data


def _trace_to_json(trace: Trace) -> dict[str, Any]:
    return {
        "gate_score": trace.gate_score,
        "gate_features": trace.gate_features,
        "function_scores": trace.function_scores,
        "function_features": trace.function_features,
        "notes": trace.notes,
    }


def _mention_to_json(mention: Mention) -> dict[str, Any]:
    return {
        "kind": mention.kind,
        "text": mention.text,
        "start": mention.start,
        "end": mention.end,
        "value": mention.value,
        "argument": mention.argument,
    }
