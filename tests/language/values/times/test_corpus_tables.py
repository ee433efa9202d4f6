"""Every row of the value tables in docs/corpus.md that names a time."""

import re
from datetime import datetime
from pathlib import Path

import pytest

from funcgemma.language.values.times import find_times

DOCS = Path(__file__).parents[4] / "docs" / "corpus.md"
NOW = datetime.fromisoformat("2026-05-13T10:20+09:00")
DAY = r"\d{4}-\d\d-\d\d"


def tables():
    """Section -> rows of cells; the first cell is the row's number."""
    found, section = {}, ""
    for line in DOCS.read_text(encoding="utf-8").splitlines():
        if line.startswith("### "):
            section = line.split()[1]
        elif re.match(r"\| \d+ \|", line):
            cells = [cell.strip() for cell in line.strip("|").split("|")]
            found.setdefault(section, []).append(cells)
    return found


TABLES = tables()


def said(cell):
    """What a cell quotes; of two readings, the clearer one in brackets."""
    bracket = re.search(r" \((.+)\)$", cell)
    return bracket[1] if bracket else cell


def rows(*sections):
    return [
        pytest.param(*cells[1:], id=cells[0]) for section in sections for cells in TABLES[section]
    ]


def test_all_sections_are_there():
    assert {"Days", "Ranges", "Times", "Recurrence", "Weather", "Strings"} <= TABLES.keys()


@pytest.mark.parametrize(("cell", "value", "why"), rows("Days", "Ranges", "Times"))
def test_value(cell, value, why):
    assert [found.value for found in find_times(said(cell), NOW)] == [value]


@pytest.mark.parametrize(("cell", "rule", "first", "why"), rows("Recurrence"))
def test_recurrence(cell, rule, first, why):
    assert [(x.recurrence, x.value) for x in find_times(said(cell), NOW)] == [(rule, first)]


@pytest.mark.parametrize(("cell", "forecast", "value", "why"), rows("Weather"))
def test_weather_date(cell, forecast, value, why):
    found = [p for x in find_times(cell, NOW) for p in (x.parts or (x,))]
    days = [x.first_day for x in found if x.first_day]
    assert days == re.findall(DAY, value)


STRINGS = {int(cells[0]): cells for cells in TABLES["Strings"]}


@pytest.mark.parametrize("number", [186, 188, 189, 190, 192, 195, 196, 198, 199])
def test_time_in_a_request(number):
    cell, argument, value = STRINGS[number][1:4]
    found = find_times(cell, NOW)
    assert len(found) == 1
    if argument in ("date", "datetime"):
        assert value in (found[0].first_day, found[0].value)


def test_update_keeps_both_times_apart():
    cell, _, value = STRINGS[191][1:4]
    (found,) = find_times(cell, NOW)
    assert [part.value for part in found.parts] == ["2026-05-13T15:00", value]


def test_recurrence_in_a_request():
    cell, _, rule, why = STRINGS[197][1:5]
    (found,) = find_times(cell, NOW)
    assert (found.recurrence, found.value) == (rule, why.split()[-1])


@pytest.mark.parametrize("number", [193, 194])
def test_no_time_in_a_request(number):
    assert find_times(STRINGS[number][1], NOW) == ()
