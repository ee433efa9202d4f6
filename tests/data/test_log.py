import json
import stat

import pytest

from funcgemma.data.cases import read_cases
from funcgemma.data.log import append_entry, clear_log, make_entry, older, read_log
from funcgemma.errors import WorldError
from funcgemma.records import Decision, Dialogue, FunctionCall, Message

KYOTO = FunctionCall("weather_info", {"location": "京都"})
SAID = Decision((KYOTO,), ("0.date",), 0.4321, "embedded", unsure=True)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "data" / "log.jsonl"


@pytest.fixture
def entry(say):
    return make_entry(say("京都の天気は？"), SAID, "f1", "route")


def test_what_is_written_is_read(path, entry):
    assert append_entry(path, entry)
    assert read_log(path).entries == (entry,)
    (row,) = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    assert row["router"] == {
        "missing": ["0.date"], "confidence": 0.4321, "unsure": True, "stage": "embedded",
    }  # fmt: skip
    assert row["writer"] == "log"
    assert read_cases(path)[0].text == "京都の天気は？"


def test_for_its_owner_only(path, entry):
    append_entry(path, entry)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_short_history_with_the_calls_of_the_turns_before(say, now):
    turns = [Message("user" if i % 2 == 0 else "assistant", f"{i}") for i in range(9)]
    decided = {4: Decision((KYOTO,)), 0: Decision((KYOTO,))}
    entry = make_entry(Dialogue(tuple(turns), now, decided), Decision(), "f1", "chat")
    assert [m.content for m in entry.case.history] == ["2", "3", "4", "5", "6", "7"]
    assert [m.calls for m in entry.case.history][2] == (KYOTO,)
    assert entry.case.text == "8"
    odd = make_entry(Dialogue(tuple(turns[1:]), now), Decision(), "f1", "chat")
    assert odd.case.history[0].role == "user"


def test_the_oldest_goes_once_it_is_full(path, say, now):
    room = 4000
    for number in range(40):
        dialogue = say(f"{number}番の発話")
        assert append_entry(path, make_entry(dialogue, SAID, "f1", "chat"), room)
        together = sum(f.stat().st_size for f in (path, older(path)) if f.exists())
        assert together <= room
    texts = [entry.case.text for entry in read_log(path).entries]
    assert texts[-1] == "39番の発話"
    assert 4 < len(texts) < 40
    assert texts == [f"{n}番の発話" for n in range(40 - len(texts), 40)]
    assert stat.S_IMODE(older(path).stat().st_mode) == 0o600


def test_what_was_pasted_is_not_kept(path, say):
    assert not append_entry(path, make_entry(say("長" * 2001), SAID, "f1", "chat"))
    assert not path.exists()


def test_half_a_character_is_kept_and_read(path, say):
    entry = make_entry(say("😀\ud800"), SAID, "f1", "chat")
    append_entry(path, entry)
    assert read_log(path).entries == (entry,)


def test_a_torn_line_stays_one_line(path, entry):
    append_entry(path, entry)
    with path.open("ab") as file:
        file.write(b'{"id": "l-1", "text"')
    append_entry(path, entry)
    found = read_log(path)
    assert len(found.entries) == 1
    (problem,) = found.problems
    assert problem.message.startswith(f"{path}:2: ")


@pytest.mark.parametrize(
    "change",
    [
        {"router": 3},
        {"router": {}},
        {"router": {"missing": [], "confidence": "x", "unsure": False, "stage": "gate"}},
        {"router": {"missing": [], "confidence": 1, "unsure": False, "stage": "mind"}},
        {"functions": None, "router": None},
    ],
)
def test_other_lines_are_no_entries(path, entry, change):
    append_entry(path, entry)
    row = json.loads(path.read_text(encoding="utf-8")) | change
    path.write_text(json.dumps(row), encoding="utf-8")
    found = read_log(path)
    assert found.entries == ()
    assert "no entry of a log" in found.problems[0].message


def test_clear(path, entry):
    assert clear_log(path) == 0
    for _ in range(30):
        append_entry(path, entry, 3000)
    assert clear_log(path) == 2
    assert list(path.parent.iterdir()) == []


def test_no_disk(tmp_path, entry):
    (tmp_path / "data").write_text("")
    with pytest.raises(WorldError, match=r"log\.jsonl"):
        append_entry(tmp_path / "data" / "log.jsonl", entry)
    (tmp_path / "log.jsonl").mkdir()
    with pytest.raises(WorldError):
        read_log(tmp_path / "log.jsonl")
