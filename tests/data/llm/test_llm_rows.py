import pytest

from funcgemma.data.cases import read_cases
from funcgemma.data.examples import CLOCK
from funcgemma.data.llm.rows import append_rows, mend, read_rows
from funcgemma.errors import DataError, WorldError
from funcgemma.records import Case


def rows(*ids):
    return [Case(name, f"文 {name}", CLOCK) for name in ids]


def test_rows_are_appended_and_read_again(tmp_path):
    path = tmp_path / "deep" / "r.jsonl"
    assert read_rows(path) == ()
    append_rows(path, rows("1"))
    append_rows(path, rows("2", "3"))
    assert [row.id for row in read_rows(path)] == ["1", "2", "3"]


@pytest.mark.parametrize("cut", range(1, 40, 3))
def test_a_half_written_last_line_is_taken_off(tmp_path, cut):
    path = tmp_path / "r.jsonl"
    append_rows(path, rows("1"))
    whole = path.read_bytes()
    path.write_bytes(whole + whole[:-cut])
    if cut == 1:  # the line is whole but for its end
        assert [row.id for row in read_rows(path)] == ["1", "1"]
        assert path.read_bytes() == whole + whole
    else:
        assert mend(path)
        assert path.read_bytes() == whole
    assert not mend(path)
    append_rows(path, rows("2"))
    assert read_cases(path)[-1].id == "2"


def test_a_file_of_half_a_line_becomes_empty(tmp_path):
    path = tmp_path / "r.jsonl"
    path.write_text('{"id": "1", "te')
    assert read_rows(path) == ()


def test_a_wrong_line_in_the_middle_is_told_and_left(tmp_path):
    path = tmp_path / "r.jsonl"
    path.write_text('{"id": \n{"id": "2", "text": "a", "now": "2026-05-13T10:20:00+09:00"}\n')
    with pytest.raises(DataError, match=r"r\.jsonl:1"):
        read_rows(path)


def test_places_that_cannot_be_written(tmp_path):
    (tmp_path / "file").write_text("")
    (tmp_path / "folder").mkdir()
    for place in (tmp_path / "file" / "r.jsonl", tmp_path / "folder"):
        with pytest.raises(WorldError) as error:
            append_rows(place, rows("1"))
        assert error.value.hint
    with pytest.raises(WorldError):
        read_rows(tmp_path / "folder")
