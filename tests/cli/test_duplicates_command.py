import pytest

from funcgemma.cli.app import run

pytestmark = pytest.mark.usefixtures("own_data_folder")
HEAD = "persona: p\nregister: r\nlanguage: ja\nnow: 2026-05-13T10:20+09:00\n---\n"


def _file(folder, writer, *texts):
    path = folder / f"{writer}.txt"
    body = "\n\n".join(f"{text}\n> none other" for text in texts)
    path.write_text(f"writer: {writer}\n{HEAD}{body}\n", encoding="utf-8")
    return str(path)


def test_pairs_are_shown_and_counted(tmp_path, capsys):
    one = _file(tmp_path, "x1", "今日はとてもいい天気だ", "今日はとてもいい天気だ！", "はい")
    two = _file(tmp_path, "x2", "今日はとてもいい天気だな", "はい。")
    assert run(["corpus", "duplicates", one, two, "--threshold", "0.7"]) == 0
    out = capsys.readouterr().out
    assert "1.00  x1-0001 今日はとてもいい天気だ  |  x1-0002" in out
    assert "はい ×2" in out
    lines = {
        line.split("  ")[0]: line.split()[-2:] for line in out.splitlines() if "writers  " in line
    }
    assert lines == {"within writers": ["1", "0"], "between writers": ["0", "2"]}


def test_the_shipped_corpus_and_a_limit(capsys):
    assert run(["corpus", "duplicates", "--limit", "0"]) == 0
    out = capsys.readouterr().out
    assert "Pairs among" in out
    assert " | " not in out


def test_a_threshold_of_nothing(capsys):
    assert run(["corpus", "duplicates", "--threshold", "0"]) == 2
    assert "--threshold" in capsys.readouterr().err
