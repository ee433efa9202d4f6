import numpy as np
import pytest
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.svm import LinearSVC

from funcgemma.language.features import char_ngrams
from funcgemma.language.normalise import gate_text
from funcgemma.training.linear import fit_binary, fit_multi


@pytest.fixture(scope="module")
def data(corpus):
    cases = corpus[:300]
    grams = [char_ngrams(gate_text(case.text)) for case in cases]
    needs = [bool(case.calls) for case in cases]
    names = [case.calls[0].name if case.calls else "none" for case in cases]
    return grams, needs, names


def _reference(grams, labels, c):
    vectoriser = TfidfVectorizer(analyzer=lambda x: x, binary=True, dtype=np.float64)
    svm = LinearSVC(C=c, random_state=0, class_weight="balanced", max_iter=5000)
    svm.fit(vectoriser.fit_transform(grams), labels)
    return vectoriser, svm


def test_gate_scores_equal_scikit_learns(data, corpus):
    grams, needs, _ = data
    ours = fit_binary(grams, needs, c=1.0)
    vectoriser, svm = _reference(grams, needs, 1.0)
    texts = [char_ngrams(gate_text(case.text)) for case in corpus[300:400]]
    reference = svm.decision_function(vectoriser.transform(texts))
    assert np.allclose([ours.score(t) for t in texts], reference, atol=1e-9)


def test_chooser_scores_equal_one_against_rest(data, corpus):
    grams, _, names = data
    ours = fit_multi(grams, [(name,) for name in names], c=0.5)
    texts = [char_ngrams(gate_text(case.text)) for case in corpus[300:360]]
    scores = np.array([ours.scores(t) for t in texts])
    assert ours.labels == tuple(sorted(set(names)))
    for column, label in enumerate(ours.labels):
        vectoriser, svm = _reference(grams, [name == label for name in names], 0.5)
        reference = svm.decision_function(vectoriser.transform(texts))
        assert np.allclose(scores[:, column], reference, atol=1e-5)


def test_a_text_may_have_several_labels(data):
    grams, _, names = data
    both = [("even", name) if i % 2 == 0 else (name,) for i, name in enumerate(names)]
    ours = fit_multi(grams, both)
    scores = np.array([ours.scores(g) for g in grams])
    column = scores[:, ours.labels.index("even")]
    assert np.mean((column > 0) == (np.arange(len(names)) % 2 == 0)) > 0.95


def test_vectors_are_learned_from_too(data):
    grams, needs, _ = data
    vectors = np.zeros((len(needs), 3), np.float32)
    vectors[:, 1] = [1.0 if n else -1.0 for n in needs]
    ours = fit_multi(
        [["same"]] * len(grams), [("yes",) if n else ("no",) for n in needs], vectors=vectors
    )
    for vector, label in ((vectors[0], needs[0]), (-vectors[0], not needs[0])):
        scores = ours.scores(["same"], vector)
        assert ours.labels[int(scores.argmax())] == ("yes" if label else "no")


def test_unknown_features_leave_the_bias(data):
    grams, needs, _ = data
    ours = fit_binary(grams, needs)
    assert ours.score(["never seen"]) == ours.bias


def test_explanation_adds_up_to_the_score(data):
    grams, needs, _ = data
    ours = fit_binary(grams, needs)
    parts = ours.explain(grams[3], top=10_000)
    assert sum(weight for _, weight in parts) + ours.bias == pytest.approx(ours.score(grams[3]))
