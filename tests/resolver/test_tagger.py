import numpy as np
import pycrfsuite
import pytest

from funcgemma.resolver.embedded.tagger import spans_of, token_attributes
from funcgemma.resolver.embedded.view import read
from funcgemma.training.examples import read_examples, tagged_views
from funcgemma.training.tagger import fit_tagger, window_features, word_labels


def test_serving_labels_as_crfsuite_does(corpus, definitions, tmp_path, now):
    cases = [c for c in corpus if c.calls and c.calls[0].name == "weather_info"][:120]
    views = tagged_views(read_examples(cases, definitions), definitions["weather_info"])
    ours = fit_tagger(views)
    trainer = pycrfsuite.Trainer(verbose=False)
    trainer.set_params(
        {"c1": 0.05, "c2": 0.05, "max_iterations": 40, "feature.possible_transitions": True}
    )
    for view in views:
        if len(view.view.words):
            trainer.append(window_features(token_attributes(view.view)), word_labels(view))
    trainer.train(str(tmp_path / "m"))
    tagger = pycrfsuite.Tagger()
    tagger.open(str(tmp_path / "m"))
    for text in ("明日の横浜の天気", "新潟市は雪が降りますか", "傘いる？鎌倉行くんだけど"):
        attributes = token_attributes(read(text, now))
        theirs = tagger.tag(window_features(attributes))
        mine = [ours.labels[i] for i in ours._viterbi(ours.emissions(attributes))]
        assert mine == theirs


@pytest.mark.parametrize(
    ("labels", "spans"),
    [
        (["B-a", "I-a", "O", "B-a"], [("a", 0, 2), ("a", 3, 4)]),
        (["I-a", "I-a"], [("a", 0, 2)]),
        (["B-a", "I-b"], [("a", 0, 1), ("b", 1, 2)]),
        (["B-a", "B-a"], [("a", 0, 1), ("a", 1, 2)]),
    ],
)
def test_labels_join_into_spans(labels, spans):
    assert [(s.argument, s.first, s.last) for s in spans_of(labels)] == spans


def test_without_spans_nothing_is_found(now, definitions):
    tagger = fit_tagger([])
    assert tagger.tag(read("明日の横浜の天気", now)) == []
    assert np.all(tagger.weights == 0)
