"""What is read out of config.json, in the old notation and the new, and what is refused."""

import pytest

from funcgemma.errors import ArtefactError
from funcgemma.finetune.gguf.shape import read_shape
from tiny import MODEL_DIR

LOCAL, WHOLE = "sliding_attention", "full_attention"


def test_the_tiny_model_has_the_build_of_gemma_3():
    shape = read_shape(MODEL_DIR)
    assert (shape.layers, shape.kv_heads, shape.heads) == (6, 1, 4)
    assert (shape.global_theta, shape.local_theta) == (1_000_000.0, 10_000.0)
    assert (shape.rope_factor, shape.softcap) == (1.0, 0.0)


def test_the_old_notation_of_positions(folder, edit):
    edit("config.json", rope_parameters=None, rope_theta=5e5, rope_local_base_freq=2e4)
    shape = read_shape(folder)
    assert (shape.global_theta, shape.local_theta) == (5e5, 2e4)


def test_the_old_notation_of_layers(folder, edit):
    edit("config.json", layer_types=None, sliding_window_pattern=6)
    assert read_shape(folder) == read_shape(MODEL_DIR)


def test_stretched_positions(folder, edit):
    scaling = {"rope_type": "linear", "factor": 8.0}
    edit("config.json", rope_parameters=None, rope_theta=1e6, rope_scaling=scaling)
    assert read_shape(folder).rope_factor == 8.0


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"architectures": ["LlamaForCausalLM"]}, "LlamaForCausalLM"),
        ({"architectures": None, "model_type": "gemma2"}, "gemma2"),
        ({"query_pre_attn_scalar": 168}, "query_pre_attn_scalar"),
        ({"attn_logit_softcapping": 50.0}, "attn_logit_softcapping"),
        ({"use_bidirectional_attention": True}, "use_bidirectional_attention"),
        ({"layer_types": [WHOLE] * 6}, "layer 0"),
        ({"layer_types": [LOCAL] * 6}, "layer 5"),
        ({"layer_types": [LOCAL] * 5}, "layer_types"),
        ({"head_dim": None}, "head_dim"),
        ({"rope_parameters": {WHOLE: {"rope_type": "yarn"}, LOCAL: {}}}, "yarn"),
        ({"rope_parameters": 3}, r"config\.json"),
    ],
)
def test_what_llama_cpp_could_not_run_is_refused(folder, edit, values, message):
    edit("config.json", **values)
    with pytest.raises(ArtefactError, match=message) as caught:
        read_shape(folder)
    assert "FunctionGemma" in caught.value.hint


def test_no_json_at_all(folder):
    (folder / "config.json").write_text("<html>", encoding="utf-8")
    with pytest.raises(ArtefactError, match=r"config\.json"):
        read_shape(folder)


def test_no_model_at_all(tmp_path):
    with pytest.raises(ArtefactError, match=r"holds no config\.json"):
        read_shape(tmp_path)
