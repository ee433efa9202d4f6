"""Reads a SentencePiece model file (`tokenizer.model`) without the sentencepiece library.

The file is one protocol-buffers message: a list of pieces, each with its text, score and type,
and settings of the trainer and normaliser that only its own library needs.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from struct import error as struct_error
from struct import unpack

from funcgemma.errors import ArtefactError

NORMAL, UNKNOWN, CONTROL, USER_DEFINED, UNUSED, BYTE = 1, 2, 3, 4, 5, 6
"""Types of pieces; GGUF numbers its token types the same way."""

_VARINT, _BYTES = 0, 2
_FIXED = {1: 8, 5: 4}
_PIECES, _TEXT, _SCORE, _TYPE = 1, 1, 2, 3


@dataclass(frozen=True, slots=True)
class Piece:
    """One entry of a vocabulary; `kind` is a SentencePiece type."""

    text: str
    score: float = 0.0
    kind: int = NORMAL


def read_pieces(path: Path) -> tuple[Piece, ...]:
    """The pieces of a SentencePiece model, by id.

    Raises:
        ArtefactError: The file is missing or is none.
    """
    try:
        pieces = tuple(_piece(value) for key, value in _fields(path.read_bytes()) if key == _PIECES)
    except OSError as error:
        raise ArtefactError(f"{path} cannot be read: {error.strerror}") from error
    except (IndexError, ValueError, struct_error) as error:
        raise ArtefactError(f"{path} is not a SentencePiece model", "fetch it again") from error
    if not pieces:
        raise ArtefactError(f"{path} holds no pieces", "fetch it again")
    return pieces


def _piece(data: bytes | int) -> Piece:
    if isinstance(data, int):
        raise ValueError("a number stands where a piece should")
    text, score, kind = "", 0.0, NORMAL
    for key, value in _fields(data):
        if key == _TEXT and isinstance(value, bytes):
            text = value.decode()
        elif key == _SCORE and isinstance(value, bytes):
            score = unpack("<f", value)[0]
        elif key == _TYPE and isinstance(value, int):
            kind = value
    return Piece(text, score, kind)


def _fields(data: bytes) -> Iterator[tuple[int, bytes | int]]:
    """The (number, value) pairs of a message; fixed-size numbers stay bytes."""
    at = 0
    while at < len(data):
        tag, at = _varint(data, at)
        key, wire = tag >> 3, tag & 7
        if wire == _VARINT:
            value, at = _varint(data, at)
            yield key, value
            continue
        if wire == _BYTES:
            size, at = _varint(data, at)
        elif wire in _FIXED:
            size = _FIXED[wire]
        else:
            raise ValueError("not a protocol-buffers message")
        if at + size > len(data):
            raise ValueError("cut off")
        yield key, data[at : at + size]
        at += size


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = data[at]
        value |= (byte & 0x7F) << shift
        at += 1
        if byte < 0x80:
            return value, at
        shift += 7
