"""The sentiment function: what it answers."""

import json
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest

from funcgemma.functions.builtin.sentiment_label import handler, register
from funcgemma.functions.context import Context
from funcgemma.functions.registry import FunctionRegistry
from funcgemma.functions.sentiment.labels import LABELS

ROOT = Path(__file__).parents[3]


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


def test_the_page_gives_the_measured_numbers():
    page = (ROOT / "docs/sentiment.md").read_text(encoding="utf-8")
    result = json.loads((ROOT / "benchmarks/results/sentiment.json").read_text(encoding="utf-8"))
    rows = {**result["leave_one_voice_out"], "blind": result["blind"]}
    for source in ("ja", "en", "others", "blind"):
        for granularity in LABELS:
            assert f"{rows[source][granularity]['accuracy']:.1%}" in page, (source, granularity)
