import pytest

from funcgemma.data.cases import read_cases, write_cases
from funcgemma.data.generate import generate
from funcgemma.errors import WorldError


def test_words_are_exchanged_and_gold_follows(corpus, registry):
    made = list(generate(corpus, "weather_info", 50, registry))
    assert len(made) == 50
    texts = {case.text for case in corpus}
    for case in made:
        start, end = case.spans["0.location"]
        assert case.text[start:end] == case.calls[0].arguments["location"]
        assert case.text not in texts
        assert case.extra["from"]
        assert case.group == case.writer


def test_it_is_deterministic_and_writable(corpus, registry, tmp_path):
    one = list(generate(corpus, "travel_guide", 20, registry, seed=3))
    assert one == list(generate(corpus, "travel_guide", 20, registry, seed=3))
    assert one != list(generate(corpus, "travel_guide", 20, registry, seed=4))
    write_cases(tmp_path / "c.jsonl", one)
    assert [c.text for c in read_cases(tmp_path / "c.jsonl")] == [c.text for c in one]


def test_no_function_text_is_passed_on(corpus, registry):
    made = list(generate(corpus, "no_function", 30, registry))
    assert len(made) == 30
    assert not any(case.calls for case in made)


def test_a_place_that_cannot_be_written(corpus, tmp_path):
    (tmp_path / "folder.jsonl").mkdir()
    with pytest.raises(WorldError, match=r"folder\.jsonl") as error:
        write_cases(tmp_path / "folder.jsonl", corpus[:1])
    assert error.value.hint
    assert [path.name for path in tmp_path.iterdir()] == ["folder.jsonl"]
