"""A LoRA adapter as a GGUF file, as llama.cpp takes it beside a model. Needs no torch.

llama.cpp adds `alpha / rank · B · A` to a matrix; the names of A and B are the matrix' own with
`.lora_a` and `.lora_b`. Gemma's attention has its rows in the same order in both formats, and
adapters touch no norm: the numbers are PEFT's.
"""

import json
import re
from collections.abc import Mapping
from importlib import import_module
from math import sqrt
from pathlib import Path
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from funcgemma.backends.installed import require
from funcgemma.errors import ArtefactError
from funcgemma.finetune.gguf.shape import Shape

AdapterType = Literal["f32", "f16"]
Array = npt.NDArray[Any]

CONFIG, WEIGHTS = "adapter_config.json", "adapter_model.safetensors"
_NAME = re.compile(r"base_model\.model\.model\.layers\.(\d+)\.(\w+\.\w+)\.lora_([AB])\.weight")
_PLAIN = ("use_dora", "modules_to_save", "rank_pattern", "alpha_pattern", "lora_bias")
"""What a configuration may not ask for: llama.cpp knows nothing of it."""
_MERGE = "export the merged model instead: leave out --adapter-only"


def write_adapter(
    folder: Path, target: Path, shape: Shape, name: str, dtype: AdapterType = "f32"
) -> Path:
    """Write the adapter of a PEFT folder as GGUF.

    Args:
        folder: With `adapter_config.json` and `adapter_model.safetensors`.
        target: The file.
        shape: The measures of the model that it belongs to.
        name: What the file calls it.
        dtype: How its matrices are stored.

    Raises:
        ArtefactError: There is no adapter, it is damaged or of a kind that llama.cpp cannot run,
            or it belongs to another model.
        BackendError: The package `gguf` is not installed.
    """
    require("export", "finetune", "gguf")
    gguf = import_module("gguf")
    alpha = read_alpha(folder)
    tensors = {
        gguf_name: array.astype(np.float16 if dtype == "f16" else np.float32)
        for gguf_name, array in read_matrices(folder, shape).items()
    }
    writer = gguf.GGUFWriter(target, "gemma3")
    try:
        writer.add_type(gguf.GGUFType.ADAPTER)
        writer.add_name(name)
        writer.add_string(gguf.Keys.Adapter.TYPE, "lora")
        writer.add_float32(gguf.Keys.Adapter.LORA_ALPHA, alpha)
        for gguf_name, array in tensors.items():
            writer.add_tensor(gguf_name, np.ascontiguousarray(array))
        writer.write_header_to_file()
        writer.write_kv_data_to_file()
        writer.write_tensors_to_file()
    finally:
        writer.close()
    return target


def read_alpha(folder: Path) -> float:
    """The strength of an adapter, to be divided by its rank.

    Raises:
        ArtefactError: There is no adapter, or it is of a kind that llama.cpp cannot run.
    """
    path = folder / CONFIG
    try:
        config = json.loads(path.read_text(encoding="utf-8"))
        kind, rank, alpha = config["peft_type"], int(config["r"]), float(config["lora_alpha"])
    except OSError as error:
        raise ArtefactError(f"{folder} holds no {CONFIG}", "name a PEFT folder") from error
    except (ValueError, KeyError, TypeError) as error:
        raise ArtefactError(f"{path} is damaged: {error!r}", "fine-tune again") from error
    odd = [name for name in _PLAIN if config.get(name)]
    if kind != "LORA" or config.get("bias", "none") != "none" or odd:
        what = ", ".join(odd) or (f"bias {config['bias']}" if kind == "LORA" else str(kind))
        raise ArtefactError(f"{path}: llama.cpp runs no adapter with {what}", _MERGE)
    return alpha * sqrt(rank) if config.get("use_rslora") else alpha


def read_matrices(folder: Path, shape: Shape) -> dict[str, Array]:
    """GGUF's name -> matrix, for every A and B of an adapter, in the order of the layers.

    Raises:
        ArtefactError: One is missing, has another shape than the model's, or is unknown.
    """
    found: dict[tuple[int, str], dict[str, Array]] = {}
    for name, array in _load(folder / WEIGHTS).items():
        match = _NAME.fullmatch(name)
        if match is None or match[2] not in _targets(shape) or int(match[1]) >= shape.layers:
            raise ArtefactError(f"{folder / WEIGHTS}: the model has no {name}", _MERGE)
        found.setdefault((int(match[1]), match[2]), {})[match[3]] = array
    matrices: dict[str, Array] = {}
    for (layer, target), pair in sorted(found.items()):
        name, rows, columns = _targets(shape)[target]
        sizes = {which: array.shape for which, array in pair.items()}
        rank = next(iter(sizes.get("A", ())), 0)
        if sizes != {"A": (rank, columns), "B": (rows, rank)}:
            raise ArtefactError(
                f"{folder / WEIGHTS}: {target} of layer {layer} does not fit the model", _MERGE
            )
        matrices[f"blk.{layer}.{name}.weight.lora_a"] = pair["A"]
        matrices[f"blk.{layer}.{name}.weight.lora_b"] = pair["B"]
    if not matrices:
        raise ArtefactError(f"{folder / WEIGHTS} holds no matrices", "fine-tune again")
    return matrices


def _load(path: Path) -> Mapping[str, Array]:
    from safetensors import SafetensorError
    from safetensors.numpy import load_file

    try:
        return load_file(path)
    except FileNotFoundError as error:
        raise ArtefactError(f"{path} is missing", "name a PEFT folder") from error
    except (OSError, SafetensorError, KeyError, TypeError, AttributeError) as error:
        raise ArtefactError(f"{path} is damaged: {error}", "fine-tune again") from error


def _targets(shape: Shape) -> dict[str, tuple[str, int, int]]:
    """Transformers' name of a linear module -> (GGUF's name, rows, columns)."""
    width, inner = shape.hidden_size, shape.intermediate_size
    queries, keys = shape.heads * shape.head_dim, shape.kv_heads * shape.head_dim
    return {
        "self_attn.q_proj": ("attn_q", queries, width),
        "self_attn.k_proj": ("attn_k", keys, width),
        "self_attn.v_proj": ("attn_v", keys, width),
        "self_attn.o_proj": ("attn_output", width, queries),
        "mlp.gate_proj": ("ffn_gate", inner, width),
        "mlp.up_proj": ("ffn_up", inner, width),
        "mlp.down_proj": ("ffn_down", width, inner),
    }
