import pytest

from funcgemma.cli.ledger import Ledger, read_ledger, write_ledger
from funcgemma.errors import WorldError
from funcgemma.records import FunctionCall
from funcgemma.router import Router
from funcgemma.training.regression import answers

HUNGRY = FunctionCall("travel_guide", {"destination": "腹", "info_type": "food"})
GUESSED = FunctionCall("translation_assist", {"text": "ねこ", "target_language": "en"})
PLACES = ("東京", "京都", "大阪", "札幌", "福岡", "那覇", "仙台", "名古屋", "横浜", "神戸", "広島")
ASKED = (
    "の天気は？",
    "の明日の天気を教えて",
    "、雨降る？",
    "の気温",
    "は今日暑いかな",
    "の週末の天気",
)


def states(keeper):
    return {case.text: state for case, state in keeper.corrections()}


def test_without_corrections_the_model_of_the_corpus_serves(keeper, small_model):
    assert keeper.serving_folder.name == "small"
    assert keeper.kept().manifest["data"] == small_model.manifest["data"]
    assert keeper.learn().comparison is None


def test_what_can_be_learned_is_and_what_cannot_is_held_back(
    keeper, open_keeper, correct, registry, small_model, capsys
):
    learned = correct(keeper, "腹減った", HUNGRY)
    guessed = correct(keeper, "ねこ", GUESSED)  # nothing in it says English
    assert not answers(Router(registry, small_model), learned)
    assert keeper.kept() is None
    assert keeper.older().manifest["corrections"] == 0
    lesson = keeper.learn()
    assert lesson.learned == (learned,)
    assert lesson.held == (guessed,)
    assert lesson.refused.unlearned == (guessed,)
    assert lesson.comparison.passed
    assert answers(Router(registry, lesson.model), learned)
    assert "2 corrections" in capsys.readouterr().err
    next_start = open_keeper(keeper.file.parent)
    assert states(next_start) == {"腹減った": "learned", "ねこ": "unlearned"}
    assert answers(Router(registry, next_start.kept()), learned)
    assert next_start.learn().model.manifest == lesson.model.manifest
    assert "Training" not in capsys.readouterr().err


def test_contradicting_the_corpus_is_held_back_each_time_the_same(
    open_keeper, correct, tmp_path, small_model
):
    outcomes = []
    for name in ("one", "other"):
        keeper = open_keeper(tmp_path / name, tolerance=0.01)
        for place in PLACES:
            for asked in ASKED:
                correct(keeper, place + asked)
        lesson = keeper.learn()
        assert lesson.model.manifest["data"] == small_model.manifest["data"]
        assert lesson.learned == ()
        assert len(lesson.held) == len(PLACES) * len(ASKED)
        assert lesson.refused.lost
        assert set(states(keeper).values()) == {"lost"}
        assert len(keeper.file.read_text().splitlines()) == len(lesson.held)
        outcomes.append((lesson.refused, states(open_keeper(tmp_path / name))))
    assert outcomes[0] == outcomes[1]


def test_corrections_for_functions_that_are_not_here_wait(keeper):
    keeper.file.write_text(
        '{"id": "1", "text": "明かり", "now": "2026-05-13T10:20+09:00", '
        '"calls": [{"name": "lamp", "arguments": {}}]}\n'
    )
    assert states(keeper) == {"明かり": "other_functions"}
    assert keeper.taught() == ()
    assert keeper.serving_folder.name == "small"


def test_bad_lines_are_said_once(keeper, capsys):
    keeper.file.write_text("nonsense\n")
    keeper.taught()
    keeper.taught()
    assert capsys.readouterr().err.count("corrections.jsonl:1") == 1


def test_a_file_that_cannot_be_read_leaves_the_model_alone(keeper, capsys):
    keeper.file.mkdir()
    assert keeper.kept() is not None
    assert "Left out" in capsys.readouterr().err


def test_a_ledger_comes_back_and_a_damaged_one_is_empty(tmp_path):
    path = tmp_path / "models" / "a.json"
    ledger = Ledger("m", frozenset(("x", "y")), {"z": "lost", "v": "unlearned"})
    write_ledger(path, ledger)
    assert read_ledger(path) == ledger
    for text in ("", "[]", '{"held": 1}', '{"held": {}, "serving": "m"}'):
        path.write_text(text)
        assert read_ledger(path) == Ledger()
    with pytest.raises(WorldError):
        write_ledger(path / "b.json", ledger)
