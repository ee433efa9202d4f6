"""The vocabulary of a transformers folder as llama.cpp wants it: text, score and type by id.

It is read from `tokenizer.model` where there is one, else from `tokenizer.json`, whose merges
stand in the order of the SentencePiece scores. Either way the added tokens that the other files
name take their places: FunctionGemma's control tokens may stand there alone. Added tokens without
a row in the embedding are left out: Gemma's tokenizer has one for images, its text models none.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

from funcgemma.backends.demands import CONTROL_TOKENS
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

CALL_TOKENS = CONTROL_TOKENS
"""FunctionGemma's own control tokens: those that a reader of calls needs to see."""

TURN_TOKENS = ("<pad>", "<eos>", "<bos>", "<mask>", "<start_of_turn>", "<end_of_turn>")

LIKE_CONTROL = ("<mask>", "<pad>", "<2mass>", "[@BOS@]")
"""Added tokens that llama.cpp's converter takes for CONTROL, whatever the tokenizer says."""

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
    pieces = _pieces(folder)
    try:
        added = _added_tokens(folder)
        if any(index not in added for index in range(size, len(pieces))):
            raise ArtefactError(
                f"{folder}: the tokenizer has {len(pieces)} tokens, the model {size}",
                "use the tokenizer that belongs to the model",
            )
        pieces = pieces[:size]
        pieces += [Piece(f"[PAD{i}]", _ADDED_SCORE, UNUSED) for i in range(len(pieces), size)]
        for index in added.keys() & set(range(size)):
            pieces[index] = _as_added(pieces[index], added[index])
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise ArtefactError(
            f"{folder}: its added tokens are damaged: {error!r}", "fetch the tokenizer again"
        ) from error
    return tuple(_marked(piece, control) for piece in pieces)


def _pieces(folder: Path) -> list[Piece]:
    model, tokenizer = folder / "tokenizer.model", folder / "tokenizer.json"
    if model.is_file():
        return list(read_pieces(model))
    if tokenizer.is_file():
        return _from_json(tokenizer)
    raise ArtefactError(
        f"{folder} holds neither tokenizer.model nor tokenizer.json",
        "save the tokenizer beside the model",
    )


def token_id(pieces: Sequence[Piece], text: str) -> int | None:
    """The id of a token; None where there is none."""
    return next((index for index, piece in enumerate(pieces) if piece.text == text), None)


def _added_tokens(folder: Path) -> dict[int, Mapping[str, Any]]:
    """What `tokenizer.json` and, before it, `tokenizer_config.json` say about single tokens."""
    listed = _json(folder / "tokenizer.json").get("added_tokens") or ()
    decoder = _json(folder / "tokenizer_config.json").get("added_tokens_decoder") or {}
    said = {int(added["id"]): added for added in listed}
    return said | {int(index): added for index, added in decoder.items()}


def _as_added(piece: Piece, added: Mapping[str, Any]) -> Piece:
    if piece.kind == UNKNOWN:
        return piece
    text = str(added["content"])
    if added.get("special") or text in LIKE_CONTROL or text.startswith("<unused"):
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
    try:
        merges = [pair.split(" ") if isinstance(pair, str) else pair for pair in model["merges"]]
        scores: dict[str, float] = {}
        for rank, (left, right) in enumerate(merges):
            scores.setdefault(left + right, -float(rank))
        by_id = sorted(model["vocab"].items(), key=lambda entry: entry[1])
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise ArtefactError(f"{path} is damaged: {error!r}", "fetch it again") from error
    unknown, lowest = model.get("unk_token"), -float(len(merges))
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
