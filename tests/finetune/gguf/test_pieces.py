"""The reader of SentencePiece files, on a file and on what is none."""

import struct

import pytest

from funcgemma.errors import ArtefactError
from funcgemma.finetune.gguf.pieces import (
    BYTE,
    CONTROL,
    NORMAL,
    UNKNOWN,
    USER_DEFINED,
    Piece,
    read_pieces,
)
from tiny import MODEL_DIR


def field(number, wire, payload):
    return bytes([number << 3 | wire]) + payload


def piece(text, score=None, kind=None):
    body = field(1, 2, bytes([len(text.encode())]) + text.encode())
    if score is not None:
        body += field(2, 5, struct.pack("<f", score))
    if kind is not None:
        body += field(3, 0, bytes([kind]))
    return field(1, 2, bytes([len(body)]) + body)


def test_the_pieces_of_the_tiny_model():
    pieces = read_pieces(MODEL_DIR / "tokenizer.model")
    assert [(p.text, p.kind) for p in pieces[:4]] == [
        ("<pad>", CONTROL),
        ("<eos>", CONTROL),
        ("<bos>", CONTROL),
        ("<unk>", UNKNOWN),
    ]
    assert Piece("<escape>", 0.0, USER_DEFINED) in pieces
    assert sum(p.kind == BYTE for p in pieces) == 256
    assert any(p.text == "天気" and p.kind == NORMAL and p.score < 0 for p in pieces)


def test_what_a_piece_leaves_out_has_its_default(tmp_path):
    path = tmp_path / "tokenizer.model"
    path.write_bytes(piece("あ") + piece("▁b", -1.5, 4))
    assert read_pieces(path) == (Piece("あ"), Piece("▁b", -1.5, USER_DEFINED))


def test_settings_of_the_library_are_passed_over(tmp_path):
    path = tmp_path / "tokenizer.model"
    settings = field(2, 2, bytes([3]) + b"\x08\x01\x10") + field(9, 0, b"\xac\x02")
    path.write_bytes(piece("a") + settings + field(7, 1, bytes(8)) + piece("b"))
    assert [p.text for p in read_pieces(path)] == ["a", "b"]


@pytest.mark.parametrize(
    "content",
    [b"", b"\x0a", b"\x0a\xff", b"<html>not here</html>", piece("ab")[:-1], field(1, 0, b"\x05")],
    ids=["empty", "tag only", "no length", "a web page", "cut off", "a number for a piece"],
)
def test_other_files_are_refused(tmp_path, content):
    path = tmp_path / "tokenizer.model"
    path.write_bytes(content)
    with pytest.raises(ArtefactError, match=r"tokenizer\.model"):
        read_pieces(path)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(ArtefactError, match="cannot be read"):
        read_pieces(tmp_path / "tokenizer.model")
