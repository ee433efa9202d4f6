"""A SentencePiece tokenizer of Gemma's kind, learned from the corpus, in both file formats."""

import json
import re
import shutil
from collections.abc import Iterable, Sequence
from io import BytesIO
from pathlib import Path

import sentencepiece
from tokenizers import (
    AddedToken,
    Tokenizer,
    decoders,
    models,
    normalizers,
    pre_tokenizers,
    processors,
)

from funcgemma.finetune.gguf.pieces import NORMAL, USER_DEFINED, Piece, read_pieces
from funcgemma.finetune.gguf.vocabulary import CALL_TOKENS

WEIGHT = 300
TEMPLATE = Path(__file__).parent / "chat_template.jinja"
META = ("<pad>", "<eos>", "<bos>", "<unk>")
SYMBOLS = ("<mask>", "<start_of_turn>", "<end_of_turn>", *CALL_TOKENS, "\n")

_CONTROL = re.compile("|".join(map(re.escape, SYMBOLS)))
_RUNS = re.compile(r"[ぁ-ゖ]+|[ァ-ヺー]+|[一-鿿々]+|[A-Za-z_]+|[^\s\w]|\w")
"""Kanji, kana, words: pieces never reach over their borders, nor over spaces. A name is then cut
the same way in an utterance and in a call, which makes it easy to copy."""
_WORDS = "description|parameters|properties|enum|required|type"
_SYNTAX = re.compile(rf"[{{}}\[\]:,]+(?:(?:{_WORDS})[:{{\[]+)*")
"""What stands between the values of a declaration: worth a token, since it is everywhere."""


def learn(texts: Iterable[str], declarations: Iterable[str], size: int, path: Path) -> None:
    """Learn `size` pieces and write them as `tokenizer.model`.

    Args:
        texts: Utterances.
        declarations: Of functions, in the native format; they count many times over, so that
            prompts are short.
        size: Of the vocabulary.
        path: Where the file goes.
    """
    model = BytesIO()
    runs = [run for text in texts for run in _RUNS.findall(text)]
    for declaration in declarations:
        plain = _CONTROL.sub("\n", declaration)
        found = _SYNTAX.findall(plain) + _RUNS.findall(_SYNTAX.sub("\n", plain))
        runs += found * WEIGHT
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(runs),
        model_writer=model,
        model_type="bpe",
        vocab_size=size,
        character_coverage=0.9995,
        byte_fallback=True,
        split_digits=True,
        add_dummy_prefix=False,
        remove_extra_whitespaces=False,
        normalization_rule_name="identity",
        allow_whitespace_only_pieces=True,
        user_defined_symbols=list(SYMBOLS),
        required_chars="▁",
        pad_id=0,
        eos_id=1,
        bos_id=2,
        unk_id=3,
        pad_piece=META[0],
        eos_piece=META[1],
        bos_piece=META[2],
        unk_piece=META[3],
        num_threads=1,
        minloglevel=2,
    )
    path.write_bytes(model.getvalue())


def write_json(model: Path, folder: Path) -> None:
    """Write the tokenizer of transformers that splits as the SentencePiece model does."""
    pieces = read_pieces(model)
    vocabulary = {piece.text: index for index, piece in enumerate(pieces)}
    tokenizer = Tokenizer(
        models.BPE(
            vocab=vocabulary,
            merges=_merges(pieces),
            unk_token="<unk>",
            fuse_unk=True,
            byte_fallback=True,
        )
    )
    tokenizer.normalizer = normalizers.Replace(" ", "▁")
    tokenizer.pre_tokenizer = pre_tokenizers.Split(" ", "merged_with_previous")
    tokenizer.decoder = decoders.Sequence(
        [decoders.Replace("▁", " "), decoders.ByteFallback(), decoders.Fuse()]
    )
    for piece in pieces:
        if piece.kind == USER_DEFINED or piece.text in META:
            token = AddedToken(piece.text, normalized=False, special=piece.text != "\n")
            tokenizer.add_tokens([token])
    bos = ("<bos>", vocabulary["<bos>"])
    tokenizer.post_processor = processors.TemplateProcessing("<bos> $A", "<bos> $A $B", [bos])
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    (folder / "tokenizer_config.json").write_text(json.dumps(_settings(), indent=1) + "\n")
    shutil.copyfile(TEMPLATE, folder / "chat_template.jinja")


def _merges(pieces: Sequence[Piece]) -> list[tuple[str, str]]:
    """Every way to join two pieces into a third, in the order in which SentencePiece would."""
    normal = {piece.text: piece.score for piece in pieces if piece.kind == NORMAL}
    found = [
        (-score, len(text[:at]), text[:at], text[at:])
        for text, score in normal.items()
        for at in range(1, len(text))
        if text[:at] in normal and text[at:] in normal
    ]
    return [(left, right) for _, _, left, right in sorted(found)]


def _settings() -> dict[str, object]:
    return {
        "tokenizer_class": "GemmaTokenizer",
        "bos_token": "<bos>",
        "eos_token": "<eos>",
        "pad_token": "<pad>",
        "unk_token": "<unk>",
        "mask_token": "<mask>",
        "add_bos_token": True,
        "add_eos_token": False,
        "clean_up_tokenization_spaces": False,
        "model_max_length": 4096,
    }
