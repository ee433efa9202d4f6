import json

from funcgemma.evaluation.ledger import benchmark_record, evaluation_record
from funcgemma.evaluation.report import build_report


def test_the_record_of_an_evaluation(judged):
    report = build_report(judged, ["weather_info"], about={"resolver": "peft"}, mistakes=9)
    record = evaluation_record(report, functions="f.json", saved="r.json")
    assert record["command"] == "evaluate"
    assert record["about"] == {"resolver": "peft"}
    assert record["cases"] == 4
    assert record["results"]["function_accuracy"] == 0.75
    assert record["results"]["false_action_rate"] == 0.5
    assert record["results"]["llm_calls"] == 0
    assert (record["functions_file"], record["report"]) == ("f.json", "r.json")
    assert "発話" not in json.dumps(record, ensure_ascii=False)


def test_the_record_of_a_benchmark():
    rates = {"gate_accuracy": 0.9, "no_function_recall": 0.8}
    system = {"name": "gate", **rates, "function_accuracy": None, "call_accuracy": None}
    system |= {"latency_ms": {"p50": 1.0, "p95": 2.0}, "llm_calls": 0}
    record = benchmark_record({"about": {}, "cases": 3, "systems": [system]})
    expected = {**rates, "latency_p50": 1.0, "llm_calls": 0}
    assert record["results"] == {"systems": {"gate": expected}}
    assert record["report"] is None
