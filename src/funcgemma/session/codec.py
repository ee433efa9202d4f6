"""A session's state as plain JSON values, and back. Traces and timings are not kept."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from funcgemma.errors import DataError
from funcgemma.functions.run import CallResult
from funcgemma.records import Decision, FunctionCall, Mention, Message
from funcgemma.session.state import SessionState, Waiting

FORMAT = 1


def state_to_json(state: SessionState) -> dict[str, Any]:
    """The state as plain JSON values."""
    waiting = state.waiting
    return {
        "format": FORMAT,
        "messages": [_message_to_json(message) for message in state.messages],
        "decisions": {str(i): _decision_to_json(d) for i, d in state.decisions.items()},
        "results": [_result_to_json(result) for result in state.results],
        "waiting": waiting and {**_plain(waiting), "decision": _decision_to_json(waiting.decision)},
        "told_no_model": state.told_no_model,
        "told_no_resolver": state.told_no_resolver,
        "clock": state.clock and state.clock.isoformat(),
        "how": state.how,
        "changed": state.changed,
        "routed": state.routed,
    }


def state_from_json(data: Mapping[str, Any]) -> SessionState:
    """The state from plain JSON values.

    Raises:
        DataError: They are no state of this program.
    """
    try:
        if data["format"] != FORMAT:
            raise DataError(f"a session of format {data['format']}", "start a new session")
        return _state(data)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise DataError(f"no session: {error!r}", "give what SessionState.to_json gave") from error


def _state(data: Mapping[str, Any]) -> SessionState:
    return SessionState(
        messages=tuple(_message(item) for item in data["messages"]),
        decisions={int(i): _decision(item) for i, item in data["decisions"].items()},
        results=tuple(_result(item) for item in data["results"]),
        waiting=_waiting(data["waiting"]) if data["waiting"] else None,
        told_no_model=bool(data["told_no_model"]),
        told_no_resolver=bool(data.get("told_no_resolver", False)),
        clock=datetime.fromisoformat(data["clock"]) if data["clock"] else None,
        how=data["how"],
        changed=bool(data.get("changed", False)),
        routed=int(data.get("routed", -1)),
    )


def _plain(value: Any) -> dict[str, Any]:
    plain: dict[str, Any] = _lists(asdict(value))
    return plain


def _lists(value: Any) -> Any:
    """JSON knows lists only."""
    if isinstance(value, Mapping):
        return {name: _lists(item) for name, item in value.items()}
    return [_lists(item) for item in value] if isinstance(value, list | tuple) else value


def _message_to_json(message: Message) -> dict[str, Any]:
    return {"role": message.role, "content": message.content}


def _decision_to_json(decision: Decision) -> dict[str, Any]:
    data = _plain(replace(decision, trace=None, timings={}))
    del data["trace"], data["timings"]
    return data


def _result_to_json(result: CallResult) -> dict[str, Any]:
    return _plain(result)


def _message(data: Mapping[str, Any]) -> Message:
    if data["role"] not in ("user", "assistant"):
        raise ValueError(f"role {data['role']!r}")
    return Message(data["role"], str(data["content"]))


def _call(data: Mapping[str, Any]) -> FunctionCall:
    return FunctionCall(data["name"], dict(data["arguments"]))


def _decision(data: Mapping[str, Any]) -> Decision:
    return Decision(
        calls=tuple(_call(item) for item in data["calls"]),
        missing=tuple(data["missing"]),
        confidence=float(data["confidence"]),
        stage=data["stage"],
        mentions=tuple(Mention(**item) for item in data["mentions"]),
        unsure=bool(data.get("unsure", False)),
        problem=data["problem"],
    )


def _result(data: Mapping[str, Any]) -> CallResult:
    return CallResult(_call(data["call"]), data["status"], dict(data["value"]), data["problem"])


def _waiting(data: Mapping[str, Any]) -> Waiting:
    candidates = tuple(dict(item) for item in data["candidates"])
    return Waiting(**{**data, "decision": _decision(data["decision"]), "candidates": candidates})
