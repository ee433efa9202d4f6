import pytest

from funcgemma.errors import Unavailable
from funcgemma.functions.context import Context
from funcgemma.functions.definition import FunctionDefinition
from funcgemma.functions.run import check_arguments, run_call
from funcgemma.records import FunctionCall

SCHEMA = {
    "type": "object",
    "properties": {
        "count": {"type": "integer"},
        "name": {"type": "string"},
        "loud": {"type": "boolean"},
        "mode": {"type": "string", "enum": ["a", "b"]},
    },
    "required": ["count"],
}


def _definition(handler):
    return FunctionDefinition("f", "", SCHEMA, handler)


@pytest.fixture
def context(now):
    return Context(now=lambda: now)


@pytest.mark.parametrize(
    ("given", "used"),
    [
        ({"count": "3"}, {"count": 3}),
        ({"count": 3.0}, {"count": 3}),
        ({"count": 1, "name": 5}, {"count": 1, "name": "5"}),
        ({"count": 1, "loud": "true"}, {"count": 1, "loud": True}),
    ],
)
def test_safe_coercions(given, used):
    checked = check_arguments(_definition(dict), given)
    assert checked.problem is None
    assert checked.arguments == used


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"count": "three"},
        {"count": 1.5},
        {"count": 1, "mode": "c"},
        {"count": 1, "other": 1},
        {"count": True},
    ],
)
def test_bad_arguments_are_data_with_a_reason(given, context):
    result = run_call(_definition(dict), FunctionCall("f", given), context)
    assert result.status == "invalid"
    assert "f" in result.problem


def test_handlers_get_the_context_only_if_they_ask(context):
    def with_context(count, ctx):
        return {"status": "ok", "now": ctx.now().isoformat(), "count": count}

    result = run_call(_definition(with_context), FunctionCall("f", {"count": 2}), context)
    assert result.value["now"].startswith("2026-05-13")


def test_failures_are_data(context):
    def broken(count):
        return {"x": 1 / 0}

    def offline(count):
        raise Unavailable("no network", "offline", "connect")

    def odd(count):
        return [count]

    def silent(count):
        return None

    call = FunctionCall("f", {"count": 1})
    assert "ZeroDivisionError" in run_call(_definition(broken), call, context).problem
    assert run_call(_definition(offline), call, context).value["reason"] == "offline"
    assert run_call(_definition(odd), call, context).status == "failed"
    assert "returned nothing" in run_call(_definition(silent), call, context).problem
