from dataclasses import replace

import pytest

from funcgemma.errors import DataError
from funcgemma.evaluation.outcomes import from_table, outcomes, resampling_groups, to_table
from funcgemma.evaluation.rates import false_actions


def test_a_table_comes_back_as_it_was(judged):
    rows = outcomes(judged)
    assert from_table(to_table(rows), "x") == rows


def test_columns_may_stand_in_another_order(judged):
    table = to_table(outcomes(judged))
    turned = {
        "columns": [*table["columns"][::-1], "later"],
        "rows": [[*row[::-1], 0] for row in table["rows"]],
    }
    assert from_table(turned, "x") == outcomes(judged)


@pytest.mark.parametrize(
    "table", [{}, {"columns": [], "rows": []}, {"columns": 3}, [], None, {"rows": [[1]]}]
)
def test_a_damaged_table_is_named(table):
    with pytest.raises(DataError, match=r"r\.json.*damaged"):
        from_table(table, "r.json")


def test_wrong_values_are_refused(judged):
    table = to_table(outcomes(judged))
    table["rows"][1][table["columns"].index("acts")] = "yes"
    with pytest.raises(DataError, match="wrong values"):
        from_table(table, "r.json")


def test_what_was_said_and_what_was_wanted_have_hashes_of_their_own(judged):
    one = judged[0]
    changed = replace(one, case=replace(one.case, calls=()))
    (a,), (b,) = outcomes([one]), outcomes([changed])
    assert a.said == b.said
    assert a.wanted != b.wanted


def test_writers_then_dialogues_then_cases_are_resampled(made):
    cases = [j.case for j in made(40, 1.0)]
    assert resampling_groups(cases) == ("writers", [c.writer for c in cases])
    few = [
        replace(c, writer="w", group="w", id=f"w-{i // 2}.{i % 2 + 1}") for i, c in enumerate(cases)
    ]
    how, groups = resampling_groups(few)
    assert how == "dialogues"
    assert groups[:3] == ["w-0", "w-0", "w-1"]
    how, groups = resampling_groups(few[:10])
    assert how == "cases"
    assert len(set(groups)) == 10


def test_false_actions_of_everyday_talk_and_of_the_rest(made):
    found = false_actions(outcomes(made(40, 0.0)))
    assert found["overall"] == {"rate": 1.0, "count": 20, "cases": 20}
    assert found["everyday"]["cases"] == 10
    assert found["rest"]["count"] == 10
