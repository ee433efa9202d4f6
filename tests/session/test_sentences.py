"""Text in pieces becomes sentences, each as soon as it can be told where it ends."""

import pytest

from funcgemma.session.sentences import sentences

WHOLE = [
    ("晴れです。暑いです！", ["晴れです。", "暑いです！"]),
    ("「晴れ。」です。次。", ["「晴れ。」", "です。", "次。"]),
    ("It is 17.5 degrees. Take a hat.", ["It is 17.5 degrees.", " Take a hat."]),
    ("Dr. Smith lives in St. Ives. Yes!", ["Dr. Smith lives in St. Ives.", " Yes!"]),
    ("See https://example.org/a?b=1 now. Ok", ["See https://example.org/a?b=1 now.", " Ok"]),
    ("一行目\n二行目", ["一行目\n", "二行目"]),
    ("本当？！はい", ["本当？！", "はい"]),
    ("", []),
    ("終わりがない", ["終わりがない"]),
]


@pytest.mark.parametrize(("text", "parts"), WHOLE)
def test_at_once(text, parts):
    assert list(sentences([text])) == parts


@pytest.mark.parametrize(("text", "parts"), WHOLE)
def test_the_same_letter_by_letter(text, parts):
    assert list(sentences(text)) == parts


def test_a_sentence_does_not_wait_for_the_whole_of_the_next():
    heard = []

    def pieces():
        for piece in ("晴れです。", "暑", "いです。"):
            heard.append(piece)
            yield piece

    assert next(sentences(pieces())) == "晴れです。"
    assert heard == ["晴れです。", "暑"]
