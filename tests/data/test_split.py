from collections import Counter

import pytest

from funcgemma.data.augment.backend import CorpusBackend
from funcgemma.data.generate import generate
from funcgemma.data.labels import count_labels
from funcgemma.data.leaks import leak_report
from funcgemma.data.split import Plan, split_cases
from funcgemma.errors import DataError


@pytest.fixture(scope="module")
def split(corpus):
    return split_cases(corpus, Plan(seed=3))


def test_every_case_stands_in_one_place(corpus, split):
    placed = [case.id for part in split.parts.values() for case in part]
    placed += [case.id for case in split.left_out]
    assert Counter(placed) == Counter(case.id for case in corpus)


def test_no_writer_stands_in_two_parts(split):
    writers = [{case.writer for case in part} for part in split.parts.values()]
    assert not (writers[0] & writers[1] or writers[0] & writers[2] or writers[1] & writers[2])
    counts = leak_report(split.parts)["counts"]
    for name in ("writers", "groups", "dialogues", "same_text", "near_duplicates"):
        assert counts[name] == 0
    assert split.grouped_by == "writer"


def test_the_shares_hold_for_every_function(corpus, split):
    total = count_labels(corpus)
    for part, share in zip(split.parts.values(), (0.8, 0.1, 0.1), strict=True):
        for label, count in count_labels(part).items():
            assert share * 0.6 < count / total[label] < share * 1.4, label


def test_the_seed_decides(corpus, split):
    assert split_cases(corpus, Plan(seed=3)) == split
    assert split_cases(corpus, Plan(seed=4)).parts != split.parts


def test_balance_samples_down_to_the_rarest(corpus):
    for part in split_cases(corpus, Plan(balance=True)).parts.values():
        assert len(set(count_labels(part).values())) == 1


def test_the_target_count_is_kept_over_all_parts(corpus):
    parts = split_cases(corpus, Plan(target_count=101)).parts.values()
    total = Counter[str]()
    for part in parts:
        total.update(count_labels(part))
    assert set(total.values()) == {101}


def test_balance_and_target_count_together(corpus):
    parts = split_cases(corpus, Plan(balance=True, target_count=100)).parts
    assert [set(count_labels(part).values()) for part in parts.values()] == [{80}, {10}, {10}]


def test_near_duplicates_leave_the_training_part(make):
    cases = [
        make(f"{writer * 4}だけが{writer * 4}と書いた", case_id=f"{writer}-1", writer=writer)
        for writer in "abcdefgh"
    ]
    cases += [make("同じことを書いた文です", case_id=f"{w}-2", writer=w) for w in "abcdefgh"]
    split = split_cases(cases, Plan(shares=(0.5, 0.25, 0.25)))
    assert not leak_report(split.parts)["counts"]["same_text"]
    assert len(split.left_out) == 6
    kept = split_cases(cases, Plan(shares=(0.5, 0.25, 0.25), keep_near=True))
    assert not kept.left_out
    assert leak_report(kept.parts)["counts"]["same_text"] == 4 * 2 + 4 * 2 + 2 * 2


def test_a_single_writer_is_split_by_dialogue(corpus):
    cases = [case for case in corpus if case.writer == "w01"]
    split = split_cases(cases, Plan())
    assert split.grouped_by == "dialogue"
    counts = leak_report(split.parts)["counts"]
    assert counts["dialogues"] == 0
    assert counts["writers"] == 1


def test_too_few_cases(make):
    with pytest.raises(DataError, match="cannot make 3 parts") as error:
        split_cases([make("a"), make("b", case_id="w01-0002")], Plan())
    assert error.value.hint


def test_a_share_of_zero_leaves_a_part_empty(corpus):
    parts = split_cases(corpus[:2000], Plan(shares=(0.9, 0.1, 0.0))).parts
    assert parts["test"] == ()
    assert parts["validation"]


def test_generated_rows_stay_with_their_writer(corpus, registry):
    writers = ("w01", "w04", "w05", "w11", "e05")
    cases = [case for case in corpus if case.writer in writers]
    rows = generate(CorpusBackend(cases, registry.schemas), registry.names, 140)
    parts = split_cases([*cases, *rows], Plan(shares=(0.6, 0.2, 0.2))).parts
    counts = leak_report(parts)["counts"]
    assert counts["writers"] == counts["groups"] == counts["dialogues"] == 0
