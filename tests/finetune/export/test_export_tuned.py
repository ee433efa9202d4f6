"""Exports of a model that was tuned on the spot: every form writes what the tuned model writes."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from finetune.export_run import NOW, ROOMS, cases, make_source, tune
from funcgemma import open_tuned
from funcgemma.finetune.examples import make_examples
from funcgemma.finetune.export.check import ask_llamacpp
from funcgemma.finetune.export.export import export
from funcgemma.finetune.export.order import Order
from funcgemma.records import Dialogue, Message
from tiny import MODEL_DIR, gguf_file

pytestmark = pytest.mark.llm


@pytest.fixture(scope="module")
def saves():
    """What saves a tuned adapter, and what saves a model that was tuned whole."""
    torch = pytest.importorskip("torch")
    pytest.importorskip("peft")
    threads = torch.get_num_threads()
    torch.set_num_threads(1)  # the threads of so small a model do nothing but wait for each other
    yield {method: tune(method) for method in ("lora", "full")}
    torch.set_num_threads(threads)


@pytest.fixture
def source(saves, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return make_source(tmp_path, save=saves["lora"])


@pytest.fixture
def whole(saves, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return make_source(tmp_path, save=saves["full"], method="full")


def calls_of(model, text):
    return model.resolve(Dialogue((Message("user", text),), NOW)).calls


def asked_for(room):
    return next(case.calls for case in cases() if case.id == room)


def test_merged(source, tmp_path):
    made = export(source, Order("merged"), tmp_path / "merged")
    assert made.agreement.equal == made.agreement.checked == 5
    names = {path.name for path in made.folder.iterdir()}
    assert names >= {"config.json", "generation_config.json", "model.safetensors", "manifest.json"}
    assert names >= {"tokenizer.json", "tokenizer.model", "chat_template.jinja"}
    assert "adapter_config.json" not in names
    for name in ("tokenizer.json", "tokenizer_config.json", "generation_config.json"):
        assert (made.folder / name).read_bytes() == (MODEL_DIR / name).read_bytes()
    config = json.loads((made.folder / "config.json").read_text())
    assert (config["dtype"], config["use_cache"]) == ("float32", True)
    assert str(MODEL_DIR) not in json.dumps(config)


def test_merged_in_half_precision(source, tmp_path):
    made = export(source, Order("merged", "bf16"), tmp_path / "merged")
    assert json.loads((made.folder / "config.json").read_text())["dtype"] == "bfloat16"
    assert made.agreement.checked == 5


@pytest.mark.parametrize("dtype", ["f16", "q8_0"])
def test_gguf(source, tmp_path, dtype):
    pytest.importorskip("xllamacpp")
    steps = []
    made = export(source, Order("gguf", dtype), tmp_path / "gguf", steps.append)
    assert made.agreement.runtime == "llama.cpp"
    assert made.agreement.equal == made.agreement.checked == 5
    assert sorted(path.name for path in made.folder.iterdir()) == ["manifest.json", "model.gguf"]
    assert made.manifest["agreement"]["equal"] == 5
    assert steps[-1] == "checking the files"
    assert "asking llama.cpp: 5 of 5" in steps
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_gguf_writes_what_was_learned(source, tmp_path):
    """Not the base's text: the tuning stands in the file."""
    pytest.importorskip("xllamacpp")
    made = export(source, Order("gguf", checked=0), tmp_path / "gguf")
    examples = make_examples(cases(), source.definitions).examples
    tuned = ask_llamacpp(made.folder / "model.gguf", examples, 4096)
    ends = ("<start_function_response>", "<end_of_turn>")
    assert [*tuned] == [re.sub("|".join(ends), "", example.completion) for example in examples]
    assert ask_llamacpp(gguf_file("USER_DEFINED"), examples, 4096) != tuned


def test_control_tokens_are_printed(source, tmp_path):
    """By any runtime, without its being told: their type says so."""
    gguf = pytest.importorskip("gguf")
    made = export(source, Order("gguf", checked=0), tmp_path / "gguf")
    fields = gguf.GGUFReader(made.folder / "model.gguf").fields
    tokens = fields["tokenizer.ggml.tokens"].contents()
    kinds = fields["tokenizer.ggml.token_type"].contents()
    assert kinds[tokens.index("<escape>")] == gguf.TokenType.USER_DEFINED
    assert kinds[tokens.index("<end_of_turn>")] == gguf.TokenType.CONTROL


def test_the_adapter_alone(source, tmp_path):
    pytest.importorskip("xllamacpp")
    order = Order("gguf", adapter_only=True, with_base=True)
    made = export(source, order, tmp_path / "adapter")
    assert made.agreement.equal == made.agreement.checked == 5
    assert calls_of(open_tuned(made.folder), f"lamp {ROOMS[0]}") == asked_for(ROOMS[0])


def test_a_model_that_was_tuned_whole(whole, tmp_path):
    pytest.importorskip("xllamacpp")
    merged = export(whole, Order("merged"), tmp_path / "merged")
    assert merged.agreement.equal == merged.agreement.checked == 5
    gguf = export(whole, Order("gguf"), tmp_path / "gguf")
    assert gguf.agreement.equal == gguf.agreement.checked == 5


def test_one_line_opens_every_form(source, tmp_path):
    pytest.importorskip("xllamacpp")
    folders = [source.folder]
    for order in (Order("merged", checked=0), Order("ollama", checked=0)):
        folders.append(export(source, order, tmp_path / order.format).folder)
    for folder in folders:
        model = open_tuned(folder)
        assert calls_of(model, f"lamp {ROOMS[1]}") == asked_for(ROOMS[1]), folder
        model.backend.close()


def test_the_example_asks_both_ways(source):
    path = Path(__file__).parents[3] / "examples" / "use_a_tuned_model.py"
    command = [sys.executable, str(path), str(source.folder), f"lamp {ROOMS[0]}"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    (call,) = asked_for(ROOMS[0])
    assert done.stdout.splitlines() == [f"one line: {call}", f" by hand: {call}"]
