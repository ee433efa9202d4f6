import json

import pytest

from funcgemma.errors import DataError
from funcgemma.evaluation.compare import compare_reports
from funcgemma.evaluation.rates import MAIN
from funcgemma.evaluation.report import build_report


def _saved(judged):
    return json.loads(json.dumps(build_report(judged, ["weather_info"])))


def test_the_same_cases_are_paired(made):
    found = compare_reports(_saved(made(400, 0.6)), _saved(made(400, 0.9, seed=1)))
    assert found["paired"]
    assert list(found["rates"]) == list(MAIN)
    rate = found["rates"]["function_accuracy"]
    assert rate["difference"] == pytest.approx(rate["b"] - rate["a"], abs=1e-5)
    assert rate["interval"][0] < rate["difference"] < rate["interval"][1]
    assert rate["verdict"] == "better"
    assert found["rates"]["false_action_rate"]["difference"] < 0
    assert found["rates"]["false_action_rate"]["verdict"] == "better"
    assert found["flips"]["only_b"] > found["flips"]["only_a"]
    json.dumps(found)


def test_a_report_does_not_differ_from_itself(made):
    report = _saved(made(100, 0.7))
    found = compare_reports(report, report)
    assert {rate["verdict"] for rate in found["rates"].values()} == {"unclear"}
    assert found["rates"]["call_accuracy"]["interval"] == [0.0, 0.0]


def test_pairing_sees_more_than_two_separate_sets(made):
    """Half the cases are hard for both; the pairs leave that out."""
    a, b = made(300, 0.5), made(300, 0.5)
    better = [x if i % 12 else y for i, (x, y) in enumerate(zip(b, made(300, 1.0), strict=True))]
    paired = compare_reports(_saved(a), _saved(better))["rates"]["function_accuracy"]
    other = made(300, 0.5, prefix="d")
    separate = compare_reports(_saved(other), _saved(better))["rates"]["function_accuracy"]
    widths = [rate["interval"][1] - rate["interval"][0] for rate in (paired, separate)]
    assert widths[0] < widths[1]


def test_other_cases_are_not_paired(made):
    found = compare_reports(_saved(made(200, 0.5)), _saved(made(200, 0.95, prefix="d")))
    assert not found["paired"]
    assert found["flips"] is None
    assert found["rates"]["function_accuracy"]["verdict"] == "better"


def test_a_changed_utterance_under_the_same_id_is_another_case(made):
    a, b = _saved(made(20, 0.9)), _saved(made(20, 0.9))
    said = b["table"]["columns"].index("said")
    b["table"]["rows"][3][said] = "00000000"
    assert not compare_reports(a, b)["paired"]


def test_changed_gold_is_counted(made):
    a, b = _saved(made(20, 0.9)), _saved(made(20, 0.9))
    b["table"]["rows"][3][b["table"]["columns"].index("wanted")] = "00000000"
    assert compare_reports(a, b)["changed"] == 1


def test_five_cases_are_too_few(made):
    found = compare_reports(_saved(made(5, 0.0)), _saved(made(5, 1.0)))
    assert found["rates"]["function_accuracy"]["difference"] == 1.0
    assert found["rates"]["function_accuracy"]["verdict"] == "few"


def test_no_rows_no_comparison(made):
    whole = _saved(made(10, 0.9))
    with pytest.raises(DataError, match=r"old\.json: holds no row"):
        compare_reports({"format": 1, "summary": {}, "about": {}}, whole, names=("old.json", "b"))
    empty = {**whole, "table": {**whole["table"], "rows": []}}
    with pytest.raises(DataError, match="no cases"):
        compare_reports(whole, empty)
