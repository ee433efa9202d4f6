"""The shape of the tiny model: Gemma 3 in small, with one key-value head and a short window."""

from copy import deepcopy
from pathlib import Path

import torch
from transformers import Gemma3ForCausalLM, Gemma3TextConfig, GenerationConfig

from funcgemma.finetune.gguf.pieces import read_pieces
from funcgemma.finetune.gguf.vocabulary import token_id
from tiny_model.circuit import lay_out


def new_model(tokenizer: Path, seed: int) -> Gemma3ForCausalLM:
    """A model with starting weights for the vocabulary of a `tokenizer.model`."""
    pieces = read_pieces(tokenizer)
    ids = {text: token_id(pieces, text) for text in ("<pad>", "<eos>", "<bos>")}
    stops = [token_id(pieces, text) for text in ("<eos>", "<end_of_turn>")]
    torch.manual_seed(seed)
    config = Gemma3TextConfig(
        vocab_size=len(pieces),
        hidden_size=128,
        intermediate_size=192,
        num_hidden_layers=6,
        num_attention_heads=4,
        num_key_value_heads=1,
        head_dim=64,
        query_pre_attn_scalar=64,
        max_position_embeddings=4096,
        sliding_window=128,
        pad_token_id=ids["<pad>"],
        bos_token_id=ids["<bos>"],
        eos_token_id=stops,
    )
    model = Gemma3ForCausalLM(config)
    lay_out(model)
    model.generation_config = GenerationConfig(
        pad_token_id=ids["<pad>"], bos_token_id=ids["<bos>"], eos_token_id=stops, do_sample=False
    )
    return model


def save_model(model: Gemma3ForCausalLM, folder: Path) -> None:
    """Write weights (bfloat16) and settings as transformers reads them."""
    deepcopy(model).to(torch.bfloat16).save_pretrained(folder)
