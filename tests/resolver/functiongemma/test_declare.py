"""Declarations are what the published chat template prints."""

import json
from pathlib import Path

import pytest

from funcgemma.functions.definition import FunctionDefinition
from funcgemma.resolver.functiongemma.declare import declaration
from funcgemma.resolver.functiongemma.wire import Wire

VECTORS = json.loads((Path(__file__).parent / "declarations.json").read_text("utf-8"))
UNALIASED = [vector for vector in VECTORS if vector["function"]["name"] != "schedule_reminder"]


def define(name: str, description: str, parameters: dict) -> FunctionDefinition:
    return FunctionDefinition(name, description, parameters, handler=lambda **_: {})


def render(name: str, description: str, parameters: dict, compact: bool = False) -> str:
    definition = define(name, description, parameters)
    return declaration(definition, Wire.of([definition]), compact=compact)


@pytest.mark.parametrize("vector", UNALIASED, ids=lambda v: v["function"]["name"])
def test_byte_for_byte_what_the_template_prints(vector: dict) -> None:
    assert render(**vector["function"]) == vector["declaration"]
