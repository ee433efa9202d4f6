"""Expressions with values worked out by hand, at several clocks: expressions.txt."""

from datetime import datetime
from pathlib import Path

import pytest

from funcgemma.language.values.times import find_times

TABLE = Path(__file__).with_name("expressions.txt")


def rows():
    now = ""
    for line in TABLE.read_text(encoding="utf-8").splitlines():
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


def test_the_table_is_long():
    assert len(list(rows())) >= 250
