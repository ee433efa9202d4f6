"""Runs to export: with adapters of chance numbers, made without torch, or trained on the spot."""

import json
from datetime import datetime, timedelta, timezone

import numpy as np
from safetensors.numpy import save_file

from cli.tuned_run import make_run
from funcgemma.data.cases import write_cases
from funcgemma.finetune.base import find_base
from funcgemma.finetune.encode import plain
from funcgemma.finetune.examples import make_examples
from funcgemma.finetune.export.source import open_source
from funcgemma.finetune.gguf.shape import read_shape
from funcgemma.finetune.plan import TARGETS, TuningPlan
from funcgemma.functions.plugins import from_schemas
from funcgemma.records import Case, FunctionCall
from tiny import MODEL_DIR

NOW = datetime(2026, 5, 13, 10, 20, tzinfo=timezone(timedelta(hours=9)))
SCHEMA = {
    "name": "lamp",
    "description": "Turns a lamp on.",
    "parameters": {
        "type": "object",
        "properties": {
            "room": {"type": "string", "description": "Where it stands."},
            "on": {"type": "boolean", "description": "Nobody ever says it."},
        },
        "required": ["room"],
    },
}
REGISTRY = from_schemas([SCHEMA], "test")
ROOMS = ("kitchen, left", "居間", "bath", "寝室")
RANK, ALPHA, STEPS = 8, 16, 30


def cases():
    """Some that ask for a lamp, and one that does not."""
    asked = [
        Case(room, f"lamp {room}", NOW, calls=(FunctionCall("lamp", {"on": True, "room": room}),))
        for room in ROOMS
    ]
    return [*asked, Case("thanks", "thanks", NOW)]


def make_source(root, *, save, method="lora", step=20, base=MODEL_DIR):
    """A run under `root`, with its cases, and its checkpoint as what can be exported."""
    folder = root / "data" / "finetune" / "run_1"
    folder.mkdir(parents=True, exist_ok=True)
    write_cases(folder / "validation.jsonl", cases())
    run = make_run(
        root, steps=(step,), base=find_base(str(base)), registry=REGISTRY, method=method, save=save
    )
    return open_source(run / f"checkpoint-{step}")


def chance_adapter(folder, *, targets=TARGETS, **config):
    """Write a PEFT folder with small numbers, without PEFT."""
    shape, random = read_shape(MODEL_DIR), np.random.default_rng(0)
    width, inner = shape.hidden_size, shape.intermediate_size
    queries, keys = shape.heads * shape.head_dim, shape.kv_heads * shape.head_dim
    sizes = {
        "q_proj": (queries, width),
        "k_proj": (keys, width),
        "v_proj": (keys, width),
        "o_proj": (width, queries),
        "gate_proj": (inner, width),
        "up_proj": (inner, width),
        "down_proj": (width, inner),
    }
    tensors = {}
    for layer in range(shape.layers):
        for target in targets:
            rows, columns = sizes[target]
            part = "mlp" if rows == inner or columns == inner else "self_attn"
            name = f"base_model.model.model.layers.{layer}.{part}.{target}"
            pair = {"A": (RANK, columns), "B": (rows, RANK)}
            for which, size in pair.items():
                array = random.normal(0, 0.05, size).astype(np.float32)
                tensors[f"{name}.lora_{which}.weight"] = array
    save_file(tensors, folder / "adapter_model.safetensors")
    settings = {"peft_type": "LORA", "r": RANK, "lora_alpha": ALPHA, "bias": "none", **config}
    (folder / "adapter_config.json").write_text(json.dumps(settings))


def tune(method="lora"):
    """Tune the tiny model for some steps, with torch; returns what saves it."""
    import torch

    from funcgemma.finetune.network import load_network, load_tokenizer, save_network

    base = find_base(str(MODEL_DIR))
    plan = TuningPlan(method=method, lora_rank=RANK, lora_alpha=ALPHA)
    tokenizer, model = load_tokenizer(base), load_network(base, plan, "cpu", None)
    trained = [parameter for parameter in model.parameters() if parameter.requires_grad]
    optimiser = torch.optim.AdamW(trained, 5e-3 if method == "lora" else 1e-3)
    inputs, labels = _rows(tokenizer, make_examples(cases(), tuple(REGISTRY)).examples)
    for _ in range(STEPS):
        model(input_ids=torch.tensor(inputs), labels=torch.tensor(labels)).loss.backward()
        optimiser.step()
        optimiser.zero_grad()
    return lambda folder: save_network(model, base, folder)


def _rows(tokenizer, examples):
    """Tokens and labels, filled up on the right."""
    given = [tokenizer(plain(e.prompt)).input_ids for e in examples]
    wanted = [tokenizer(e.completion, add_special_tokens=False).input_ids for e in examples]
    pairs = list(zip(given, wanted, strict=True))
    longest = max(len(one) + len(other) for one, other in pairs)
    rest = [longest - len(one) - len(other) for one, other in pairs]
    inputs = [one + other + [0] * n for (one, other), n in zip(pairs, rest, strict=True)]
    labels = [
        [-100] * len(one) + other + [-100] * n for (one, other), n in zip(pairs, rest, strict=True)
    ]
    return inputs, labels
