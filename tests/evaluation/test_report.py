import json

import pytest

from funcgemma.errors import DataError, WorldError
from funcgemma.evaluation.files import read_report, save_report, to_text
from funcgemma.evaluation.report import FORMAT, build_report


def test_report_is_plain_json(judged):
    report = build_report(judged, ["weather_info"], about={"cases": "x"}, mistakes=9)
    data = json.loads(json.dumps(report))
    assert data["format"] == FORMAT
    assert data["writers"]["w"]["cases"] == 4
    assert data["categories"]["c"]["false_action_rate"] == 0.5
    assert data["tags"]["t"]["call_accuracy"] == 0.5
    assert data["languages"]["ja"]["cases"] == 4
    assert data["latency_ms"]["p50"] == 2.5
    assert data["stages"] == {"embedded": 4}
    assert data["false_actions"]["overall"] == {"rate": 0.5, "count": 1, "cases": 2}
    assert data["functions"]["weather_info"]["intervals"]["f1"]
    assert len(data["table"]["rows"]) == 4


def test_mistakes_are_the_surest_first_and_only_those(judged):
    mistakes = build_report(judged, ["weather_info"], mistakes=9)["mistakes"]
    assert [(m["id"], m["kind"]) for m in mistakes] == [
        ("1", "wrong_arguments"),
        ("2", "false_action"),
    ]
    assert build_report(judged, ["weather_info"], mistakes=1)["mistakes"] == mistakes[:1]


def test_without_mistakes_and_table_no_text_is_kept(judged):
    assert "発話" not in str(build_report(judged, ["weather_info"], table=False))


def test_no_cases_have_no_rates(registry):
    nothing = build_report([], registry.names)
    assert nothing["cases"] == 0
    assert nothing["brier"] is None
    assert nothing["latency_ms"]["p99"] is None
    assert set(nothing["summary"].values()) == {None}


def test_a_thousand_cases(made):
    report = build_report(made(1000, 0.9), ["weather_info"])
    assert report["intervals"]["resampled"] == "writers"
    low, high = report["intervals"]["rates"]["function_accuracy"]
    assert low < report["summary"]["function_accuracy"] < high


def test_saved_and_read_again(judged, tmp_path):
    report = build_report(judged, ["weather_info"], mistakes=3)
    path = tmp_path / "new" / "r.json"
    save_report(path, report)
    assert read_report(path) == json.loads(json.dumps(report))
    assert [p.name for p in path.parent.iterdir()] == ["r.json"]


def test_text_that_no_file_can_hold(tmp_path):
    save_report(
        tmp_path / "r.json", {"format": 1, "summary": {}, "about": {}, "text": "\ud800 京都"}
    )
    assert read_report(tmp_path / "r.json")["text"] == "\ud800 京都"


@pytest.mark.parametrize(
    "value", [{}, [], {"a": [1, [2]], "京": {"b": {}}}, "x", [{}, {"a": None}]]
)
def test_text_is_json(value):
    assert json.loads(to_text(value)) == value


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "is not JSON"),
        ("[]", "is no report"),
        ('{"format": "1", "summary": {}}', "is no report"),
        ('{"format": 1}', "is no report"),
        ('{"format": 0, "summary": {}, "about": []}', "is no report"),
        ('{"format": 1, "summary": {}, "about": []}', "is no report"),
        ('{"format": 99, "summary": {}, "about": {}}', "format 99"),
        ("\udcff", "is not JSON"),
    ],
)
def test_what_is_no_report_is_said(tmp_path, text, message):
    path = tmp_path / "r.json"
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(DataError, match=message):
        read_report(path)


def test_places_that_cannot_be_used(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(WorldError):
        save_report(tmp_path / "file" / "r.json", {})
    with pytest.raises(DataError, match="cannot be read"):
        read_report(tmp_path / "none.json")
