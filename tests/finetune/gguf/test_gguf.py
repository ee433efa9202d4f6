"""The GGUF file: what stands in it, what is refused, and that nothing half-written is left."""

import os
import subprocess
import sys

import numpy as np
import pytest
from safetensors import safe_open

from funcgemma.errors import ArtefactError, WorldError
from funcgemma.finetune.gguf.tensors import read_tensors
from funcgemma.finetune.gguf.vocabulary import CALL_TOKENS
from funcgemma.finetune.gguf.writer import write_gguf
from tiny import MODEL_DIR, gguf_file

gguf = pytest.importorskip("gguf")


def opened(path):
    return gguf.GGUFReader(path)


def metadata(path):
    return {key: field.contents() for key, field in opened(path).fields.items()}


def arrays(path):
    return {tensor.name: tensor for tensor in opened(path).tensors}


def numbers(tensor):
    return gguf.dequantize(tensor.data, tensor.tensor_type)


def rewrite(folder, change):
    """Write the folder's weights anew, as float32, after a change."""
    from safetensors.numpy import save_file

    weights = {name: tensor.rows() for name, tensor in read_tensors(folder).items()}
    change(weights)
    save_file(weights, folder / "model.safetensors")


def test_the_measures_that_llama_cpp_reads():
    found = metadata(gguf_file())
    expected = {
        "general.architecture": "gemma3",
        "general.type": "model",
        "gemma3.block_count": 6,
        "gemma3.context_length": 4096,
        "gemma3.embedding_length": 128,
        "gemma3.attention.head_count": 4,
        "gemma3.attention.head_count_kv": 1,
        "gemma3.attention.key_length": 64,
        "gemma3.attention.value_length": 64,
        "gemma3.attention.sliding_window": 128,
        "gemma3.rope.freq_base": 1_000_000.0,
        "gemma3.rope.freq_base_swa": 10_000.0,
        "tokenizer.ggml.model": "llama",
        "tokenizer.ggml.pre": "default",
        "tokenizer.ggml.bos_token_id": 2,
        "tokenizer.ggml.eos_token_id": 1,
        "tokenizer.ggml.padding_token_id": 0,
        "tokenizer.ggml.unknown_token_id": 3,
        "tokenizer.ggml.add_bos_token": True,
        "tokenizer.ggml.add_eos_token": False,
        "tokenizer.ggml.add_space_prefix": False,
    }
    assert {key: found[key] for key in expected} == expected
    tokens = found["tokenizer.ggml.tokens"]
    assert tokens[found["tokenizer.ggml.eot_token_id"]] == "<end_of_turn>"
    assert found["tokenizer.chat_template"].startswith("{%-")


@pytest.mark.parametrize(("control", "kind"), [("CONTROL", 3), ("USER_DEFINED", 4)])
def test_how_call_tokens_are_marked(control, kind):
    found = metadata(gguf_file(control))
    types = dict(
        zip(found["tokenizer.ggml.tokens"], found["tokenizer.ggml.token_type"], strict=True)
    )
    assert {types[token] for token in CALL_TOKENS} == {kind}
    assert types["<end_of_turn>"] == types["<bos>"] == 3


@pytest.mark.parametrize(("dtype", "error"), [("f32", 0.0), ("f16", 1e-3), ("q8_0", 1e-2)])
def test_weights_keep_their_values(dtype, error):
    found = arrays(gguf_file(dtype=dtype))
    sources = {
        "token_embd.weight": ("model.embed_tokens.weight", 0.0),
        "blk.0.attn_q.weight": ("model.layers.0.self_attn.q_proj.weight", 0.0),
        "blk.5.ffn_down.weight": ("model.layers.5.mlp.down_proj.weight", 0.0),
    }
    weights = read_tensors(MODEL_DIR)
    for name, (source, shift) in sources.items():
        assert found[name].tensor_type.name == dtype.upper()
        wanted = weights[source].rows() + shift
        assert np.abs(numbers(found[name]) - wanted).max() <= error * np.abs(wanted).max()


def test_norms_are_stored_as_factors_in_float32():
    found, weights = arrays(gguf_file()), read_tensors(MODEL_DIR)
    sources = {
        "output_norm.weight": "model.norm.weight",
        "blk.0.attn_norm.weight": "model.layers.0.input_layernorm.weight",
        "blk.1.attn_q_norm.weight": "model.layers.1.self_attn.q_norm.weight",
        "blk.2.attn_k_norm.weight": "model.layers.2.self_attn.k_norm.weight",
        "blk.3.post_attention_norm.weight": "model.layers.3.post_attention_layernorm.weight",
        "blk.4.ffn_norm.weight": "model.layers.4.pre_feedforward_layernorm.weight",
        "blk.5.post_ffw_norm.weight": "model.layers.5.post_feedforward_layernorm.weight",
    }
    for name, source in sources.items():
        assert found[name].tensor_type.name == "F32"
        np.testing.assert_array_equal(numbers(found[name]), weights[source].rows() + 1.0)


def test_every_weight_is_in_the_file_once():
    with safe_open(MODEL_DIR / "model.safetensors", "numpy") as file:
        assert len(arrays(gguf_file())) == len(list(file.keys()))


def test_rows_that_do_not_divide_into_blocks_become_f16(folder, edit, tmp_path):
    edit("config.json", intermediate_size=180)

    def narrow(weights):
        for name in weights:
            if "gate_proj" in name or "up_proj" in name:
                weights[name] = weights[name][:180].copy()
            elif "down_proj" in name:
                weights[name] = weights[name][:, :180].copy()

    rewrite(folder, narrow)
    found = arrays(write_gguf(folder, tmp_path / "x.gguf", dtype="q8_0"))
    assert found["blk.0.ffn_down.weight"].tensor_type.name == "F16"
    assert found["blk.0.ffn_up.weight"].tensor_type.name == "Q8_0"


def test_an_output_layer_of_its_own_is_kept(folder, tmp_path):
    def untie(weights):
        weights["lm_head.weight"] = weights["model.embed_tokens.weight"] * 2

    rewrite(folder, untie)
    found = arrays(write_gguf(folder, tmp_path / "x.gguf", dtype="f32"))
    np.testing.assert_array_equal(
        numbers(found["output.weight"]), numbers(found["token_embd.weight"]) * 2
    )


def test_weights_that_are_missing_or_of_another_size(folder, tmp_path):
    rewrite(folder, lambda weights: weights.pop("model.layers.2.mlp.up_proj.weight"))
    with pytest.raises(ArtefactError, match=r"lack model\.layers\.2\.mlp\.up_proj"):
        write_gguf(folder, tmp_path / "x.gguf")


def test_a_config_of_another_size(folder, edit, tmp_path):
    edit("config.json", head_dim=32, query_pre_attn_scalar=32)
    with pytest.raises(ArtefactError, match="has the shape"):
        write_gguf(folder, tmp_path / "x.gguf")


def test_numbers_too_large_for_f16(folder, tmp_path):
    def enlarge(weights):
        weights["model.layers.0.mlp.up_proj.weight"][3, 4] = 1e6

    rewrite(folder, enlarge)
    target = tmp_path / "x.gguf"
    target.write_bytes(b"the one before")
    with pytest.raises(ArtefactError, match=r"blk\.0\.ffn_up\.weight") as caught:
        write_gguf(folder, target)
    assert "f32" in caught.value.hint
    assert target.read_bytes() == b"the one before"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["model", "x.gguf"]
    assert write_gguf(folder, target, dtype="f32") == target


def test_the_same_folder_gives_the_same_file(tmp_path):
    one, other = (write_gguf(MODEL_DIR, tmp_path / name) for name in ("a.gguf", "b.gguf"))
    assert one.read_bytes() == other.read_bytes()
    assert one.stat().st_mode & 0o777 == 0o644


def test_a_folder_is_made_for_the_file(tmp_path):
    assert write_gguf(MODEL_DIR, tmp_path / "new" / "x.gguf").is_file()


def test_a_place_that_cannot_be_written(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(WorldError, match="cannot be written"):
        write_gguf(MODEL_DIR, tmp_path / "file" / "x.gguf")


def test_a_template_inside_the_settings(folder, edit, tmp_path):
    (folder / "chat_template.jinja").unlink()
    assert "tokenizer.chat_template" not in metadata(write_gguf(folder, tmp_path / "x.gguf"))
    edit("tokenizer_config.json", chat_template="{{ messages }}")
    found = metadata(write_gguf(folder, tmp_path / "x.gguf"))
    assert found["tokenizer.chat_template"] == "{{ messages }}"


def test_without_the_package_gguf_it_says_what_to_install(tmp_path):
    (tmp_path / "gguf.py").write_text("raise ImportError")
    code = (
        "from pathlib import Path\n"
        "from funcgemma.errors import BackendError\n"
        "from funcgemma.finetune.gguf.writer import write_gguf\n"
        "try:\n    write_gguf(Path('a'), Path('b'))\n"
        "except BackendError as error:\n    print(error.reason, error.hint)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == 'not_installed pip install "funcgemma[finetune]"'


def test_torch_is_not_needed():
    code = "import funcgemma.finetune.gguf, sys; assert not {'torch', 'gguf'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)
