"""The vocabulary of a transformers folder as llama.cpp wants it: text, score and type by id.

It is read from `tokenizer.model` where there is one, else from `tokenizer.json`, whose merges
stand in the order of the SentencePiece scores.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

from funcgemma.errors import ArtefactError
from funcgemma.finetune.gguf.pieces import (
    BYTE,
    CONTROL,
    NORMAL,
    UNKNOWN,
    UNUSED,
    USER_DEFINED,
    Piece,
    read_pieces,
)

ControlType = Literal["CONTROL", "USER_DEFINED"]

CALL_TOKENS = (
    "<start_function_declaration>",
    "<end_function_declaration>",
    "<start_function_call>",
    "<end_function_call>",
    "<start_function_response>",
    "<end_function_response>",
    "<escape>",
)
"""FunctionGemma's own control tokens: those that a reader of calls needs to see."""

TURN_TOKENS = ("<pad>", "<eos>", "<bos>", "<mask>", "<start_of_turn>", "<end_of_turn>")

_ADDED_SCORE = -1000.0


def read_vocabulary(folder: Path, size: int, control: ControlType) -> tuple[Piece, ...]:
    """The pieces by id, filled up to `size`.

    Args:
        folder: With `tokenizer.model` or `tokenizer.json`.
        size: Rows of the model's embedding.
        control: The type of `CALL_TOKENS`: runtimes swallow CONTROL tokens when they print, and
            print USER_DEFINED ones. The tokens of turns are CONTROL in any case.

    Raises:
        ArtefactError: There is no tokenizer, or it does not fit the model.
    """
    model, tokenizer = folder / "tokenizer.model", folder / "tokenizer.json"
    if model.is_file():
        pieces = list(read_pieces(model))
    elif tokenizer.is_file():
        pieces = _from_json(tokenizer)
    else:
        raise ArtefactError(
            f"{folder} holds neither tokenizer.model nor tokenizer.json",
            "save the tokenizer beside the model",
        )
    if len(pieces) > size:
        raise ArtefactError(
            f"{folder}: the tokenizer has {len(pieces)} tokens, the model {size}",
            "use the tokenizer that belongs to the model",
        )
    pieces += [Piece(f"[PAD{i}]", _ADDED_SCORE, UNUSED) for i in range(len(pieces), size)]
    for index, added in _added_tokens(folder):
        if index < size:
            pieces[index] = _as_added(pieces[index], added)
    return tuple(_marked(piece, control) for piece in pieces)


def token_id(pieces: Sequence[Piece], text: str) -> int | None:
    """The id of a token; None where there is none."""
    return next((index for index, piece in enumerate(pieces) if piece.text == text), None)


def _added_tokens(folder: Path) -> list[tuple[int, Mapping[str, Any]]]:
    """What `tokenizer_config.json` or `tokenizer.json` says about single tokens."""
    decoder = _json(folder / "tokenizer_config.json").get("added_tokens_decoder")
    if decoder:
        return [(int(index), added) for index, added in decoder.items()]
    listed = _json(folder / "tokenizer.json").get("added_tokens", ())
    return [(added["id"], added) for added in listed]


def _as_added(piece: Piece, added: Mapping[str, Any]) -> Piece:
    if piece.kind == UNKNOWN:
        return piece
    text = str(added["content"])
    if added.get("special") or text.startswith("<unused"):
        return Piece(text, _ADDED_SCORE, CONTROL)
    return Piece(text.replace("▁", " "), _ADDED_SCORE, USER_DEFINED)


def _marked(piece: Piece, control: ControlType) -> Piece:
    if piece.text in CALL_TOKENS:
        return replace(piece, kind=CONTROL if control == "CONTROL" else USER_DEFINED)
    return replace(piece, kind=CONTROL) if piece.text in TURN_TOKENS else piece


def _from_json(path: Path) -> list[Piece]:
    model = _json(path).get("model", {})
    if model.get("type") != "BPE" or not model.get("byte_fallback"):
        raise ArtefactError(f"{path} is not a Gemma tokenizer", "name a folder with a Gemma model")
    merges = [pair.split(" ") if isinstance(pair, str) else pair for pair in model["merges"]]
    scores: dict[str, float] = {}
    for rank, (left, right) in enumerate(merges):
        scores.setdefault(left + right, -float(rank))
    unknown, lowest = model.get("unk_token"), -float(len(merges))
    by_id = sorted(model["vocab"].items(), key=lambda entry: entry[1])
    if [index for _, index in by_id] != list(range(len(by_id))):
        raise ArtefactError(f"{path}: the ids of the vocabulary have gaps")
    return [
        Piece(text, scores.get(text, lowest), UNKNOWN if text == unknown else _kind(text))
        for text, _ in by_id
    ]


def _kind(text: str) -> int:
    return BYTE if len(text) == 6 and text.startswith("<0x") and text.endswith(">") else NORMAL


def _json(path: Path) -> dict[str, Any]:
    if not path.is_file():
        return {}
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise ArtefactError(f"{path} is not JSON: {error}", "fetch it again") from error
    return content if isinstance(content, dict) else {}
