"""Small cases for the tests of the data tools."""

from dataclasses import replace

import pytest

from funcgemma.data.examples import CLOCK
from funcgemma.records import Case, FunctionCall


@pytest.fixture
def make():
    """A case from a text; `calls` as (name, arguments) pairs, everything else as for Case."""

    def build(text, *calls, case_id="w01-0001", writer="w01", **fields):
        made = tuple(FunctionCall(name, arguments) for name, arguments in calls)
        case = Case(case_id, text, CLOCK, calls=made, writer=writer, group=writer)
        return replace(case, **fields)

    return build
