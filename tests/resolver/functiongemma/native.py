"""Functions and values for the tests of the native format."""

from typing import Any

from hypothesis import strategies as st

from funcgemma.functions.definition import FunctionDefinition
from funcgemma.records import FunctionCall


def define(
    properties: dict[str, Any] | None = None, name: str = "f", description: str = "", **rest: Any
) -> FunctionDefinition:
    """A function with these properties."""
    parameters = {"type": "object", "properties": properties or {}, **rest}
    return FunctionDefinition(name, description, parameters, handler=lambda **_: {})


HOSTILE = [
    "<escape>", "<\\escape>", "<end_of_turn>", "<start_function_call>", "<end_function_call>",
    "<bos>", "<", ">", "\\", "{", "}", "[", "]", ",", ":", "call:f{", "location:", "}call:f{a:1}",
    "東京", "a", " ", "\n", '"', "\0", "response:f{",
]  # fmt: skip
hostile_text = st.lists(st.sampled_from(HOSTILE) | st.text(max_size=3), max_size=8).map("".join)
plain_text = (
    st.text(st.sampled_from("ab東京 .!?'-/ー、。"), min_size=1, max_size=8)
    .map(str.strip)
    .filter(bool)
)
names = st.sampled_from(
    ["a", "b-c", "B", "地名", "description", "type", "properties", "description_", "x" * 20]
)


def _objects(inner: st.SearchStrategy) -> st.SearchStrategy:
    return st.dictionaries(names, inner, max_size=4).map(
        lambda found: {"type": "object", "properties": found, "additionalProperties": False}
    )


def schemas(text: st.SearchStrategy[str]) -> st.SearchStrategy[dict[str, Any]]:
    """Schemas of one value; enums hold these texts."""
    leaves = st.one_of(
        st.just({"type": "string"}),
        st.sampled_from([{"type": t} for t in ("integer", "number", "boolean")]),
        st.lists(text, min_size=1, max_size=3).map(lambda v: {"type": "string", "enum": v}),
        st.just({"type": "integer", "enum": [1, 2]}),
        st.just({"anyOf": [{"type": "integer"}, {"type": "null"}]}),
    )
    if text is hostile_text:  # what is not declared is certain only where strings are escaped
        leaves |= st.just({"type": "object"})
    return st.recursive(
        leaves,
        lambda inner: inner.map(lambda items: {"type": "array", "items": items}) | _objects(inner),
        max_leaves=6,
    )


def _anything(text: st.SearchStrategy[str]) -> st.SearchStrategy[Any]:
    leaves = st.none() | st.booleans() | st.integers() | st.floats(-9, 9) | text
    return st.recursive(
        leaves, lambda inner: st.lists(inner) | st.dictionaries(text, inner), max_leaves=4
    )


def values(schema: dict[str, Any], text: st.SearchStrategy[str]) -> st.SearchStrategy[Any]:
    """Values that a schema allows."""
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    if "anyOf" in schema:
        return st.none() | st.integers(-5, 5)
    kind = schema["type"]
    if kind == "object" and "properties" not in schema:
        return st.dictionaries(text, _anything(text), max_size=3)
    if kind == "array":
        return st.lists(values(schema["items"], text), max_size=3)
    if kind == "object":
        inner = {name: values(s, text) for name, s in schema["properties"].items()}
        return st.fixed_dictionaries(inner) | st.fixed_dictionaries({}, optional=inner)
    return {
        "string": text,
        "integer": st.integers(),
        "number": st.floats(allow_nan=False, allow_infinity=False) | st.integers(),
        "boolean": st.booleans(),
    }[kind]


@st.composite
def functions_and_calls(draw: st.DrawFn, text: st.SearchStrategy[str] = hostile_text):
    """Two functions and some calls that fit them."""
    definitions = []
    for name in ("f", "g_2"):
        properties = draw(st.dictionaries(names, schemas(text), min_size=1, max_size=4))
        definitions.append(define(properties, name))
    calls = []
    for index in draw(st.lists(st.integers(0, 1), min_size=1, max_size=3)):
        chosen = definitions[index]
        schema = {"type": "object", "properties": chosen.properties}
        calls.append(FunctionCall(chosen.name, draw(values(schema, text))))
    return definitions, tuple(calls)
