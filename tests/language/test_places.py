"""Places in Latin letters are classed as places."""

import pytest

from funcgemma.language.morphemes import PLACE, analyse


def places(text):
    words = analyse(text)
    return [s for s, kind in zip(words.surfaces, words.classes, strict=True) if kind == PLACE]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("what about geelong?", ["geelong"]),
        ("and round rock tomorrow", ["round", "rock"]),
        ("weather in San Marcos please", ["San", "Marcos"]),
        ("hobart's best pubs", ["hobart"]),
        ("paris, texas", ["paris", "texas"]),
        ("明日のWollongongの天気", ["Wollongong"]),
        ("Is Reading worth a visit?", ["Reading"]),
    ],
)
def test_places_are_known_in_any_case(text, expected):
    assert places(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "I was reading a nice book",
        "it is on the best page",
        "read me the news",
        "tell me about Samuel Jackson",
    ],
)
def test_ordinary_words_and_people_are_not(text):
    assert places(text) == []


def test_a_park_is_one_place():
    assert places("parking near Lincoln Park") == ["Lincoln", "Park"]
