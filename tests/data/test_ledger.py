import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta, timezone

import pytest

from funcgemma.data.ledger import FILE, FORMAT, append_record, read_ledger
from funcgemma.errors import DataError, WorldError

NOW = datetime(2026, 5, 13, 10, 20, tzinfo=timezone(timedelta(hours=9)))
RECORD = {"command": "evaluate", "results": {"function_accuracy": 0.5}, "about": {"x": "京都"}}


def test_what_was_added_is_read(tmp_path):
    first = append_record(tmp_path / "new" / "folder", RECORD, now=NOW)
    second = append_record(tmp_path / "new" / "folder", {"command": "finetune"}, now=NOW)
    found = read_ledger(tmp_path / "new" / "folder")
    assert found.records == (first, second)
    assert found.problems == ()
    assert first["time"] == "2026-05-13T01:20:00.000000+00:00"
    assert first["format"] == FORMAT
    assert first["id"] != second["id"]
    assert first["about"] == {"x": "京都"}


def test_a_record_cannot_choose_its_own_id(tmp_path):
    written = append_record(tmp_path, RECORD | {"id": "mine", "format": 99, "time": "never"})
    assert read_ledger(tmp_path).records == (written,)
    assert written["id"] != "mine"
    age = datetime.now(UTC) - datetime.fromisoformat(written["time"])
    assert abs(age) < timedelta(days=1)


def test_there_is_none(tmp_path):
    assert read_ledger(tmp_path / "none").records == ()


def test_a_torn_line_is_told_and_the_next_record_stands_behind_it(tmp_path):
    first = append_record(tmp_path, RECORD, now=NOW)
    path = tmp_path / FILE
    path.write_bytes(path.read_bytes() + b'{"format": 1, "id": "ab')
    torn = read_ledger(tmp_path)
    assert torn.records == (first,)
    assert torn.problems == (f"{path}:2: torn or damaged, passed over",)
    second = append_record(tmp_path, {"command": "benchmark"}, now=NOW)
    assert read_ledger(tmp_path).records == (first, second)
    assert path.read_bytes().startswith(json.dumps(first, ensure_ascii=False).encode())


@pytest.mark.parametrize(
    "line",
    [
        "[]",
        "3",
        '{"format": "1"}',
        '{"format": 1}',
        '{"format": 2, "id": "a"}',
        "\udcff",
        "[" * 9999,
    ],
)
def test_other_lines_are_told(tmp_path, line):
    written = append_record(tmp_path, RECORD)
    path = tmp_path / FILE
    path.write_bytes(line.encode("utf-8", "surrogateescape") + b"\n\n" + path.read_bytes())
    found = read_ledger(tmp_path)
    assert found.records == (written,)
    assert len(found.problems) == 1
    assert f"{path}:1: " in found.problems[0]


def test_half_a_character_does_not_stop_it(tmp_path):
    written = append_record(tmp_path, {"command": "evaluate", "report": "\ud800.json"})
    assert read_ledger(tmp_path).records == (written,)


def test_several_programs_at_once(tmp_path):
    """Every line is whole, whoever wrote it and when."""
    code = (
        "import sys\n"
        "from pathlib import Path\n"
        "from funcgemma.data.ledger import append_record\n"
        "sys.stdin.read()\n"
        "for n in range(25):\n"
        "    append_record(Path(sys.argv[1]), {'command': sys.argv[2], 'n': n, 'long': 'あ' * 5000})\n"
    )
    writers = [
        subprocess.Popen([sys.executable, "-c", code, tmp_path, name], stdin=subprocess.PIPE)
        for name in "abc"
    ]
    for writer in writers:
        writer.communicate()
        assert writer.returncode == 0
    found = read_ledger(tmp_path)
    assert found.problems == ()
    for name in "abc":
        assert [r["n"] for r in found.records if r["command"] == name] == list(range(25))
    assert len({record["id"] for record in found.records}) == 75


def test_a_place_that_is_none(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(WorldError, match="file"):
        append_record(tmp_path / "file", RECORD)
    (tmp_path / FILE).mkdir()
    with pytest.raises(WorldError, match=FILE):
        append_record(tmp_path, RECORD)
    with pytest.raises(DataError, match="cannot be read"):
        read_ledger(tmp_path)
