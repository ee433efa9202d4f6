import numpy as np

from funcgemma.language.morphemes import analyse
from funcgemma.language.vectors import word_vectors


def vector(text):
    words = analyse(text)
    return word_vectors().sentence(words, [False] * len(words))


def test_texts_of_one_subject_lie_together():
    rain, snow, hotel = (
        vector("明日は雨かな"),
        vector("今夜は雪が降りますか"),
        vector("旅館を探して"),
    )
    assert rain @ snow > rain @ hotel
    rain, snow, hotel = (
        vector("will it rain"),
        vector("is there snow or a storm coming"),
        vector("find me a hotel room"),
    )
    assert rain @ snow > rain @ hotel


def test_a_vector_has_length_one_or_is_nothing():
    assert np.isclose(np.linalg.norm(vector("京都で食べる")), 1.0)
    assert not vector("").any()
    assert not vector("。、！").any()
    assert vector("京都").shape == (word_vectors().width,)


def test_the_languages_have_directions_of_their_own():
    half = word_vectors().width // 2
    assert not vector("weather tomorrow")[:half].any()
    assert not vector("明日の天気")[half:].any()


def test_quoted_words_do_not_count():
    words = analyse("「雨」を英語に")
    quoted = [surface == "雨" for surface in words.surfaces]
    assert np.allclose(word_vectors().sentence(words, quoted), vector("「」を英語に"))


def test_words_that_lie_together_share_a_class():
    words = analyse("雨 雪 qqzx")
    rain, snow, unknown = word_vectors().word_classes(words)
    assert len(rain) == 2
    assert set(rain) & set(snow)
    assert unknown == ()
