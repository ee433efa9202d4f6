"""The weights of a Gemma-3 model on their way from transformers' names and types to GGUF's.

A matrix goes through memory a slice of rows at a time, so that a small machine is enough.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from funcgemma.errors import ArtefactError
from funcgemma.finetune.gguf.shape import Shape
from funcgemma.finetune.gguf.tensors import Tensor

DType = Literal["f16", "q8_0", "f32"]
Array = npt.NDArray[Any]

SLICE = 8192
"""Rows that are converted at a time."""

BLOCK = 32
"""q8_0 stores so many numbers of a row together."""

_LARGEST = float(np.finfo(np.float16).max)


@dataclass(frozen=True, slots=True)
class Weight:
    """A tensor with the name and type it gets in the file."""

    name: str
    tensor: Tensor
    dtype: DType

    @property
    def is_norm(self) -> bool:
        """Whether it scales a norm: Gemma stores the distance from one, GGUF the scale."""
        return self.name.endswith("norm.weight")


def plan_weights(shape: Shape, tensors: Mapping[str, Tensor], dtype: DType) -> tuple[Weight, ...]:
    """Every weight of the file, in its order, checked against the model's measures.

    Raises:
        ArtefactError: A weight is missing or has another shape.
    """
    weights = []
    for source, (name, size) in _expected(shape, "lm_head.weight" in tensors).items():
        tensor = tensors.get(source)
        if tensor is None:
            raise ArtefactError(f"the weights lack {source}", "merge adapters before the export")
        if tensor.shape != size:
            raise ArtefactError(f"{source} has the shape {tensor.shape}, config.json says {size}")
        weights.append(Weight(name, tensor, _stored_as(size, dtype)))
    return tuple(weights)


def write_weights(gguf: Any, writer: Any, weights: tuple[Weight, ...]) -> None:
    """Write the file's header, the metadata collected in the writer, and then the weights.

    Raises:
        ArtefactError: A weight is too large for the type.
    """
    for weight in weights:
        kind = gguf.GGMLQuantizationType[weight.dtype.upper()]
        stored = gguf.quant_shape_to_byte_shape(weight.tensor.shape, kind)
        size = int(np.prod(stored, dtype=np.int64))
        writer.add_tensor_info(weight.name, weight.tensor.shape, np.dtype("f4"), size, kind)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_ti_data_to_file()
    for weight in weights:
        writer.write_tensor_data(np.concatenate(list(_converted(gguf, weight))))


def _converted(gguf: Any, weight: Weight) -> Iterator[Array]:
    kind = gguf.GGMLQuantizationType[weight.dtype.upper()]
    for first in range(0, weight.tensor.shape[0], SLICE):
        rows = weight.tensor.rows(first, first + SLICE).astype(np.float32)
        if weight.is_norm:
            rows = rows + 1.0
        if weight.dtype == "f16" and not np.abs(rows).max() <= _LARGEST:
            raise ArtefactError(f"{weight.name} does not fit into f16", "write f32 instead")
        yield gguf.quants.quantize(np.ascontiguousarray(rows), kind)


def _stored_as(size: tuple[int, ...], dtype: DType) -> DType:
    """Vectors stay float32; a row that q8_0 cannot divide into blocks becomes f16."""
    if len(size) == 1:
        return "f32"
    return "f16" if dtype == "q8_0" and size[-1] % BLOCK else dtype


def _expected(shape: Shape, with_head: bool) -> dict[str, tuple[str, tuple[int, ...]]]:
    """Transformers' name -> (GGUF's name, shape)."""
    width, embedding = (shape.hidden_size,), (shape.vocab_size, shape.hidden_size)
    names: dict[str, tuple[str, tuple[int, ...]]] = {
        "model.embed_tokens.weight": ("token_embd.weight", embedding),
        "model.norm.weight": ("output_norm.weight", width),
    }
    if with_head:
        names["lm_head.weight"] = ("output.weight", embedding)
    for layer in range(shape.layers):
        for source, (name, size) in _block(shape).items():
            names[f"model.layers.{layer}.{source}.weight"] = (f"blk.{layer}.{name}.weight", size)
    return names


def _block(shape: Shape) -> dict[str, tuple[str, tuple[int, ...]]]:
    width, inner, head = shape.hidden_size, shape.intermediate_size, shape.head_dim
    queries, keys = shape.heads * head, shape.kv_heads * head
    return {
        "input_layernorm": ("attn_norm", (width,)),
        "self_attn.q_proj": ("attn_q", (queries, width)),
        "self_attn.k_proj": ("attn_k", (keys, width)),
        "self_attn.v_proj": ("attn_v", (keys, width)),
        "self_attn.q_norm": ("attn_q_norm", (head,)),
        "self_attn.k_norm": ("attn_k_norm", (head,)),
        "self_attn.o_proj": ("attn_output", (width, queries)),
        "post_attention_layernorm": ("post_attention_norm", (width,)),
        "pre_feedforward_layernorm": ("ffn_norm", (width,)),
        "mlp.gate_proj": ("ffn_gate", (inner, width)),
        "mlp.up_proj": ("ffn_up", (inner, width)),
        "mlp.down_proj": ("ffn_down", (width, inner)),
        "post_feedforward_layernorm": ("post_ffw_norm", (width,)),
    }
