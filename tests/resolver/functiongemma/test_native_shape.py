"""Schemas as the format understands them."""

import pytest

from funcgemma.resolver.functiongemma.shape import ANY, shape_of

STRING, NULL = {"type": "string"}, {"type": "null"}


@pytest.mark.parametrize(
    ("schema", "types", "nullable"),
    [
        ({"type": "integer"}, ("integer",), False),
        ({"type": ["string", "null", "integer"]}, ("string", "integer"), True),
        ({"type": "string", "nullable": True}, ("string",), True),
        ({"anyOf": [STRING, NULL]}, ("string",), True),
        ({"oneOf": [{"type": "integer"}, STRING]}, ("integer", "string"), False),
        ({"anyOf": [STRING, {}]}, (), True),
        ({"allOf": [{"description": "a"}, STRING]}, ("string",), False),
        ({"enum": ["a", 1, None]}, ("string", "integer"), True),
        ({"const": True}, ("boolean",), False),
        ({"properties": {"a": STRING}}, ("object",), False),
        ({"items": STRING}, ("array",), False),
        ({"description": "a"}, (), True),
        (True, (), True),
        ({}, (), True),
        ({"$ref": "#/$defs/nowhere"}, (), True),
    ],
)
def test_types(schema, types, nullable):
    shape = shape_of(schema)
    assert (shape.types, shape.nullable) == (types, nullable)


def test_numbers_take_integers_but_not_the_other_way():
    assert shape_of({"type": "number"}).takes("integer")
    assert not shape_of({"type": "integer"}).takes("number")
    assert all(ANY.takes(kind) for kind in ("string", "number", "array", "object", "null"))
    assert not shape_of(STRING).takes("null")


def test_enums_of_a_union_are_joined_only_if_all_branches_have_one():
    a, b = {"enum": ["a"]}, {"enum": ["b"]}
    assert shape_of({"anyOf": [a, b, NULL]}).enum == ("a", "b")
    assert shape_of({"anyOf": [a, STRING]}).enum == ()


def test_objects_of_a_union_are_joined():
    one = {"type": "object", "properties": {"a": STRING, "b": STRING}, "required": ["a", "b"]}
    two = {"type": "object", "properties": {"a": STRING, "c": STRING}, "required": ["a", "c"]}
    either, both = shape_of({"anyOf": [one, two]}), shape_of({"allOf": [one, two]})
    assert tuple(either.properties) == tuple(both.properties) == ("a", "b", "c")
    assert either.required == ("a",)
    assert both.required == ("a", "b", "c")


def test_what_an_object_holds_beside_its_properties():
    free, closed = {"type": "object"}, {"type": "object", "properties": {"a": STRING}}
    assert shape_of(free).others == ANY
    assert shape_of(closed).others is None
    assert shape_of({**free, "additionalProperties": STRING}).others == shape_of(STRING)
    assert shape_of({**free, "additionalProperties": False}).others is None


def test_definitions_of_inner_schemas_are_known_and_cycles_end():
    node = {"type": "object", "properties": {"next": {"$ref": "#/$defs/Node"}}}
    shape = shape_of({"type": "array", "items": {"$ref": "#/$defs/Node"}, "$defs": {"Node": node}})
    assert shape.items.properties["next"] == ANY


@pytest.mark.parametrize("union", ["anyOf", "oneOf", "allOf"])
def test_cycles_through_unions_end(union):
    reference = {union: [{"$ref": "#/$defs/Node"}]}
    node = {"type": "object", "properties": {"left": reference, "right": reference}}
    shape = shape_of({"properties": {"a": reference, "b": reference}, "$defs": {"Node": node}})
    for name in "ab":
        assert tuple(shape.properties[name].properties) == ("left", "right")
        assert shape.properties[name].properties["left"].properties == {}


def test_keywords_with_values_that_make_no_sense_count_for_nothing():
    shape = shape_of(
        {"type": "string", "required": True, "enum": "abc", "anyOf": 3, "properties": 1}
    )
    assert (shape.types, shape.enum, shape.required) == (("string",), (), ())
