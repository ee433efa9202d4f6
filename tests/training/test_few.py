import numpy as np

from funcgemma.resolver.embedded.features import NONE
from funcgemma.training.few import FEW, few_labels, lines, moved, with_lines
from funcgemma.training.linear import fit_multi


def test_few_labels_need_much_other_text():
    much = [("weather_info",)] * 1500 + [(NONE,)] * 500 + [("lamp",)] * 10
    assert few_labels(much) == {"lamp"}
    assert few_labels(much[-100:]) == frozenset()
    assert few_labels([("weather_info",)] * 1500 + [("lamp",)] * FEW) == frozenset()
    assert few_labels([("weather_info",)] * 1500 + [(NONE,)] * 3) == frozenset()


def test_a_line_stands_where_other_text_seldom_reaches():
    rng = np.random.default_rng(0)
    labels = ("lamp", NONE)
    scores = np.stack([rng.normal(-2, 0.3, 5000), np.zeros(5000)], axis=1)
    gold = [(NONE,)] * 5000
    alone = lines(scores, gold, labels, {"lamp"})["lamp"]
    assert (scores[:, 0] > alone).mean() <= 0.0025
    own = np.stack([rng.normal(0.5, 0.1, 10), np.zeros(10)], axis=1)
    apart = lines(np.concatenate([scores, own]), [*gold, *[("lamp",)] * 10], labels, {"lamp"})
    assert alone < apart["lamp"] < 0.5
    assert lines(scores, gold, labels, ()) == {}


def test_a_chooser_with_lines_gives_moved_scores():
    texts = [["light", "on"], ["rain"], ["hello"], ["light", "off"], ["snow"], ["bye"]]
    gold = [("lamp",), ("weather",), (NONE,), ("lamp",), ("weather",), (NONE,)]
    vectors = np.eye(6, 4, dtype=np.float32)
    chooser = fit_multi(texts, gold, vectors=vectors)
    found = {"lamp": -0.3}
    changed = with_lines(chooser, found)
    for text, vector in zip(texts, vectors, strict=True):
        plain = chooser.scores(text, vector)[None].astype(np.float64)
        expected = moved(plain, chooser.labels, found)[0]
        assert np.allclose(changed.scores(text, vector), expected, atol=1e-5)
    assert np.array_equal(with_lines(chooser, {}).weights, chooser.weights)
    assert np.array_equal(with_lines(chooser, {"unknown": 1.0}).bias, chooser.bias)
