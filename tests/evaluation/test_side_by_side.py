import json

import pytest

from funcgemma.errors import DataError
from funcgemma.evaluation.report import build_report
from funcgemma.evaluation.side_by_side import configuration, side_by_side


def _saved(judged, **about):
    return json.loads(json.dumps(build_report(judged, ["weather_info"], about=about)))


def _rows(found):
    return {(row["group"], row["name"]): row["figures"] for row in found["rows"]}


def test_a_column_for_each_report(made):
    reports = [_saved(made(100, skill), resolver=f"r{skill}") for skill in (0.5, 0.7, 0.9)]
    found = side_by_side(reports, ["a", "b", "c"])
    assert [column["configuration"] for column in found["columns"]] == ["r0.5", "r0.7", "r0.9"]
    assert found["same_cases"]
    rows = _rows(found)
    for figure, report in zip(rows["main", "function_accuracy"], reports, strict=True):
        assert figure["value"] == report["summary"]["function_accuracy"]
        assert figure["interval"] == report["intervals"]["rates"]["function_accuracy"]
    for kind in ("recall", "precision"):
        for figure, report in zip(rows[kind, "weather_info"], reports, strict=True):
            assert figure["value"] == report["functions"]["weather_info"][kind]
            assert figure["interval"] == report["functions"]["weather_info"]["intervals"][kind]
    assert {name for group, name in rows if group == "latency"} == {"p50", "p95"}
    json.dumps(found)


def test_differences_are_from_the_first(made):
    reports = [_saved(made(400, skill)) for skill in (0.6, 0.9, 0.6)]
    found = side_by_side(reports, ["a", "b", "c"])
    verdicts = [pair["rates"]["function_accuracy"]["verdict"] for pair in found["differences"]]
    assert verdicts == ["better", "unclear"]
    assert [pair["b"]["name"] for pair in found["differences"]] == ["b", "c"]


def test_other_cases_and_other_functions(made):
    a, b = _saved(made(40, 0.9)), _saved(made(40, 0.9, prefix="d"))
    b["functions"]["lamp"] = b["functions"].pop("weather_info")
    found = side_by_side([a, b], ["a", "b"])
    assert not found["same_cases"]
    rows = _rows(found)
    assert rows["recall", "weather_info"][1] == {"value": None, "interval": None}
    assert rows["recall", "lamp"][0]["value"] is None
    assert rows["recall", "lamp"][1]["value"] is not None


def test_calls_of_a_language_model(made):
    a, b = _saved(made(40, 0.9)), _saved(made(40, 0.9))
    b["llm_calls"] = 10
    del a["llm_calls"]  # as reports were before
    rows = _rows(side_by_side([a, b], ["a", "b"]))
    assert [figure["value"] for figure in rows["llm", "llm_calls"]] == [None, 10]
    assert [figure["value"] for figure in rows["llm", "llm_share"]] == [None, 0.25]


@pytest.mark.parametrize(
    "part", ["summary", "intervals", "false_actions", "latency_ms", "functions"]
)
def test_a_damaged_report_is_named(made, part):
    a, b = _saved(made(40, 0.9)), _saved(made(40, 0.9))
    b[part] = {"weather_info": {"recall": 1.0}} if part == "functions" else {}
    with pytest.raises(DataError, match=r"b\.json: is damaged"):
        side_by_side([a, b], ["a.json", "b.json"])


@pytest.mark.parametrize(
    ("about", "words"),
    [
        (
            {"resolver": "peft", "run": "run_1/checkpoint-2", "language_model": "m"},
            "peft run_1/checkpoint-2",
        ),
        ({"resolver": "cascade", "language_model": "ollama:x"}, "cascade ollama:x"),
        ({"resolver": "embedded", "language_model": None}, "embedded"),
        ({}, "?"),
    ],
)
def test_a_configuration(about, words):
    assert configuration(about) == words
