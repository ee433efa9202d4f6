"""Writes a Gemma-3 model from its transformers folder as a GGUF file, without torch.

Metadata and weights are what llama.cpp's own converter writes for Gemma-3.
"""

import contextlib
import json
import os
import tempfile
from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from funcgemma.errors import BackendError, WorldError
from funcgemma.finetune.gguf.pieces import Piece
from funcgemma.finetune.gguf.shape import Shape, read_shape
from funcgemma.finetune.gguf.tensors import read_tensors
from funcgemma.finetune.gguf.vocabulary import ControlType, read_vocabulary, token_id
from funcgemma.finetune.gguf.weights import DType, plan_weights, write_weights

_FILE_TYPES = {"f32": "ALL_F32", "f16": "MOSTLY_F16", "q8_0": "MOSTLY_Q8_0"}


def write_gguf(
    model_dir: Path, target: Path, *, control: ControlType = "CONTROL", dtype: DType = "f16"
) -> Path:
    """Write the model of a transformers folder as one GGUF file.

    Args:
        model_dir: With `config.json`, `model*.safetensors` and the tokenizer.
        target: The file; replaced in one rename when the new one is complete.
        control: How FunctionGemma's call tokens are marked. Runtimes leave CONTROL tokens out
            of the text they print; USER_DEFINED ones stay.
        dtype: How matrices are stored; vectors are always float32.

    Returns:
        The target.

    Raises:
        ArtefactError: The folder is no Gemma-3 model, or is damaged.
        BackendError: The package `gguf` is not installed.
        WorldError: The file cannot be written.
    """
    gguf = _library()
    shape = read_shape(model_dir)
    pieces = read_vocabulary(model_dir, shape.vocab_size, control)
    weights = plan_weights(shape, read_tensors(model_dir), dtype)
    with _sibling(target) as path:
        writer = gguf.GGUFWriter(path, "gemma3")
        try:
            _describe(gguf, writer, shape, model_dir.resolve().name, dtype)
            _add_vocabulary(writer, pieces, _chat_template(model_dir))
            write_weights(gguf, writer, weights)
        finally:
            writer.close()
    return target


def _library() -> Any:
    try:
        return import_module("gguf")
    except ImportError as error:
        raise BackendError(
            "the package gguf, which writes GGUF files, is not installed",
            "not_installed",
            'pip install "funcgemma[finetune]"',
        ) from error


def _describe(gguf: Any, writer: Any, shape: Shape, name: str, dtype: DType) -> None:
    writer.add_type(gguf.GGUFType.MODEL)
    writer.add_name(name)
    writer.add_file_type(gguf.LlamaFileType[_FILE_TYPES[dtype]])
    writer.add_quantization_version(gguf.GGML_QUANT_VERSION)
    writer.add_context_length(shape.context)
    writer.add_embedding_length(shape.hidden_size)
    writer.add_block_count(shape.layers)
    writer.add_feed_forward_length(shape.intermediate_size)
    writer.add_head_count(shape.heads)
    writer.add_head_count_kv(shape.kv_heads)
    writer.add_key_length(shape.head_dim)
    writer.add_value_length(shape.head_dim)
    writer.add_layer_norm_rms_eps(shape.rms_norm_eps)
    writer.add_sliding_window(shape.window)
    writer.add_rope_freq_base(shape.global_theta)
    writer.add_rope_freq_base_swa(shape.local_theta)
    if shape.rope_factor != 1.0:
        writer.add_rope_scaling_type(gguf.RopeScalingType.LINEAR)
        writer.add_rope_scaling_factor(shape.rope_factor)
    if shape.softcap:
        writer.add_final_logit_softcapping(shape.softcap)


def _add_vocabulary(writer: Any, pieces: Sequence[Piece], template: str | None) -> None:
    writer.add_tokenizer_model("llama")
    writer.add_tokenizer_pre("default")
    writer.add_token_list([piece.text.encode() for piece in pieces])
    writer.add_token_scores([piece.score for piece in pieces])
    writer.add_token_types([piece.kind for piece in pieces])
    handlers = {
        "<bos>": writer.add_bos_token_id,
        "<eos>": writer.add_eos_token_id,
        "<unk>": writer.add_unk_token_id,
        "<pad>": writer.add_pad_token_id,
        "<end_of_turn>": writer.add_eot_token_id,
    }
    for text, handler in handlers.items():
        index = token_id(pieces, text)
        if index is not None:
            handler(index)
    writer.add_add_bos_token(True)
    writer.add_add_eos_token(False)
    writer.add_add_space_prefix(False)
    if template:
        writer.add_chat_template(template)


def _chat_template(folder: Path) -> str | None:
    """The template of its own file, or the one inside the tokenizer's settings."""
    file, config = folder / "chat_template.jinja", folder / "tokenizer_config.json"
    if file.is_file():
        return file.read_text(encoding="utf-8")
    if config.is_file():
        template = json.loads(config.read_text(encoding="utf-8")).get("chat_template")
        return template if isinstance(template, str) else None
    return None


@contextlib.contextmanager
def _sibling(target: Path) -> Iterator[Path]:
    """A path beside the target that takes its place when the block ends without an error."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}-")
        os.close(handle)
    except OSError as error:
        raise WorldError(f"{target} cannot be written: {error.strerror}") from error
    path = Path(name)
    try:
        yield path
        with path.open("rb") as file:
            os.fsync(file.fileno())
        path.chmod(0o644)
        path.replace(target)
    except OSError as error:
        raise WorldError(f"{target} cannot be written: {error.strerror}") from error
    finally:
        path.unlink(missing_ok=True)
