from collections import Counter

from funcgemma.finetune.order import Order

KINDS = ["a"] * 10 + ["b"] * 6 + ["c"]


def test_every_example_comes_once_a_round():
    order = Order(["a"] * 7, batch=1, seed=0)
    first, second = order.take(0, 7), order.take(7, 7)
    assert sorted(first) == sorted(second) == list(range(7))
    assert first != second


def test_what_comes_next_follows_from_what_was_seen():
    whole = Order(KINDS, batch=4, seed=3).take(0, 60)
    for seen in (0, 5, 16, 41):
        assert Order(KINDS, batch=4, seed=3).take(seen, 7) == whole[seen : seen + 7]
    assert Order(KINDS, batch=4, seed=4).take(0, 60) != whole


def test_batches_are_of_one_kind_as_far_as_possible():
    taken = Order(KINDS, batch=4, seed=0).take(0, 16)
    batches = [[KINDS[i] for i in taken[at : at + 4]] for at in range(0, 16, 4)]
    assert sorted(len(set(batch)) for batch in batches)[:3] == [1, 1, 1]
    assert len(set(taken)) == 16


def test_those_that_are_left_out_of_a_round_change():
    taken = Order(KINDS, batch=4, seed=0).take(0, 16 * 50)
    counts = Counter(taken)
    assert set(counts) == set(range(17))
    assert max(counts.values()) <= 50


def test_a_batch_larger_than_the_data():
    taken = Order(["a", "b", "a"], batch=8, seed=0).take(0, 8)
    assert sorted(taken[:3]) == sorted(taken[3:6]) == [0, 1, 2]
