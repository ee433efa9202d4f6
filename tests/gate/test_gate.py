import pytest

from funcgemma.gate.keywords import needs_function
from funcgemma.language.keywords import keyword_scores


@pytest.mark.parametrize(
    "text", ["明日の京都の天気を教えて", "来週の会議の予定を入れて", "ありがとうを韓国語に訳して"]
)
def test_clear_requests_pass_the_gate(small_model, text):
    assert small_model.gate.needs_function(text)


@pytest.mark.parametrize("text", ["おはよう", "ありがとう、助かったよ"])
def test_talk_does_not(small_model, text):
    assert not small_model.gate.needs_function(text)


def test_rejecting_is_stricter_than_deciding(small_model):
    assert small_model.gate.reject <= small_model.gate.threshold


def test_the_gate_turns_away_few_requests_of_other_writers(small_model, corpus):
    others = [c for c in corpus if c.calls and not c.history and c.writer in ("w02", "w13")]
    turned_away = sum(small_model.gate.score(c.text) < small_model.gate.reject for c in others)
    assert turned_away <= 0.05 * len(others)


def test_an_explanation_names_ngrams_of_the_text(small_model):
    text = "明日の京都の天気を教えて"
    for ngram, _ in small_model.gate.explain(text):
        assert ngram.strip("\x02\x03") in text


def test_keywords():
    assert needs_function("明日の天気は？")
    assert not needs_function("へえ、そうなんだ")
    assert (
        max(
            keyword_scores("「今日の天気は？」を英語に翻訳して"),
            key=keyword_scores("「今日の天気は？」を英語に翻訳して").get,
        )
        == "translation_assist"
    )
