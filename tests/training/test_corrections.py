import json
from datetime import datetime, timedelta, timezone

import pytest

from funcgemma.data.cases import parse_case
from funcgemma.errors import DataError, WorldError
from funcgemma.records import Decision, Dialogue, FunctionCall, Mention, Message
from funcgemma.training.corrections import (
    add_correction,
    find_spans,
    fitting,
    make_correction,
    read_corrections,
    remove_correction,
)

NOW = datetime(2026, 5, 13, 10, 20, tzinfo=timezone(timedelta(hours=9)))
KYOTO = FunctionCall("weather_info", {"location": "京都"})


@pytest.fixture
def path(tmp_path):
    return tmp_path / "data" / "corrections.jsonl"


@pytest.fixture
def correct(definitions):
    def make(text, *calls, history=(), said=None):
        dialogue = Dialogue((*history, Message("user", text)), NOW)
        return make_correction(dialogue, calls, said or Decision(), definitions)

    return make


def test_a_file_that_is_not_there_holds_none(path):
    assert read_corrections(path).cases == ()


def test_a_row_has_all_that_people_and_programs_need(path, correct):
    said = Decision((FunctionCall("travel_guide", {"destination": "京都"}),), confidence=0.71)
    add_correction(path, correct("京都はどう", KYOTO, said=said))
    row = json.loads(path.read_text(encoding="utf-8"))
    assert row["text"] == "京都はどう"
    assert row["calls"] == [{"name": "weather_info", "arguments": {"location": "京都"}}]
    assert row["now"] == "2026-05-13T10:20:00+09:00"
    assert row["tags"] == ["correction"]
    assert row["category"] == "weather_info"
    assert row["writer"] == "corrections"
    assert row["group"] == row["id"]
    assert row["spans"] == {"0.location": [0, 2]}
    assert row["router"]["calls"][0]["name"] == "travel_guide"
    assert row["router"]["confidence"] == 0.71
    assert path.stat().st_mode & 0o077 == 0


def test_what_is_missing_or_said_before_is_tagged(correct):
    history = (Message("user", "京都の天気は？", (KYOTO,)), Message("assistant", "晴れです。"))
    case = correct("それで？", FunctionCall("weather_info"), history=history)
    assert case.tags == ("correction", "missing", "followup")
    assert correct("うん").category == "other"


def test_they_come_back_as_they_were_written(path, correct):
    cases = [correct("京都はどう", KYOTO), correct("ねえ\u2028ねえ\n「ね」"), correct("\ud800")]
    for case in cases:
        add_correction(path, case)
    assert [c.text for c in read_corrections(path).cases] == [c.text for c in cases]
    assert read_corrections(path).cases[0] == cases[0]


def test_a_newer_one_of_the_same_text_and_history_replaces_the_older(path, correct):
    history = (Message("assistant", "どこですか？"),)
    add_correction(path, correct("京都", KYOTO))
    add_correction(path, correct("京都", KYOTO, history=history))
    older = add_correction(path, correct("京都"))
    assert older is not None
    assert older.calls == (KYOTO,)
    found = read_corrections(path).cases
    assert [(case.history, case.calls) for case in found] == [(history, (KYOTO,)), ((), ())]
    assert len({case.group for case in found}) == 2
    assert len(path.read_text().splitlines()) == 2


def test_a_torn_last_line_is_reported_and_left_alone(path, correct):
    add_correction(path, correct("京都", KYOTO))
    with path.open("ab") as file:
        file.write('{"id": "c-1", "text": "京'.encode()[:-1])
    add_correction(path, correct("大阪"))
    found = read_corrections(path)
    assert [case.text for case in found.cases] == ["京都", "大阪"]
    assert [p.message.partition(": ")[0] for p in found.problems] == [f"{path}:2"]
    add_correction(path, correct("京都"))
    remove_correction(path, correct("大阪").id)
    assert len(path.read_bytes().splitlines()) == 2
    assert b'"c-1"' in path.read_bytes()


def test_rows_that_people_write_by_hand(path, correct):
    path.parent.mkdir()
    row = {"id": "mine", "text": "京都", "now": "2026-05-13T10:20", "calls": []}
    again = row | {"id": "mine too", "calls": [{"name": "weather_info", "arguments": {}}]}
    path.write_text(f"\n{json.dumps(row)}\nnonsense\n{json.dumps(again)}\n")
    found = read_corrections(path)
    assert [(case.id, case.tags) for case in found.cases] == [("mine too", ("correction",))]
    assert len(found.problems) == 1


def test_removing(path, correct):
    add_correction(path, correct("京都", KYOTO))
    assert remove_correction(path, correct("京都").id).calls == (KYOTO,)
    assert read_corrections(path).cases == ()
    with pytest.raises(DataError, match="no correction 'c-0'"):
        remove_correction(path, "c-0")


def test_a_place_that_cannot_be_written(tmp_path, correct):
    (tmp_path / "data").write_text("a file")
    with pytest.raises(WorldError):
        add_correction(tmp_path / "data" / "corrections.jsonl", correct("京都"))
    (tmp_path / "folder.jsonl").mkdir()
    with pytest.raises(WorldError):
        read_corrections(tmp_path / "folder.jsonl")


def test_spans_from_the_text_and_from_what_was_read():
    day = Mention("date", "明日", 0, 2, "2026-05-14")
    old = Mention("date", "昨日", 0, 2, "2026-05-12", turn=-3)
    call = FunctionCall("weather_info", {"location": "京都", "date": "2026-05-14"})
    spans = find_spans("明日の京都", (call,), (day, old))
    assert spans == {"0.location": (3, 5), "0.date": (0, 2)}
    past = FunctionCall("weather_info", {"location": "大阪", "date": "2026-05-12"})
    assert find_spans("明日の京都", (past,), (day, old)) == {}


def test_corrections_for_other_functions_wait(correct, definitions):
    known = correct("京都", KYOTO)
    row = {"id": "1", "text": "明かり", "now": "2026-05-13T10:20+09:00"}
    lamp = parse_case(json.dumps(row | {"calls": [{"name": "lamp", "arguments": {}}]}))
    odd = {"name": "weather_info", "arguments": {"room": "a"}}
    other = parse_case(json.dumps(row | {"calls": [odd]}))
    assert fitting((lamp, known, other), definitions) == (known,)
