"""Starting weights that can copy: without them a model this small learns it only in hours.

Calls are mostly copied from the utterance. Models learn to copy when two layers find together:
one in which every token looks at the one before it, and a later one in which a token looks for
the place where it stood before and sees what came next there. Both are laid out here by hand;
training does the rest. In one more layer, what a head looks at is laid out to be said as well;
where it looks, to begin a name, has to be learned. Gemma's norms of queries and keys make the
sharpness of each head a number.

Width is shared out: dimension 0 is the same for all tokens, the first half tells which token it
is, the second half which one stood before it.
"""

import torch
from transformers import Gemma3ForCausalLM

PREVIOUS, INDUCTION, POINTING = 0, 3, 4
"""Layers of the two steps, and of a third for first words; all see a window."""


@torch.no_grad()
def lay_out(model: Gemma3ForCausalLM) -> None:
    """Give a new model its starting weights; uses torch's global generator."""
    for name, weights in model.named_parameters():
        if weights.dim() == 2:
            weights.normal_(0.0, weights.shape[1] ** -0.5)
        elif "post_" in name:
            weights.fill_(-0.8)  # branches of noise must not drown the tokens
        elif "q_norm" in name or "k_norm" in name:
            weights.fill_(0.5)
    half = model.config.hidden_size // 2
    tokens = model.model.embed_tokens.weight
    tokens[:, :half] *= 1.4
    tokens[:, half:] *= 0.2
    tokens[:, 0] = 0.3
    _look_back(model, half)
    _look_up(model, half)
    _point(model, half)


def _look_back(model: Gemma3ForCausalLM, half: int) -> None:
    """Each head looks a fixed number of tokens back; the first one says which token is there."""
    layer, dim = model.model.layers[PREVIOUS], model.config.head_dim
    attention = layer.self_attn
    angles = _angles(model, PREVIOUS)[: dim // 10]
    for weights in (attention.q_proj.weight, attention.k_proj.weight):
        weights.zero_()
    attention.k_proj.weight[: len(angles), 0] = 1.0
    for head, distance in enumerate((1, 2, 3, 4)):
        first = head * dim
        attention.q_proj.weight[first : first + len(angles), 0] = torch.cos(angles * distance)
        second = first + dim // 2
        attention.q_proj.weight[second : second + len(angles), 0] = -torch.sin(angles * distance)
    _carry(attention, half, to=half)
    attention.q_norm.weight.fill_(2.0)
    attention.k_norm.weight.fill_(2.0)
    layer.post_attention_layernorm.weight.fill_(-0.3)


def _look_up(model: Gemma3ForCausalLM, half: int) -> None:
    """The first head looks where this token stood before, and says what came next there."""
    layer, dim = model.model.layers[INDUCTION], model.config.head_dim
    attention = layer.self_attn
    slow = [i for i, angle in enumerate(_angles(model, INDUCTION).tolist()) if angle < 1 / 60]
    rows = slow + [dim // 2 + i for i in slow]  # the pairs that positions hardly turn
    mixed = torch.randn(len(rows), half - 1) * half**-0.5
    for weights in (attention.q_proj.weight[:dim], attention.k_proj.weight):
        weights.zero_()
    attention.q_proj.weight[rows, 1:half] = mixed
    attention.k_proj.weight[rows, half + 1 :] = mixed
    _carry(attention, half, to=0)
    attention.q_norm.weight.fill_(1.0)
    attention.k_norm.weight.fill_(1.0)
    layer.post_attention_layernorm.weight.fill_(1.0)


def _point(model: Gemma3ForCausalLM, half: int) -> None:
    """The first head says the token it looks at, wherever that will be."""
    layer = model.model.layers[POINTING]
    _carry(layer.self_attn, half, to=0)
    layer.post_attention_layernorm.weight.fill_(0.0)


def _carry(attention: torch.nn.Module, half: int, to: int) -> None:
    """What the first head sees is the token's identity; it is written from dimension `to` on."""
    values, output = attention.v_proj.weight, attention.o_proj.weight
    values.zero_()
    output *= 0.05
    for i in range(1, half):
        values[i, i] = 1.0
        output[to + i, :half] = 0.0
        output[to + i, i] = 1.0


def _angles(model: Gemma3ForCausalLM, layer: int) -> torch.Tensor:
    """By how much one position turns each pair of dimensions."""
    kind, dim = model.config.layer_types[layer], model.config.head_dim
    theta = model.config.rope_parameters[kind]["rope_theta"]
    return theta ** (-torch.arange(dim // 2) * 2 / dim)
