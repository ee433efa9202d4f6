"""Tokens as text, piece by piece: bytes of half a character, and stop sequences, are held back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from funcgemma.backends.transformers.text import Printer, Stopper

WORDS = [" a", "b", "<escape>", "<eos>", *("🌂".encode()), *("東".encode())]


def decode(tokens):
    """A tokenizer in small: words, bytes, and no space before the first word."""
    data = b"".join(
        bytes([word]) if isinstance(word := WORDS[token], int) else word.encode()
        for token in tokens
    )
    return data.decode("utf-8", "replace").removeprefix(" ")


def printed(tokens, silent=()):
    printer = Printer(decode, silent)
    return [printer.add(token) for token in tokens]


def test_a_character_is_printed_when_it_is_whole():
    assert printed([1, 4, 5, 6, 7, 1]) == ["b", "", "", "", "🌂", "b"]


def test_spaces_between_words_stay():
    assert printed([0, 0, 1]) == ["a", " a", "b"]


def test_control_tokens_are_printed_but_for_the_silent_ones():
    assert printed([2, 1, 2, 3], silent={3}) == ["<escape>", "b", "<escape>", ""]


def test_a_character_that_stays_half_is_dropped():
    assert printed([1, 8, 9]) == ["b", "", ""]


def fed(pieces, stop):
    stopper = Stopper(stop)
    out = []
    for piece in pieces:
        out.append(stopper.feed(piece))
        if stopper.hit:
            break
    return "".join(out) + stopper.rest(), stopper.hit


@pytest.mark.parametrize(
    ("pieces", "stop", "text", "hit"),
    [
        (["ab", "cd"], [], "abcd", False),
        (["ab", "cd"], ["x", ""], "abcd", False),
        (["ab", "cd"], ["bc"], "a", True),
        (["a<", "end", ">b"], ["<end>"], "a", True),
        (["a<", "end", "b"], ["<end>"], "a<endb", False),
        (["a<en"], ["<end>"], "a<en", False),
        (["aaab"], ["aab"], "a", True),
        (["xyz"], ["yz", "xyz"], "", True),
    ],
)
def test_text_ends_before_the_first_stop(pieces, stop, text, hit):
    assert fed(pieces, stop) == (text, hit)


def test_nothing_of_a_stop_leaks_before_it_is_whole():
    stopper = Stopper(["<end_of_turn>"])
    assert [stopper.feed(c) for c in "ab<end_of_"] == ["a", "b", *[""] * 8]
    assert stopper.feed("x") == "<end_of_x"


@given(st.lists(st.text("ab<", max_size=4)), st.lists(st.text("ab<", min_size=1), max_size=3))
def test_pieces_do_not_matter(pieces, stop):
    whole = "".join(pieces)
    places = [whole.find(mark) for mark in stop if mark in whole]
    text, hit = fed(pieces, stop)
    assert hit == bool(places)
    assert whole.startswith(text)
    assert not any(mark in text for mark in stop)
    if not hit:
        assert text == whole
