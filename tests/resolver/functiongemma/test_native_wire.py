"""Names on the wire, and back."""

import pytest
from native import define

from funcgemma.records import FunctionCall
from funcgemma.resolver.functiongemma.wire import DROPPED, Wire, wire_names


@pytest.mark.parametrize("name", DROPPED)
def test_a_name_that_the_template_drops_travels_under_another(name):
    assert wire_names([name, "other"]) == {name: f"{name}_", "other": "other"}


def test_an_alias_never_meets_a_sibling():
    assert wire_names(["type", "type_", "type__"]) == {
        "type": "type___", "type_": "type_", "type__": "type__",
    }  # fmt: skip
    names = wire_names(["a b", "a,b", "a_b_", ""])
    assert len(set(names.values())) == 4
    assert names["a_b_"] == "a_b_"


def test_there_and_back_also_inside_objects_and_lists():
    inner = {"type": "object", "properties": {"type": {"type": "string"}}}
    properties = {"description": {"type": "array", "items": inner}, "required": inner}
    wire = Wire.of([define(properties)])
    call = FunctionCall("f", {"description": [{"type": "a"}, {}], "required": {"type": "b"}})
    sent = wire.to_wire(call)
    assert sent.arguments == {"description_": [{"type_": "a"}, {}], "required_": {"type_": "b"}}
    assert wire.from_wire("f", sent.arguments) == call


def test_unknown_functions_and_names_stay():
    wire = Wire.of([define({"type": {"type": "string"}})])
    assert wire.to_wire(FunctionCall("g", {"type": 1})).arguments == {"type": 1}
    assert wire.from_wire("f", {"x": {"type": 1}}).arguments == {"x": {"type": 1}}
