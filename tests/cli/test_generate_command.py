import pytest

from funcgemma.cli.app import run

pytestmark = pytest.mark.usefixtures("own_data_folder")


@pytest.mark.parametrize("count", ["0", "-5"])
def test_a_count_below_one_is_refused(tmp_path, capsys, count):
    assert run(["generate", "--count", count, "--output", str(tmp_path / "out")]) == 2
    assert "--count" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_fewer_cases_than_asked_is_a_remark(tmp_path, capsys):
    line = ["generate", "-f", "weather_info", "--count", "100000", "--output", str(tmp_path)]
    assert run(line) == 0
    assert "of 100000" in capsys.readouterr().err
    assert (tmp_path / "weather_info.jsonl").stat().st_size


def test_places_that_cannot_be_written(tmp_path, capsys):
    (tmp_path / "file").write_text("")
    for place, said in (("/proc/foo", "/proc/foo"), (tmp_path / "file", "is a file")):
        assert run(["generate", "--count", "1", "--output", str(place)]) == 3
        error = capsys.readouterr().err
        assert said in error
        assert "→" in error
