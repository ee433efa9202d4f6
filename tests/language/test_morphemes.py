from funcgemma.language.features import quoted_words, word_features
from funcgemma.language.morphemes import analyse


def test_words_have_forms_classes_and_positions():
    text = "京都の天気を教えて"
    words = analyse(text)
    assert words.forms[0] == "京都"
    assert words.classes[0] == "PLACE"
    assert "教える" in words.forms
    for surface, start, end in zip(words.surfaces, words.starts, words.ends, strict=True):
        assert text[start:end] == surface


def test_control_characters_and_surrogates_keep_positions():
    text = "\x00京都\ud800の天気"
    words = analyse(text)
    assert text[words.starts[0] : words.ends[0]] == "京都"


def test_quoted_words_are_known():
    text = "「明日の天気は」を英語に"
    words = analyse(text)
    inside = [w for w, q in zip(words.surfaces, quoted_words(text, words), strict=True) if q]
    assert inside == ["明日", "の", "天気", "は"]


def test_proper_nouns_stand_as_classes_in_bigrams():
    words = analyse("京都の天気")
    features = word_features(words, [False] * len(words))
    assert "b:<PLACE>_の" in features
