from funcgemma.evaluation.metrics import by_key, per_function, summary


def test_rates_worked_by_hand(judged):
    rates = summary(judged)
    assert rates["function_accuracy"] == 0.75
    assert rates["call_accuracy"] == 0.5
    assert rates["gate_accuracy"] == 0.75
    assert rates["no_function_recall"] == 0.5
    assert rates["request_recall"] == 1.0
    assert rates["call_accuracy_on_requests"] == 0.5
    assert rates["argument_accuracy"] == 0.5
    assert rates["missing_right"] is None


def test_precision_and_recall(judged):
    rates = per_function(judged, ["weather_info"])
    assert rates["weather_info"] == {"precision": 0.666667, "recall": 1.0, "f1": 0.8, "count": 2}
    assert rates["no_function"]["recall"] == 0.5


def test_a_case_counts_in_every_group_it_belongs_to(judged):
    groups = by_key(judged, lambda case: ["all", case.id], summary)
    assert groups["all"]["cases"] == 4
    assert groups["2"]["no_function_recall"] == 0
    assert groups["0"]["no_function_recall"] is None
