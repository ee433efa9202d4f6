"""じゃあ大阪は？ says a value and nothing else."""

import pytest

from funcgemma.records import Mention
from funcgemma.resolver.embedded.only import only_values
from funcgemma.resolver.embedded.view import read


def said(text, value, now):
    start = text.index(value)
    mention = Mention("place", value, start, start + len(value), value)
    return only_values(read(text, now), {"location": (mention,)})


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("じゃあ大阪は？", "大阪"),
        ("大阪の方はどう？", "大阪"),
        ("やっぱり横浜で", "横浜"),
        ("what about Glossop?", "Glossop"),
        ("and Windermere", "Windermere"),
        ("大の里は", "大の里"),
    ],
)
def test_only_a_value(now, text, value):
    assert said(text, value, now)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("大阪の宿は？", "大阪"),
        ("大阪でいつ降る？", "大阪"),
        ("when is Glossop busy?", "Glossop"),
        ("how expensive is Glossop", "Glossop"),
    ],
)
def test_something_is_said_of_it(now, text, value):
    assert not said(text, value, now)


def test_times_are_values_and_nothing_is_not(now):
    assert only_values(read("明日の15時で", now), {})
    assert not only_values(read("はい", now), {})
