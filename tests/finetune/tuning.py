"""Cases, functions and a very small model to tune in tests."""

import json
import shutil
from datetime import datetime

from funcgemma.data.cases import write_cases
from funcgemma.functions.builtin import builtin_registry
from funcgemma.functions.registry import FunctionRegistry
from funcgemma.records import Case, FunctionCall, Message
from tiny import MODEL_DIR

NOW = datetime.fromisoformat("2026-05-13T10:20:00+09:00")
LATER = datetime.fromisoformat("2026-06-01T08:00:00+09:00")
TOKENIZER = ("tokenizer.json", "tokenizer.model", "tokenizer_config.json", "chat_template.jinja")


def two_functions():
    registry = builtin_registry()
    return FunctionRegistry((registry.get("weather_info"), registry.get("celebrity_info")))


def call(name, **arguments):
    return FunctionCall(name, arguments)


def case(number, text, *calls, now=NOW, history=()):
    return Case(str(number), text, now, tuple(history), tuple(calls))


def some_cases():
    """Two calls, a dialogue, silence, alternatives, and two days."""
    before = (
        Message("user", "東京の天気は？", (call("weather_info", location="東京"),)),
        Message("assistant", "東京は晴れです。"),
    )
    return (
        case(1, "京都の天気は？", call("weather_info", location="京都", forecast_type="daily")),
        case(2, "イチローって誰？", call("celebrity_info", person_name="イチロー")),
        case(3, "おはよう"),
        case(4, "じゃあ大阪は？", call("weather_info", location="大阪"), history=before),
        case(5, "奈良は雨？", call("weather_info", location=["奈良", "奈良市"]), now=LATER),
        case(
            6,
            "京都と奈良の天気",
            call("weather_info", location="京都"),
            call("weather_info", location="奈良"),
        ),
        case(7, "ありがとう", now=LATER),
        case(8, "札幌は？", call("weather_info", location="札幌"), now=LATER),
    )


def write_split(folder, train, validation=()):
    folder.mkdir(parents=True, exist_ok=True)
    write_cases(folder / "train.jsonl", train)
    write_cases(folder / "validation.jsonl", validation)
    return folder


def small_model(folder, layers=2, seed=0):
    """A Gemma-3 with random weights, one local layer and one global, and the tiny tokenizer."""
    import torch
    from transformers import Gemma3ForCausalLM, Gemma3TextConfig

    config = json.loads((MODEL_DIR / "config.json").read_text())
    torch.manual_seed(seed)
    model = Gemma3ForCausalLM(
        Gemma3TextConfig(
            vocab_size=config["vocab_size"],
            hidden_size=32,
            intermediate_size=64,
            num_hidden_layers=layers,
            num_attention_heads=2,
            num_key_value_heads=1,
            head_dim=16,
            query_pre_attn_scalar=16,
            sliding_window=64,
            layer_types=["sliding_attention", "full_attention"] * (layers // 2),
            bos_token_id=config["bos_token_id"],
            eos_token_id=config["eos_token_id"],
            pad_token_id=config["pad_token_id"],
        )
    )
    model.save_pretrained(folder)
    for name in TOKENIZER:
        shutil.copyfile(MODEL_DIR / name, folder / name)
    return folder
