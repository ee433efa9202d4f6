"""A GGUF of FunctionGemma's exact shape with random weights: as large and as fast as the real one.

Nothing it writes makes sense. Its vocabulary has as many pieces as Gemma's, made of the most
frequent strings of the shipped corpus and of the declarations, so that Japanese and English
text splits into about as many tokens.
"""

import re
from collections import Counter
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np

CONTROL = (
    "<pad>",
    "<eos>",
    "<bos>",
    "<unk>",
    "<start_of_turn>",
    "<end_of_turn>",
    "<start_function_declaration>",
    "<end_function_declaration>",
    "<start_function_call>",
    "<end_function_call>",
    "<start_function_response>",
    "<end_function_response>",
    "<escape>",
)


@dataclass(frozen=True)
class Shape:
    """The sizes of a Gemma-3 text model; the defaults are FunctionGemma's."""

    vocabulary: int = 262_144
    layers: int = 18
    width: int = 640
    heads: int = 4
    head_size: int = 256
    kv_heads: int = 1
    feed_forward: int = 2048
    window: int = 512
    context: int = 32_768

    @property
    def parameters(self) -> int:
        """How many weights there are."""
        attention = self.width * self.head_size * 2 * (self.heads + self.kv_heads)
        layer = attention + 3 * self.width * self.feed_forward + 4 * self.width + 2 * self.head_size
        return self.vocabulary * self.width + self.layers * layer + self.width


def pieces(texts, count):
    """`count` pieces: control tokens, bytes, then the most frequent strings of the texts."""
    seen = Counter(
        chunk[start : start + length]
        for text in texts
        for chunk in re.findall(r" ?[^\s]+|\s", text)
        for length in range(1, 9)
        for start in range(max(0, len(chunk) - length + 1))
        if not re.search(r"[0-9].", chunk[start : start + length])  # digits stand alone
    )
    names = [*CONTROL, *(f"<0x{byte:02X}>" for byte in range(256))]
    for taken in (*names, "▁"):  # llama.cpp ends the process over a piece that stands there twice
        seen.pop(taken, None)
    single = sorted((s for s in seen if len(s) == 1), key=lambda s: -seen[s])
    longer = sorted((s for s in seen if len(s) > 1), key=lambda s: (-seen[s], len(s), s))
    room = count - len(names) - len(single)
    text = [s.replace(" ", "▁") for s in [*islice(longer, room), *single]]
    unused = [f"<unused{i}>" for i in range(count - len(names) - len(text))]
    return names + text + unused


def kinds(names, control):
    """The token type of each piece, in llama.cpp's numbers."""
    from gguf import TokenType

    def kind(index):
        if index < len(CONTROL):
            return TokenType.UNKNOWN if names[index] == "<unk>" else TokenType[control]
        if re.fullmatch(r"<0x[0-9A-F]{2}>", names[index]):
            return TokenType.BYTE
        return TokenType.UNUSED if names[index].startswith("<unused") else TokenType.NORMAL

    return [kind(index) for index in range(len(names))]


def tensors(shape, seed):
    """(name, random weights) of every tensor; norms are one."""
    random = np.random.default_rng(seed)
    query = shape.heads * shape.head_size
    key = shape.kv_heads * shape.head_size

    def matrix(rows, columns):
        return (random.standard_normal((rows, columns), dtype=np.float32) * columns**-0.5) * 0.5

    def ones(size):
        return np.ones(size, np.float32)

    yield "token_embd", matrix(shape.vocabulary, shape.width)
    yield "output_norm", ones(shape.width)
    for layer in range(shape.layers):
        for norm in ("attn_norm", "post_attention_norm", "ffn_norm", "post_ffw_norm"):
            yield f"blk.{layer}.{norm}", ones(shape.width)
        yield f"blk.{layer}.attn_q", matrix(query, shape.width)
        yield f"blk.{layer}.attn_k", matrix(key, shape.width)
        yield f"blk.{layer}.attn_v", matrix(key, shape.width)
        yield f"blk.{layer}.attn_output", matrix(shape.width, query)
        yield f"blk.{layer}.attn_q_norm", ones(shape.head_size)
        yield f"blk.{layer}.attn_k_norm", ones(shape.head_size)
        yield f"blk.{layer}.ffn_gate", matrix(shape.feed_forward, shape.width)
        yield f"blk.{layer}.ffn_up", matrix(shape.feed_forward, shape.width)
        yield f"blk.{layer}.ffn_down", matrix(shape.width, shape.feed_forward)


def add_sizes(writer, shape):
    """The model's metadata."""
    writer.add_context_length(shape.context)
    writer.add_embedding_length(shape.width)
    writer.add_block_count(shape.layers)
    writer.add_feed_forward_length(shape.feed_forward)
    writer.add_head_count(shape.heads)
    writer.add_head_count_kv(shape.kv_heads)
    writer.add_key_length(shape.head_size)
    writer.add_value_length(shape.head_size)
    writer.add_layer_norm_rms_eps(1e-6)
    writer.add_rope_freq_base(1_000_000.0)
    writer.add_sliding_window(shape.window)


def add_vocabulary(writer, names, control):
    """The tokenizer's metadata."""
    writer.add_tokenizer_model("llama")
    writer.add_tokenizer_pre("default")
    writer.add_token_list(names)
    writer.add_token_scores([-float(index) for index in range(len(names))])
    writer.add_token_types(kinds(names, control))
    for add, name in (
        (writer.add_bos_token_id, "<bos>"),
        (writer.add_eos_token_id, "<eos>"),
        (writer.add_unk_token_id, "<unk>"),
        (writer.add_pad_token_id, "<pad>"),
        (writer.add_eot_token_id, "<end_of_turn>"),
    ):
        add(names.index(name))
    writer.add_add_bos_token(True)
    writer.add_add_eos_token(False)
    writer.add_add_space_prefix(False)


def write_random(target: Path, texts, shape=Shape(), *, control="CONTROL", seed=0):
    """Write the file: matrices as Q8_0, norms as F32."""
    from gguf import GGMLQuantizationType, GGUFWriter
    from gguf.quants import quantize

    writer = GGUFWriter(target, "gemma3")
    add_sizes(writer, shape)
    add_vocabulary(writer, pieces(texts, shape.vocabulary), control)
    for name, weights in tensors(shape, seed):
        if weights.ndim == 1:
            writer.add_tensor(f"{name}.weight", weights)
        else:
            packed = quantize(weights, GGMLQuantizationType.Q8_0)
            writer.add_tensor(f"{name}.weight", packed, raw_dtype=GGMLQuantizationType.Q8_0)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
