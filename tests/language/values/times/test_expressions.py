"""Expressions with values worked out by hand, at several clocks: two tables."""

from datetime import datetime
from pathlib import Path

import pytest

from funcgemma.language.values.times import find_times

TABLES = [Path(__file__).with_name(name) for name in ("expressions.txt", "english.txt")]


def rows():
    now = ""
    lines = [line for path in TABLES for line in path.read_text(encoding="utf-8").splitlines()]
    for line in lines:
        if line.startswith("@ "):
            now = line[2:]
        elif line and not line.startswith("//"):
            said, *wanted = (cell.strip() for cell in line.split(" | "))
            wanted = [None if cell == "-" else cell for cell in wanted]
            yield pytest.param(
                now, said, (*wanted, *[None] * (4 - len(wanted))), id=f"{now[:10]} {said}"
            )


@pytest.mark.parametrize(("now", "said", "wanted"), list(rows()))
def test_expression(now, said, wanted):
    found = find_times(said, datetime.fromisoformat(now))
    assert [(x.granularity, x.value, x.first_day, x.recurrence) for x in found] == [wanted]
    assert found[0].text == said[found[0].start : found[0].end]


def test_the_tables_are_long():
    assert len(list(rows())) >= 500
