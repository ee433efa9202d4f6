"""LoRA adapters as GGUF, written without torch: PEFT's numbers under llama.cpp's names."""

import json

import numpy as np
import pytest
from safetensors.numpy import load_file, save_file

from finetune.export_run import ALPHA, RANK, chance_adapter
from funcgemma.backends.catalogue import Place, open_backend
from funcgemma.errors import ArtefactError
from funcgemma.finetune.export.adapter import read_alpha, read_matrices, write_adapter
from funcgemma.finetune.gguf.shape import read_shape
from tiny import MODEL_DIR, gguf_file


@pytest.fixture
def peft(tmp_path):
    folder = tmp_path / "peft"
    folder.mkdir()
    chance_adapter(folder)
    return folder


@pytest.fixture
def shape():
    return read_shape(MODEL_DIR)


def write(folder, shape, **options):
    pytest.importorskip("gguf")
    return write_adapter(folder, folder.parent / "adapter.gguf", shape, "test", **options)


def change(folder, **values):
    path = folder / "adapter_config.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | values))


def test_names_types_and_numbers(peft, shape):
    gguf = pytest.importorskip("gguf")
    reader = gguf.GGUFReader(write(peft, shape))
    told = {name: field.contents() for name, field in reader.fields.items()}
    assert told["general.architecture"] == "gemma3"
    assert (told["general.type"], told["adapter.type"]) == ("adapter", "lora")
    assert told["adapter.lora.alpha"] == ALPHA
    found = {tensor.name: tensor.data for tensor in reader.tensors}
    assert len(found) == shape.layers * 7 * 2
    source = load_file(peft / "adapter_model.safetensors")
    up = "base_model.model.model.layers.3.mlp.up_proj"
    assert np.array_equal(found["blk.3.ffn_up.weight.lora_a"], source[f"{up}.lora_A.weight"])
    assert np.array_equal(found["blk.3.ffn_up.weight.lora_b"], source[f"{up}.lora_B.weight"])
    assert found["blk.0.attn_output.weight.lora_a"].shape == (RANK, shape.heads * shape.head_dim)


def test_half_precision(peft, shape):
    gguf = pytest.importorskip("gguf")
    reader = gguf.GGUFReader(write(peft, shape, dtype="f16"))
    assert {tensor.tensor_type.name for tensor in reader.tensors} == {"F16"}


def test_llamacpp_runs_it(peft, shape):
    pytest.importorskip("xllamacpp")
    path, base = write(peft, shape), f"llamacpp:{gguf_file()}"
    with_it, without = open_backend(base, Place(adapter=str(path))), open_backend(base)
    prompt = "<start_of_turn>user\nhello<end_of_turn>\n<start_of_turn>model\n"
    assert with_it.complete(prompt).text != without.complete(prompt).text
    with_it.close()
    without.close()


def test_rank_stabilised_strength(peft):
    change(peft, use_rslora=True)
    assert read_alpha(peft) == ALPHA * RANK**0.5


@pytest.mark.parametrize(
    ("values", "word"),
    [
        ({"peft_type": "IA3"}, "IA3"),
        ({"use_dora": True}, "use_dora"),
        ({"bias": "all"}, "bias all"),
        ({"modules_to_save": ["lm_head"]}, "modules_to_save"),
        ({"alpha_pattern": {"q_proj": 4}}, "alpha_pattern"),
    ],
)
def test_what_llamacpp_cannot_run(peft, values, word):
    change(peft, **values)
    with pytest.raises(ArtefactError, match=word) as caught:
        read_alpha(peft)
    assert "--adapter-only" in caught.value.hint


@pytest.mark.parametrize(
    "text", ["{", "{}", '{"peft_type": "LORA", "r": "x", "lora_alpha": 1}', "[]"]
)
def test_a_damaged_configuration(peft, text):
    (peft / "adapter_config.json").write_text(text)
    with pytest.raises(ArtefactError, match="damaged"):
        read_alpha(peft)


def test_no_adapter(tmp_path, shape):
    with pytest.raises(ArtefactError, match="adapter_config"):
        read_alpha(tmp_path)
    with pytest.raises(ArtefactError, match="missing"):
        read_matrices(tmp_path, shape)


def test_damaged_weights(peft, shape):
    path = peft / "adapter_model.safetensors"
    path.write_bytes(path.read_bytes()[:-10])
    with pytest.raises(ArtefactError, match="damaged"):
        read_matrices(peft, shape)


@pytest.mark.parametrize(
    ("name", "size", "word"),
    [
        ("layers.99.mlp.up_proj.lora_A.weight", (RANK, 96), "the model has no"),
        ("layers.0.mlp.other.lora_A.weight", (RANK, 96), "the model has no"),
        ("layers.0.mlp.up_proj.lora_B.weight", (95, RANK), "does not fit"),
        ("layers.0.mlp.up_proj.lora_A.weight", (RANK + 1, 96), "does not fit"),
        ("layers.0.mlp.up_proj.lora_A.weight", (), "does not fit"),
        ("layers.0.mlp.up_proj.lora_A.weight", None, "does not fit"),
    ],
)
def test_the_adapter_of_another_model(peft, shape, name, size, word):
    path = peft / "adapter_model.safetensors"
    tensors = load_file(path)
    tensors[f"base_model.model.model.{name}"] = np.zeros(size or (), np.float32)
    if size is None:
        del tensors[f"base_model.model.model.{name}"]
    save_file(tensors, path)
    with pytest.raises(ArtefactError, match=word):
        read_matrices(peft, shape)


def test_no_matrices(peft, shape):
    save_file({}, peft / "adapter_model.safetensors")
    with pytest.raises(ArtefactError, match="no matrices"):
        read_matrices(peft, shape)


def test_some_of_the_modules(peft, shape):
    chance_adapter(peft, targets=("q_proj", "down_proj"))
    assert len(read_matrices(peft, shape)) == shape.layers * 2 * 2
