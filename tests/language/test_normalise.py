from hypothesis import given
from hypothesis import strategies as st

from funcgemma.language.normalise import MAX_CHARS, clean, clip, gate_text, mask_quotes, normalise


def test_full_width_and_case_are_folded():
    assert normalise("ＡＢＣ　１２ｶﾅ") == "abc 12カナ"


def test_quotations_are_emptied_but_not_alone():
    assert mask_quotes("「明日の天気は？」を英語にして") == "「」を英語にして"
    assert mask_quotes("「明日の天気は？」") == "「明日の天気は？」"


def test_numbers_become_zero():
    assert gate_text("12月3日の15:30") == "0月0日の0:0"


@given(st.text(st.characters(codec=None)))
def test_nothing_raises_and_clean_keeps_positions(text):
    assert len(clean(text)) == len(text)
    gate_text(text)


def test_long_text_is_read_from_both_ends():
    text = "a" * 90_000 + "z" * 10_000
    clipped = clip(text)
    assert len(clipped) <= MAX_CHARS + 1
    assert clipped.startswith("a")
    assert clipped.endswith("z")
