import numpy as np
import pytest

from funcgemma.resolver.embedded.features import NONE
from funcgemma.training.few import ABSENT, FALSE, FEW, STRETCH, Line, few_labels, lines, with_lines
from funcgemma.training.linear import fit_multi


def test_few_labels_need_much_other_text():
    much = [("weather_info",)] * 1500 + [(NONE,)] * 500 + [("lamp",)] * 10
    assert few_labels(much) == {"lamp"}
    assert few_labels(much[-100:]) == frozenset()
    assert few_labels([("weather_info",)] * 1500 + [("lamp",)] * FEW) == frozenset()
    assert few_labels([("weather_info",)] * 1500 + [(NONE,)] * 3) == frozenset()


def won(scores, line, labels):
    """Of which texts the function `lamp` wins."""
    own = sum(scores[:, labels.index(name)] * share for name, share in line.weights.items())
    return own + line.bias > scores[:, [i for i, n in enumerate(labels) if n != "lamp"]].max(axis=1)


def test_a_line_stands_where_other_text_seldom_wins():
    rng = np.random.default_rng(0)
    labels = ("lamp", NONE)
    scores = np.stack([rng.normal(-2, 0.3, 8000), rng.normal(0.5, 0.3, 8000)], axis=1)
    gold = [(NONE,)] * 8000
    alone = lines(scores, gold, labels, {"lamp"})["lamp"]
    assert 0 < won(scores, alone, labels).mean() <= FALSE + 1e-3
    own = np.stack([rng.normal(2.5, 0.1, 10), np.zeros(10)], axis=1)
    apart = lines(np.concatenate([scores, own]), [*gold, *[("lamp",)] * 10], labels, {"lamp"})
    assert won(scores, apart["lamp"], labels).mean() < won(scores, alone, labels).mean()
    assert won(own, apart["lamp"], labels).all()
    assert lines(scores, gold, labels, ()) == {}
    assert lines(scores, gold, labels, labels) == {}


def test_what_the_examples_look_like_to_the_others_is_no_evidence_against_them():
    """Ten alarms that the model takes for reminders, which the reminders' own score would beat."""
    rng = np.random.default_rng(1)
    labels = ("alarm", NONE, "reminder")
    reminders = rng.normal([-1.5, -1, 1], 0.2, (3000, 3))
    chat = rng.normal([-1.5, 1, -1], 0.2, (3000, 3))
    alarms = rng.normal([-0.2, -1, 0.9], 0.1, (10, 3))
    gold = [("reminder",)] * 3000 + [(NONE,)] * 3000 + [("alarm",)] * 10
    found = lines(np.concatenate([reminders, chat, alarms]), gold, labels, {"alarm"})["alarm"]
    assert found.weights["reminder"] > 0.5
    assert NONE not in found.weights
    assert found.weights["alarm"] == STRETCH


def test_the_bias_of_none_is_part_of_the_comparison():
    rng = np.random.default_rng(2)
    labels = ("lamp", NONE)
    scores = np.stack([rng.normal(-2, 0.3, 5000), rng.normal(0.5, 0.3, 5000)], axis=1)
    own = np.stack([rng.normal(-1, 0.1, 10), np.full(10, 0.5)], axis=1)
    every, gold = np.concatenate([scores, own]), [(NONE,)] * 5000 + [("lamp",)] * 10
    plain, moved = (lines(every, gold, labels, {"lamp"}, bias)["lamp"] for bias in (0.0, 0.5))
    biased = np.add(every, [0.0, 0.5])
    assert plain.weights == moved.weights
    # as many win against the raised score as won against the plain one
    own_score = every @ [moved.weights["lamp"], moved.weights[NONE]] + moved.bias
    assert np.array_equal(own_score > biased[:, 1], won(every, plain, labels))


@pytest.fixture
def chooser():
    texts = [["light", "on"], ["rain"], ["hello"], ["light", "off"], ["snow"], ["bye"]]
    gold = [("lamp",), ("weather",), (NONE,), ("lamp",), ("weather",), (NONE,)]
    return fit_multi(texts, gold, vectors=np.eye(6, 4, dtype=np.float32))


def test_a_chooser_with_lines_gives_the_sums(chooser):
    changed = with_lines(chooser, {"lamp": Line({"lamp": 1.5, NONE: 0.5, "unseen": 0.25}, -0.3)})
    for text, vector in zip(
        (["light"], ["rain"], ["?"]), np.eye(3, 4, dtype=np.float32), strict=True
    ):
        plain = dict(zip(chooser.labels, chooser.scores(text, vector), strict=True))
        scores = dict(zip(changed.labels, changed.scores(text, vector), strict=True))
        expected = 1.5 * plain["lamp"] + 0.5 * plain[NONE] + 0.25 * ABSENT - 0.3
        assert scores["lamp"] == pytest.approx(expected, abs=1e-5)
        assert scores["weather"] == plain["weather"]


def test_lines_of_labels_that_a_chooser_lacks_change_nothing(chooser):
    for found in ({}, {"unknown": Line({"unknown": 1.0}, 1.0)}):
        changed = with_lines(chooser, found)
        assert np.array_equal(changed.weights, chooser.weights)
        assert np.array_equal(changed.bias, chooser.bias)


def test_the_other_labels_learn_nothing_from_texts_of_those_with_few():
    texts = [["rain"], ["hello"], ["snow"], ["bye"], ["light", "hello"], ["light", "rain"]]
    gold = [("weather",), (NONE,), ("weather",), (NONE,), ("lamp",), ("lamp",)]
    vectors = np.eye(6, 4, dtype=np.float32)
    apart = fit_multi(texts, gold, vectors=vectors, few=("lamp",))
    together = fit_multi(texts, gold, vectors=vectors)
    light = [dict(zip(m.labels, m.scores(["light"]), strict=True)) for m in (apart, together)]
    assert light[0]["weather"] == pytest.approx(apart.bias[apart.labels.index("weather")], abs=1e-6)
    assert light[1]["weather"] < light[0]["weather"]
    assert light[0]["lamp"] > 0
