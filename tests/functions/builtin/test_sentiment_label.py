"""The sentiment function: what it answers, and that serving equals training."""

import json
import random
import re
import subprocess
import sys
from collections import Counter
from importlib.resources import files
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from funcgemma.errors import ArtefactError, DataError
from funcgemma.functions.builtin.sentiment_label import handler, register
from funcgemma.functions.context import Context
from funcgemma.functions.registry import FunctionRegistry
from funcgemma.functions.sentiment.cues import CUES
from funcgemma.functions.sentiment.features import read
from funcgemma.functions.sentiment.feelings import find_feelings, mask
from funcgemma.functions.sentiment.fit import fit
from funcgemma.functions.sentiment.labels import LABELS
from funcgemma.functions.sentiment.lexicon import FILES, Lexicon, load_lexicon, read_entries
from funcgemma.functions.sentiment.model import FILE, SentimentModel, shipped_model
from funcgemma.functions.sentiment.sentences import BLIND, parse_line, read_sentences
from funcgemma.language.normalise import normalise

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def sentences():
    return read_sentences()


@pytest.fixture(scope="module")
def fitted(sentences):
    return fit(sentences)


@pytest.mark.parametrize(
    ("text", "polarity"),
    [
        ("最高の一日だった", "positive"),
        ("嬉しくない", "negative"),
        ("楽しくないわけがない", "positive"),
        ("感謝しかない", "positive"),
        ("悪くない", "positive"),
        ("よくはないが悪くもない", "neutral"),
        ("接客は最悪だったけど、料理は最高だった", "positive"),
        ("可愛くない？", "positive"),
        ("おもろすぎて草", "positive"),
        ("ｗｗｗ", "positive"),
        ("😡", "negative"),
        ("会議は10時からです", "neutral"),
        ("not bad", "positive"),
        ("I’m not happy", "negative"),
        ("I've never been happier", "positive"),
        ("The train leaves at nine", "neutral"),
    ],
)
def test_polarity(text, polarity):
    assert handler(text)["label"] == polarity


@pytest.mark.parametrize(
    ("text", "emotion"),
    [
        ("神アプデ！！！", "joy"),
        ("ずっと大好きだよ、ありがとう", "affection"),
        ("もう会えないなんて悲しい", "sadness"),
        ("むかつく", "anger"),
        ("地震が怖い", "fear"),
        ("びっくりした", "surprise"),
        ("ゴキブリ出た、気持ち悪い", "disgust"),
        ("明日の朝九時に駅で待ち合わせ", "neutral"),
        ("This is terrible and disgusting", "disgust"),
    ],
)
def test_emotion(text, emotion):
    assert handler(text, "emotion")["label"] == emotion


def test_emphasis_makes_a_feeling_stronger():
    texts = ["ちょっとうれしい", "うれしい", "うれしい！！", "めっちゃうれしいいいい！！！！"]
    strengths = [handler(text, "intensity")["score"] for text in texts]
    assert all(weaker < stronger for weaker, stronger in pairwise(strengths))
    assert handler(texts[0], "intensity")["label"] == "weak"
    assert handler(texts[-1], "intensity")["label"] == "strong"


@pytest.mark.parametrize("granularity", LABELS)
def test_the_result_is_plain_and_consistent(granularity):
    result = handler("楽しかったけど疲れた", granularity)
    assert json.loads(json.dumps(result)) == result
    assert (result["status"], result["granularity"]) == ("ok", granularity)
    assert list(result["scores"]) == list(LABELS[granularity])
    assert sum(result["scores"].values()) == pytest.approx(1, abs=0.01)
    assert 0 <= result["score"] <= 1
    if granularity != "intensity":
        assert (
            result["score"] == max(result["scores"].values()) == result["scores"][result["label"]]
        )


def test_the_sentence_is_in_the_language_of_the_context(now):
    assert handler("最高の一日だった")["message"].startswith("「最高の一日だった」はポジティブです")
    english = Context(now=lambda: now, language="en")
    result = handler("You are the best,\nthank you", "emotion", ctx=english)
    assert result["label_text"] == "affection or gratitude"
    assert result["message"].startswith(
        "“You are the best, thank you” shows affection or gratitude"
    )
    for granularity in LABELS:
        for text in ("まあまあかな", "最悪！！", "九時に着きます", "ある" * 60):
            for ctx in (None, english):
                assert len(handler(text, granularity, ctx=ctx)["message"]) < 160


@pytest.mark.parametrize(
    ("text", "granularity"), [("", "polarity"), (" 　\n", "emotion"), ("良い", "mood")]
)
def test_nothing_to_judge_is_invalid(now, text, granularity):
    for ctx in (None, Context(now=lambda: now, language="en")):
        result = handler(text, granularity, ctx=ctx)
        assert result["status"] == "invalid"
        assert result["message"]


@pytest.mark.parametrize(
    "text",
    ["最高！" * 100_000, "一" * 50_000, "w" * 50_000, "\ud800\x00\u202e", "…", "٣", "\ue000" * 9],
)
def test_odd_and_very_long_texts_are_judged(text):
    assert handler(text, "intensity")["status"] == "ok"


def test_the_function_reads_only():
    registry = FunctionRegistry()
    register(registry)
    assert registry.get("sentiment_label").risk_of({"text": "良い"}) == "read"


def test_serving_loads_no_training_library():
    code = (
        "import sys; from funcgemma.functions.builtin.sentiment_label import handler\n"
        "assert handler('楽しい')['status'] == 'ok'\n"
        "assert not {'sklearn', 'scipy', 'torch'} & set(sys.modules), sys.modules.keys()"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_served_scores_equal_scikit_learns(sentences, fitted):
    texts = [s.text for s in (*sentences, *read_sentences((BLIND,)))] + ["", "zzz", "…"]
    expected = fitted.probabilities(texts)
    model = fitted.export()
    served = [model.probabilities(text) for text in texts]
    for granularity in LABELS:
        rows = np.array([list(found[granularity].values()) for found in served])
        np.testing.assert_allclose(rows, expected[granularity], atol=1e-4)


def test_the_shipped_model_is_what_the_sentences_give(fitted):
    model, shipped = fitted.export(), shipped_model()
    assert list(model.text.index) == list(shipped.text.index)
    np.testing.assert_allclose(model.text.weights, shipped.text.weights, atol=0.02)
    np.testing.assert_allclose(model.cue_weights, shipped.cue_weights, atol=0.02)
    assert (files("funcgemma.functions.sentiment") / FILE).stat().st_size <= 1_000_000


def test_training_and_saving_are_deterministic(sentences, tmp_path):
    some = random.Random(1).sample(sentences, 300)
    for name in ("a", "b"):
        fit(some).export().save(tmp_path / name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    loaded, fresh = SentimentModel.load(tmp_path / "a"), fit(some).export()
    assert loaded.probabilities("楽しかった") == fresh.probabilities("楽しかった")


def test_a_model_for_other_cues_is_refused(fitted, tmp_path):
    path = tmp_path / FILE
    fitted.export().save(path)
    path.write_bytes(path.read_bytes().replace(b"exclaims", b"exclaimz"))
    with pytest.raises(ArtefactError, match="does not fit"):
        SentimentModel.load(path)


@pytest.mark.parametrize(
    ("text", "signs"),
    [
        ("嬉しくない", "-"),
        ("楽しめなかった", "-"),
        ("満足とは言えません", "-"),
        ("怒ってないよ", "+"),
        ("悪い人じゃない", "+"),
        ("怖くて眠れない", "--"),
        ("最高じゃん", "+"),
        ("嬉しいかもしれない", "+"),
        ("つまらない", "-"),
        ("お願いいたします。ご覧ください", ""),
        ("nobody was happy", "-"),
        ("not bad", "+"),
        ("i can't stop smiling", "+"),
        ("no doubt it's great", "+"),
        ("he is kind of tall", ""),
        ("the goodness and goods", ""),
    ],
)
def test_negation_and_scope(text, signs):
    found = find_feelings(text, load_lexicon())
    assert "".join("-+"[(f.weight > 0) != f.denied] for f in found) == signs


def test_what_is_denied_is_one_sign():
    text = "別に嬉しくないけど"
    assert re.fullmatch("別に[\ue000-\ue005]けど", mask(text, find_feelings(text, load_lexicon())))


def test_the_longest_entry_wins():
    entries = read_entries("x.txt", ["+1 joy: いい, good", "0 -: いいえ", "-1 sadness: cry*"])
    found = Lexicon(dict(entries)).find("いいえ、いい。good crying, 1cry")
    assert [(hit.start, hit.end) for hit in found] == [(4, 6), (7, 11), (12, 18), (21, 24)]


def test_no_lexicon_entry_stands_twice():
    folder = files("funcgemma.functions.sentiment") / "lexicon"
    lines = [line for name in FILES for line in (folder / name).read_text("utf-8").splitlines()]
    words = [normalise(word) for word, _ in read_entries("both", lines)]
    assert [word for word, count in Counter(words).items() if count > 1] == []


@pytest.mark.parametrize("line", ["+3 joy: a", "+1 hope: a", "+1 joy", "+1 joy: "])
def test_a_wrong_lexicon_line_is_named(line):
    with pytest.raises(DataError, match=r"x\.txt:1: "):
        list(read_entries("x.txt", [line]))


def test_cues_have_one_value_each():
    assert len(read("").cues) == len(read("最高！！").cues) == len(CUES)
    values = dict(zip(CUES, read("WOW めっちゃ嬉しい！！でも少し不安…").cues, strict=True))
    for cue in ("exclaims", "stresses", "softens", "trails_off", "screams", "joy", "fear", "both"):
        assert values[cue] > 0, cue
    assert values["positive_before"] == values["negative_after"] == 1


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


def test_the_page_gives_the_measured_numbers():
    page = (ROOT / "docs/sentiment.md").read_text(encoding="utf-8")
    result = json.loads((ROOT / "benchmarks/results/sentiment.json").read_text(encoding="utf-8"))
    rows = {**result["leave_one_voice_out"], "blind": result["blind"]}
    for source in ("ja", "en", "others", "blind"):
        for granularity in LABELS:
            assert f"{rows[source][granularity]['accuracy']:.1%}" in page, (source, granularity)
