from enum import Enum
from typing import Annotated, Literal

import pytest
from pydantic import Field

from funcgemma import Context, FunctionDefinition, FunctionRegistry, Kind, function
from funcgemma.errors import FunctionError
from funcgemma.functions.decorator import definition_of, schema_from_hints


class Mood(Enum):
    CALM = "calm"
    LOUD = "loud"


def sample(
    place: Annotated[str, Kind("place"), Field(description="where")],
    mood: Mood,
    level: Literal["low", "high"] = "low",
    count: int | None = None,
    ctx: Context | None = None,
) -> dict:
    """A sample."""
    return {"place": place, "mood": mood, "level": level, "count": count}


def test_the_callable_stays_a_callable():
    marked = function(examples=["[京都](place) > mood=calm"])(sample)
    assert marked is sample
    assert marked("京都", Mood.CALM)["place"] == "京都"
    assert definition_of(marked).examples


def test_schema_keeps_enums_defaults_and_kinds():
    schema = schema_from_hints(sample)
    assert schema["required"] == ["place", "mood"]
    properties = schema["properties"]
    assert properties["place"] == {"type": "string", "description": "where", "x-kind": "place"}
    assert properties["mood"]["enum"] == ["calm", "loud"]
    assert properties["level"] == {"enum": ["low", "high"], "type": "string", "default": "low"}
    assert properties["count"]["type"] == "integer"
    assert "ctx" not in properties


def test_missing_hints_are_errors():
    with pytest.raises(FunctionError, match="no type hint"):
        function()(lambda place: {})


def test_duplicate_names_name_both_origins():
    registry = FunctionRegistry()
    schema = {"type": "object", "properties": {}}
    registry.register(FunctionDefinition("f", "", schema, dict, origin="here"))
    with pytest.raises(FunctionError, match=r"there.*here"):
        registry.register(FunctionDefinition("f", "", schema, dict, origin="there"))


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "array"},
        {"type": "object", "properties": []},
        {"type": "object", "properties": {"a": {"type": "text"}}},
        {"type": "object", "properties": {"a": {"type": "string", "enum": []}}},
        {"type": "object", "properties": {"a": {"type": "string", "x-kind": "colour"}}},
        {"type": "object", "properties": {}, "required": ["a"]},
        {"type": "object", "properties": {"a": {"enum": ["x"], "default": "y"}}},
    ],
)
def test_wrong_schemas_are_refused(schema):
    with pytest.raises(FunctionError):
        FunctionDefinition("f", "", schema, dict)


def test_fingerprint_covers_arguments_but_not_descriptions(registry):
    def one(text, properties):
        schema = {"type": "object", "properties": properties}
        return FunctionRegistry((FunctionDefinition("f", text, schema, dict),)).fingerprint()

    plain = one("a", {"description": {"type": "string", "description": "b"}})
    assert plain == one("c", {"description": {"type": "string", "description": "d"}})
    assert plain != one("a", {})


def test_lists_of_enums_and_dates_are_plain_schemas():
    from datetime import date

    def several(moods: list[Mood], day: date = date(2026, 1, 1)) -> dict:
        """Several."""
        return {}

    schema = schema_from_hints(several)
    assert schema["properties"]["moods"]["items"] == {"enum": ["calm", "loud"], "type": "string"}
    assert schema["properties"]["day"]["default"] == "2026-01-01"
    assert "$ref" not in str(schema)


@pytest.mark.parametrize("name", ["no_function", "f\n", "1f", "", "a" * 65])
def test_names_that_cannot_be_used(name):
    with pytest.raises(FunctionError):
        FunctionDefinition(name, "", {"type": "object", "properties": {}}, dict)


@pytest.mark.parametrize("properties", [{"a/b": {}}, {"../x": {}}, {"": {}}])
def test_argument_names_that_cannot_be_used(properties):
    with pytest.raises(FunctionError, match="argument name"):
        FunctionDefinition("f", "", {"type": "object", "properties": properties}, dict)


def test_without_brackets():
    @function
    def lamp(room: str) -> None:
        """Switch a lamp."""

    definition = definition_of(lamp)
    assert (definition.name, definition.risk, definition.examples) == ("lamp", "write", ())
    assert definition.required == ("room",)
