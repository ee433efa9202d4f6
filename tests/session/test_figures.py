"""Numbers in text, however they are written."""

import pytest

from funcgemma.session.figures import figures, numbers


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("最高17.5°Cです", {17.5}),
        ("１７度", {17}),
        ("1,196,433人", {1196433}),
        ("約120万人", {1_200_000}),
        ("1億2000万", {120_000_000}),
        ("3万5千円", {35_000}),
        ("2.5 million people", {2_500_000}),
        ("二十五度", {25}),
        ("二〇二六年", {2026}),
        ("五度", {5}),
        ("-3°C", {-3}),
        ("マイナス3度", {-3}),
        ("氷点下5度", {-5}),
        ("3 degrees below zero", {-3}),
        ("5〜-3度", {5, -3}),
        ("2026-05-14", {2026, 5, 14}),
        ("5月14日15:30", {5, 14, 15, 30}),
        ("午後3時", {3, 15}),
        ("夜の7時", {7, 19}),
        ("at 3 p.m. today", {3, 15}),
        ("at 3:30 pm", {3, 15, 30}),
        ("降水確率30%", {30, 0.3}),
        ("twenty-five degrees", {25}),
        ("three degrees", {3}),
        ("nineteen temples", {19}),
    ],
)
def test_numbers_are_read(text, values):
    assert numbers(text) == values


@pytest.mark.parametrize(
    "text",
    ["十分楽しめます", "一番人気", "千葉の一部", "one of the best", "一時雨", "", "四国の百貨店"],
)
def test_words_that_only_look_like_numbers(text):
    assert numbers(text) == set()


@pytest.mark.parametrize(
    ("said", "known", "right"),
    [
        ("17度", 17.4, True),
        ("18度", 17.6, True),
        ("17度", 17.6, False),
        ("17.5度", 17.5, True),
        ("17.4度", 17.0, False),
        ("120万人", 1_196_433, True),
        ("119万人", 1_196_433, False),
        ("3度", -3, False),
        ("30%", 0.3, True),
    ],
)
def test_rounding_is_right_only_to_what_is_said(said, known, right):
    assert all(figure.rounds({known}) for figure in figures(said)) is right
