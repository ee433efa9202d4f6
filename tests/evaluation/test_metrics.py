import pytest

from funcgemma import Case, Decision, FunctionCall
from funcgemma.evaluation.metrics import brier, judge, per_function, report, summary


def _call(name, **arguments):
    return FunctionCall(name, arguments)


@pytest.fixture
def judged(now, registry):
    pairs = [
        ((_call("weather_info", location="京都"),), (_call("weather_info", location="京都"),), 0.9),
        ((_call("weather_info", location="京都"),), (_call("weather_info", location="大阪"),), 0.6),
        ((), (_call("weather_info", location="京都"),), 0.2),
        ((), (), 1.0),
    ]
    cases = [Case(str(i), "x", now, calls=gold, writer="w") for i, (gold, _, _) in enumerate(pairs)]
    decisions = [Decision(got, confidence=sure) for _, got, sure in pairs]
    return judge(cases, decisions, registry.schemas)


def test_rates_worked_by_hand(judged):
    rates = summary(judged)
    assert rates["function_accuracy"] == 0.75
    assert rates["call_accuracy"] == 0.5
    assert rates["no_function_recall"] == 0.5
    assert rates["request_recall"] == 1.0
    assert rates["argument_accuracy"] == 0.5


def test_precision_and_recall(judged):
    rates = per_function(judged, ["weather_info"])
    assert rates["weather_info"] == {"precision": 0.6667, "recall": 1.0, "f1": 0.8, "count": 2}
    assert rates["no_function"]["recall"] == 0.5


def test_brier(judged):
    assert brier(judged) == pytest.approx((0.01 + 0.36 + 0.04 + 0) / 4)


def test_report_is_plain_json(judged):
    import json

    data = json.loads(json.dumps(report(judged, ["weather_info"])))
    assert data["writers"]["w"]["cases"] == 4


def test_no_cases_have_no_rates(registry):
    nothing = report([], registry.names)
    assert nothing["cases"] == 0
    assert nothing["brier"] is None
