"""The JSON schema of the model's answer, narrowed to what one question asks for.

Times and languages are words of the text here: their values are computed, never believed.
"""

from collections.abc import Mapping
from typing import Any

from funcgemma.data.llm.plan import BATCH, Focus, Plan
from funcgemma.functions.definition import FunctionDefinition

WORDS = {"type": "string", "minLength": 1}
COMPUTED = ("date", "datetime", "rrule", "language")
UNSAID = ("description", "default", "title", "x-kind", "format", "examples")
"""Keywords that say nothing about the form of a value."""

FORMATS = {"date": "date", "date-time": "datetime"}


def kind_of(schema: Mapping[str, Any]) -> str:
    """The x-kind of a value, or what its type says: `verbatim`, `choice`, `integer`, …; "" = any.

    An enum and a boolean are a `choice`.
    """
    if schema.get("enum") or schema.get("type") == "boolean":
        return "choice"
    if schema.get("type") in ("array", "object"):
        return str(schema["type"])
    if kind := schema.get("x-kind") or FORMATS.get(str(schema.get("format", ""))):
        return str(kind)
    given = schema.get("type", "" if "anyOf" in schema or "$ref" in schema else "string")
    return "verbatim" if given == "string" else str(given)


def items_of(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """The schema of the members of an array; the array's x-kind is theirs."""
    items = schema.get("items")
    found = dict(items) if isinstance(items, Mapping) else {}
    return found | ({"x-kind": schema["x-kind"]} if "x-kind" in schema else {})


def answer_schema(plan: Plan) -> dict[str, Any]:
    """The schema of the whole answer: `{"items": [...]}`."""
    items = {
        "type": "array", "minItems": BATCH, "maxItems": BATCH, "items": item_schema(plan),
    }  # fmt: skip
    return _closed({"items": items}, ["items"])


def item_schema(plan: Plan) -> dict[str, Any]:
    """The schema of one utterance with what it asks for."""
    properties: dict[str, Any] = {}
    if plan.phenomenon.key == "followup":
        exchange = _closed({"user": WORDS, "assistant": WORDS}, ["user", "assistant"])
        properties["before"] = {
            "type": "array", "minItems": 1, "maxItems": 2, "items": exchange,
        }  # fmt: skip
    properties["text"] = WORDS
    if plan.functions:
        properties["calls"] = _calls(plan)
    return _closed(properties, list(properties))


def _calls(plan: Plan) -> dict[str, Any]:
    kinds: list[dict[str, Any]] = []
    for definition, focus in zip(plan.functions, plan.focus, strict=True):
        kind = _call(definition, focus, plan.absent)
        if kind not in kinds:
            kinds.append(kind)
    number = len(plan.functions)
    items = kinds[0] if len(kinds) == 1 else {"anyOf": kinds}
    return {"type": "array", "minItems": number, "maxItems": number, "items": items}


def _call(
    definition: FunctionDefinition, focus: Focus | None, absent: str | None
) -> dict[str, Any]:
    properties = {
        name: wire_schema(schema)
        for name, schema in definition.properties.items()
        if name != absent
    }
    required = [name for name in definition.required if name != absent]
    if focus is not None:
        properties[focus.argument] = {"enum": [focus.value]}
        required += [focus.argument] if focus.argument not in required else []
    arguments = _closed(properties, required)
    return _closed(
        {"name": {"enum": [definition.name]}, "arguments": arguments}, ["name", "arguments"]
    )


def wire_schema(schema: Mapping[str, Any]) -> dict[str, Any]:
    """An argument's schema as the model writes it."""
    if kind_of(schema) in COMPUTED:
        return WORDS
    if "$ref" in schema:
        return {}  # what it points to is not in this schema; the call is checked again later
    plain: dict[str, Any] = {key: value for key, value in schema.items() if key not in UNSAID}
    if kind_of(schema) == "verbatim":
        plain["type"] = "string"  # what says nothing of its type is one
    if isinstance(plain.get("items"), Mapping):
        plain["items"] = wire_schema(items_of(schema))
    if isinstance(plain.get("properties"), Mapping):
        plain["properties"] = {n: wire_schema(s) for n, s in plain["properties"].items()}
    if plain.get("type") == "string" and "enum" not in plain:
        plain["minLength"] = max(1, plain.get("minLength", 0))
    return plain


def _closed(properties: dict[str, Any], required: list[str]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": False,
    }
