"""The measures of a Gemma-3 text model, out of its `config.json`.

llama.cpp's Gemma-3 knows no other order of local and global layers than five to one, and no
other attention scale than that of its head size: what it could not run is refused here.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from funcgemma.errors import ArtefactError

PERIOD = 6
"""Every sixth layer sees the whole text, the others a window."""

HINT = "only Gemma-3 text models, such as FunctionGemma's, can be written"


@dataclass(frozen=True, slots=True)
class Shape:
    """Sizes and constants; the names are those of transformers where they are the same."""

    vocab_size: int
    hidden_size: int
    layers: int
    intermediate_size: int
    heads: int
    kv_heads: int
    head_dim: int
    context: int
    window: int
    rms_norm_eps: float
    global_theta: float
    local_theta: float
    rope_factor: float
    softcap: float


def read_shape(folder: Path) -> Shape:
    """The measures of the model in a transformers folder.

    Raises:
        ArtefactError: There is no model, or it is not one that llama.cpp can run.
    """
    path = folder / "config.json"
    try:
        config = json.loads(path.read_text(encoding="utf-8"))
        _check(config)
        return _shape(config)
    except OSError as error:
        raise ArtefactError(f"{folder} holds no config.json", "name a model's folder") from error
    except (ValueError, TypeError, AttributeError) as error:
        raise ArtefactError(f"{path}: {error}", HINT) from error
    except KeyError as error:
        raise ArtefactError(f"{path}: {error} is missing", HINT) from error


def _check(config: Mapping[str, Any]) -> None:
    names = config.get("architectures") or [config.get("model_type", "unknown")]
    if names[0] not in ("Gemma3ForCausalLM", "gemma3_text"):
        raise ValueError(f"the model is a {names[0]}")
    if config["query_pre_attn_scalar"] != config["head_dim"]:
        raise ValueError("query_pre_attn_scalar differs from head_dim")
    if config.get("attn_logit_softcapping"):
        raise ValueError("attn_logit_softcapping is set")
    if config.get("use_bidirectional_attention"):
        raise ValueError("use_bidirectional_attention is set")
    kinds = _kinds(config)
    if len(kinds) != config["num_hidden_layers"]:
        raise ValueError(f"layer_types has {len(kinds)} entries, one for each layer are needed")
    for index, kind in enumerate(kinds):
        expected = "full_attention" if index % PERIOD == PERIOD - 1 else "sliding_attention"
        if kind != expected:
            raise ValueError(f"layer {index} has {kind}, where Gemma-3 has {expected}")


def _kinds(config: Mapping[str, Any]) -> list[str]:
    layers, period = config["num_hidden_layers"], config.get("sliding_window_pattern", PERIOD)
    given = config.get("layer_types")
    return given or [
        "sliding_attention" if (index + 1) % period else "full_attention" for index in range(layers)
    ]


def _shape(config: Mapping[str, Any]) -> Shape:
    whole, local = _ropes(config)
    return Shape(
        vocab_size=config["vocab_size"],
        hidden_size=config["hidden_size"],
        layers=config["num_hidden_layers"],
        intermediate_size=config["intermediate_size"],
        heads=config["num_attention_heads"],
        kv_heads=config["num_key_value_heads"],
        head_dim=config["head_dim"],
        context=config["max_position_embeddings"],
        window=config["sliding_window"],
        rms_norm_eps=config["rms_norm_eps"],
        global_theta=float(whole.get("rope_theta", 1_000_000.0)),
        local_theta=float(local.get("rope_theta", 10_000.0)),
        rope_factor=_factor(whole),
        softcap=float(config.get("final_logit_softcapping") or 0.0),
    )


def _ropes(config: Mapping[str, Any]) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    """The settings of the positions in global and in local layers, in either notation."""
    new = config.get("rope_parameters")
    if new:
        return new["full_attention"], new["sliding_attention"]
    whole = {"rope_theta": config.get("rope_theta", 1_000_000.0)}
    local = {"rope_theta": config.get("rope_local_base_freq", 10_000.0)}
    return {**whole, **(config.get("rope_scaling") or {})}, local


def _factor(rope: Mapping[str, Any]) -> float:
    kind = rope.get("rope_type", "default")
    if kind not in ("default", "linear"):
        raise ValueError(f"rope_type {kind} is not supported")
    return float(rope.get("factor") or 1.0)
