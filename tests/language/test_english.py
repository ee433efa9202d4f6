"""English words in English and Japanese text."""

import pytest

from funcgemma.language.morphemes import analyse


@pytest.mark.parametrize(
    ("text", "surfaces"),
    [
        ("is it hot in Musina and", ["is", "it", "hot", "in", "Musina", "and"]),
        ("what's on?", ["what", "'s", "on", "?"]),
        ("I’m here", ["I", "’m", "here"]),
        ("don't, can’t", ["don't", ",", "can’t"]),
        ("'hello there' into French", ["'", "hello", "there", "'", "into", "French"]),
        ("Málaga naïve", ["Málaga", "naïve"]),
        ("5pm", ["5", "pm"]),
        ("Have a nice dayを日本語", ["Have", "a", "nice", "day", "を", "日本語"]),
        ("Tシャツ", ["Tシャツ"]),
        ("", []),
    ],
)
def test_words(text, surfaces):
    words = analyse(text)
    assert words.surfaces == surfaces
    assert [text[a:b] for a, b in zip(words.starts, words.ends, strict=True)] == surfaces


def test_forms_are_english_words():
    assert analyse("Book A Table and call Jo’s").forms == [
        "book", "a", "table", "and", "call", "jo", "'s",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("word", "tag"),
    [
        ("the", "en-det"),
        ("Would", "en-aux"),
        ("won’t", "en-neg"),
        ("Leeds", "名詞-英語-Name"),
        ("NASA", "名詞-英語-NAME"),
        ("sing", "名詞-英語"),
        ("raining", "名詞-英語-ing"),
        ("tickets", "名詞-英語-s"),
    ],
)
def test_parts_of_speech(word, tag):
    assert analyse(word).tags == [tag]


def test_names_of_the_dictionary_keep_their_class_if_they_have_a_capital():
    assert analyse("in London").classes == ["", "PLACE"]
    assert analyse("in samuel").classes == ["", ""]
    assert analyse("in Samuel").classes[-1] != ""
