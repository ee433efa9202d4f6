"""Check a call's arguments and run it. A bad call or a failing handler is data, with a reason."""

import inspect
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from math import isfinite
from typing import Any

from funcgemma.errors import Unavailable
from funcgemma.functions.context import Context
from funcgemma.functions.definition import FunctionDefinition
from funcgemma.records import FunctionCall

INTEGER = re.compile(r"-?\d{1,18}")


@dataclass(frozen=True, slots=True)
class CallResult:
    """What became of a call.

    Attributes:
        call: The call with its arguments as they were used.
        status: The result's own `status`, or `invalid` (bad arguments) or `failed` (the handler
            raised).
        value: What the handler returned; empty if it did not run.
        problem: Why it did not run or failed; None if it did.
    """

    call: FunctionCall
    status: str
    value: Mapping[str, Any] = field(default_factory=dict)
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class Checked:
    """Arguments after the check: coerced values, or the problem."""

    arguments: Mapping[str, Any]
    problem: str | None = None


def check_arguments(definition: FunctionDefinition, arguments: Mapping[str, Any]) -> Checked:
    """Validate arguments against the schema, after the coercions that cannot be wrong.

    "3" for an integer, 3 for a string and "true" for a boolean are coerced; unknown
    arguments, wrong types, values outside an enum and missing ones are problems.
    """
    from jsonschema import Draft202012Validator

    known = definition.properties
    unknown = [name for name in arguments if name not in known]
    if unknown:
        return Checked(arguments, f"{definition.name} has no argument '{unknown[0]}'")
    coerced = {name: _coerce(value, known[name]) for name, value in arguments.items()}
    schema = {"type": "object", **definition.parameters}
    error = next(iter(sorted(Draft202012Validator(schema).iter_errors(coerced), key=str)), None)
    if error is not None:
        place = ".".join(str(part) for part in error.absolute_path)
        return Checked(coerced, f"{definition.name}{'.' + place if place else ''}: {error.message}")
    return Checked(coerced)


def _coerce(value: Any, schema: Mapping[str, Any]) -> Any:
    kind = schema.get("type")
    if kind == "integer" and isinstance(value, str) and INTEGER.fullmatch(value.strip()):
        return int(value)
    if kind == "integer" and isinstance(value, float) and value.is_integer():
        return int(value)
    if kind == "number" and isinstance(value, str):
        try:
            number = float(value)
        except ValueError:
            return value
        return number if isfinite(number) else value
    if kind == "string" and isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    if kind == "boolean" and isinstance(value, str) and value.lower() in ("true", "false"):
        return value.lower() == "true"
    return value


def run_call(definition: FunctionDefinition, call: FunctionCall, context: Context) -> CallResult:
    """Check and run one call; nothing a handler does comes out as an exception."""
    checked = check_arguments(definition, call.arguments)
    call = FunctionCall(call.name, dict(checked.arguments))
    if checked.problem:
        return CallResult(call, "invalid", problem=checked.problem)
    extra = {"ctx": context} if "ctx" in inspect.signature(definition.handler).parameters else {}
    try:
        value = definition.handler(**call.arguments, **extra)
        json.dumps(value)
    except Unavailable as error:
        reply = {"status": "unavailable", "reason": error.reason, "message": str(error)}
        return CallResult(call, "unavailable", reply)
    except Exception as error:
        return CallResult(call, "failed", problem=f"{type(error).__name__}: {error}")
    if not isinstance(value, Mapping):
        got = "nothing" if value is None else type(value).__name__
        return CallResult(call, "failed", problem=f"the handler returned {got}; it needs a dict")
    return CallResult(call, str(value.get("status", "ok")), value)
