"""The sentiment model: serving equals training, and the sentences it is trained on."""

import random
from collections import Counter
from importlib.resources import files

import numpy as np
import pytest

from funcgemma.errors import ArtefactError, DataError
from funcgemma.functions.sentiment.fit import fit
from funcgemma.functions.sentiment.labels import LABELS
from funcgemma.functions.sentiment.model import FILE, SentimentModel, shipped_model
from funcgemma.functions.sentiment.sentences import BLIND, parse_line, read_sentences


@pytest.fixture(scope="module")
def sentences():
    return read_sentences()


@pytest.fixture(scope="module")
def fitted(sentences):
    return fit(sentences)


def test_served_scores_equal_scikit_learns(sentences, fitted):
    texts = [s.text for s in (*sentences, *read_sentences((BLIND,)))] + ["", "zzz", "…"]
    expected = fitted.probabilities(texts)
    model = fitted.export()
    served = [model.probabilities(text) for text in texts]
    for granularity in LABELS:
        rows = np.array([list(found[granularity].values()) for found in served])
        np.testing.assert_allclose(rows, expected[granularity], atol=1e-4)


def test_the_shipped_model_is_what_the_sentences_give(sentences, fitted):
    shipped = shipped_model()
    assert list(fitted.export().text.index) == list(shipped.text.index)
    expected = fitted.probabilities([s.text for s in sentences])
    served = [shipped.probabilities(s.text) for s in sentences]
    for granularity in LABELS:
        rows = np.array([list(found[granularity].values()) for found in served])
        np.testing.assert_allclose(rows, expected[granularity], atol=0.02)
    assert (files("funcgemma.functions.sentiment") / FILE).stat().st_size <= 1_000_000


def test_training_and_saving_are_deterministic(sentences, tmp_path):
    some = random.Random(1).sample(sentences, 300)
    for name in ("a", "b"):
        fit(some).export().save(tmp_path / name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    loaded, fresh = SentimentModel.load(tmp_path / "a"), fit(some).export()
    assert loaded.probabilities("楽しかった") == fresh.probabilities("楽しかった")


def test_a_model_for_other_cues_is_refused(tmp_path):
    path = tmp_path / FILE
    shipped_model().save(path)
    path.write_bytes(path.read_bytes().replace(b"exclaims", b"exclaimz"))
    with pytest.raises(ArtefactError, match="does not fit"):
        SentimentModel.load(path)


def test_a_damaged_model_is_named(tmp_path):
    path = tmp_path / FILE
    path.write_bytes(b"not a model")
    for broken in (path, tmp_path / "none"):
        with pytest.raises(ArtefactError, match=f"{broken.name} cannot be read"):
            SentimentModel.load(broken)


def test_the_sentences_are_many_varied_and_balanced(sentences):
    for source, least, voices in (("ja", 700, 6), ("en", 200, 3)):
        own = [s for s in sentences if s.source == source]
        assert len(own) >= least
        assert len({s.voice for s in own}) >= voices
        shares = Counter(s.labels["polarity"] for s in own)
        assert all(count > len(own) / 5 for count in shares.values())
    texts = [s.text for s in (*sentences, *read_sentences((BLIND,)))]
    assert len(texts) == len(set(texts))


@pytest.mark.parametrize(
    "line",
    [
        "v\tpositive\tjoy\t2",
        "v\tgood\tjoy\t2\ta",
        "v\tpositive\thope\t2\ta",
        "v\tpositive\tjoy\t4\ta",
    ],
)
def test_a_wrong_sentence_line_is_named(line):
    with pytest.raises(DataError, match=r"ja\.tsv:7: "):
        parse_line(line, "ja", "ja.tsv:7")
