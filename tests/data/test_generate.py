from collections import Counter
from random import Random

import pytest

from funcgemma.data.augment.backend import CorpusBackend
from funcgemma.data.augment.gold import times_hold
from funcgemma.data.cases import case_to_json, parse_case, read_cases, write_cases
from funcgemma.data.generate import generate
from funcgemma.data.labels import NO_FUNCTION, label_of
from funcgemma.errors import WorldError


@pytest.fixture(scope="module")
def few(corpus):
    return [case for case in corpus if case.writer in ("w01", "w04", "w05", "e05")]


@pytest.fixture(scope="module")
def backend(few, registry):
    return CorpusBackend(few, registry.schemas)


@pytest.fixture(scope="module")
def labels(registry):
    return [*registry.names, NO_FUNCTION]


@pytest.fixture(scope="module")
def rows(few, backend, labels):
    taken = {case.text for case in few}
    return generate(backend, labels, 203, seed=7, taken=taken, origin={"corpus": "abc"})


def test_the_count_is_exact_and_even(rows, labels):
    counts = Counter(label_of(row) for row in rows)
    assert len(rows) == 203
    assert set(counts) == set(labels)
    assert set(counts.values()) == {25, 26}


def test_no_text_comes_twice_and_none_is_of_the_corpus(rows, few):
    texts = [row.text for row in rows]
    assert len(set(texts)) == len(texts)
    assert not set(texts) & {case.text for case in few}


def test_rows_say_where_they_come_from(rows, few):
    known = {case.id: case for case in few}
    for row in rows:
        origin = row.extra["provenance"]
        base = known[origin["case"]]
        assert row.writer == base.writer
        assert row.group == base.group
        assert origin["methods"]
        assert origin["seed"] == 7
        assert origin["corpus"] == "abc"
        assert base.id.startswith(origin["block"])
        assert row.extra["source"] == "generated"
        assert [call.name for call in row.calls] == [call.name for call in base.calls]
    assert len({row.id for row in rows}) == len(rows)


def test_gold_is_right(rows, registry):
    for row in rows:
        assert times_hold(row, registry.schemas)
        for start, end in row.spans.values():
            assert 0 <= start < end <= len(row.text)


def test_rows_are_cases_of_the_format(rows, tmp_path):
    write_cases(tmp_path / "c.jsonl", rows)
    assert read_cases(tmp_path / "c.jsonl") == rows


def test_the_seed_decides(backend, labels):
    one = generate(backend, labels, 24, seed=1)
    assert one == generate(backend, labels, 24, seed=1)
    assert one != generate(backend, labels, 24, seed=2)


class Echo:
    """A backend of another kind: a few fixed rows, some attempts without a result."""

    name = "echo"

    def __init__(self, texts):
        self.texts = texts

    def candidates(self, label: str, rng: Random):
        for text in self.texts.get(label, ()):
            raw = f'{{"id": "x", "text": "{text}", "now": "2026-05-13T10:20:00+09:00"}}'
            yield parse_case(raw)
            yield None


def test_another_backend_fits_and_what_it_lacks_is_made_up_elsewhere():
    rows = generate(Echo({"a": "12", "b": "34567"}), ["a", "b", "c"], 6, taken={"3"})
    assert [row.text for row in rows] == ["1", "2", "4", "5", "6", "7"]
    assert case_to_json(rows[0])["provenance"] == {"backend": "echo", "seed": 0}


def test_fewer_rows_where_there_are_no_more():
    assert len(generate(Echo({"a": "112"}), ["a"], 5)) == 2


def test_a_place_that_cannot_be_written(rows, tmp_path):
    (tmp_path / "folder.jsonl").mkdir()
    with pytest.raises(WorldError, match=r"folder\.jsonl") as error:
        write_cases(tmp_path / "folder.jsonl", rows[:1])
    assert error.value.hint
    assert [path.name for path in tmp_path.iterdir()] == ["folder.jsonl"]
