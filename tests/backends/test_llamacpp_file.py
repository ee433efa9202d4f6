"""GGUF files by hand: what is read of them, and what is found wrong before llama.cpp sees them."""

import struct

import pytest

from funcgemma.backends.llamacpp.file import check_memory, open_file
from funcgemma.errors import BackendError

CODES = {int: (4, "I"), float: (6, "f"), bool: (7, "?")}
GEMMA = {
    "general.architecture": "gemma3",
    "general.tags": ["text", "functions"],
    "gemma3.context_length": 32768,
    "gemma3.block_count": 18,
    "gemma3.attention.head_count": 4,
    "gemma3.attention.head_count_kv": 1,
    "gemma3.attention.key_length": 256,
    "gemma3.attention.value_length": 256,
    "tokenizer.ggml.tokens": ["x"] * 5000,
    "tokenizer.ggml.model": "llama",
}


def text(value):
    data = value.encode()
    return struct.pack("<Q", len(data)) + data


def plain(value):
    if isinstance(value, str):
        return 8, text(value)
    kind, code = CODES[type(value)]
    return kind, struct.pack(f"<{code}", value)


def value_of(value):
    if isinstance(value, list):
        kind = plain(value[0])[0]
        return 9, struct.pack("<IQ", kind, len(value)) + b"".join(plain(v)[1] for v in value)
    return plain(value)


def gguf(keys, version=3, magic=b"GGUF"):
    data = magic + struct.pack("<IQQ", version, 0, len(keys))
    for key, value in keys.items():
        kind, packed = value_of(value)
        data += text(key) + struct.pack("<I", kind) + packed
    return data


@pytest.fixture
def written(tmp_path):
    def write(data):
        path = tmp_path / "model.gguf"
        path.write_bytes(data)
        return path

    return write


def refused(path, what="model"):
    with pytest.raises(BackendError) as caught:
        open_file(path, what)
    assert str(path) in caught.value.message
    assert caught.value.hint
    return caught.value


def test_the_metadata_before_the_vocabulary_is_read(written):
    path = written(gguf(GEMMA))
    file = open_file(path)
    assert file.kind == "model"
    assert file.size == path.stat().st_size
    assert file.keys["general.tags"] == ("text", "functions")
    assert "tokenizer.ggml.model" not in file.keys


def test_the_window_is_no_larger_than_the_model_was_trained_for(written):
    file = open_file(written(gguf(GEMMA)))
    assert file.window(4096) == 4096
    assert file.window(100_000) == 32768
    bare = open_file(written(gguf({"general.architecture": "gemma3"})))
    assert bare.window(100_000) == 100_000


def test_memory_is_the_file_and_keys_and_values_of_all_layers(written):
    file = open_file(written(gguf(GEMMA)))
    assert file.memory(4096) - file.size == 18 * 1 * (256 + 256) * 4096 * 2


def test_heads_by_layer_count_as_the_most(written):
    file = open_file(written(gguf(GEMMA | {"gemma3.attention.head_count_kv": [1, 8, 4]})))
    assert file.memory(1) - file.size == 18 * 8 * 512 * 2


def test_a_model_larger_than_the_machine_is_refused(written):
    file = open_file(written(gguf(GEMMA | {"gemma3.block_count": 4_000_000_000})))
    check_memory(open_file(written(gguf(GEMMA))), 4096)
    with pytest.raises(BackendError) as caught:
        check_memory(file, 32768)
    assert caught.value.reason == "memory"
    assert "num_ctx" in caught.value.hint


def test_a_missing_file_is_said(tmp_path):
    assert refused(tmp_path / "none.gguf").reason == "not_pulled"


def test_a_folder_is_pointed_to_the_other_backend(tmp_path):
    error = refused(tmp_path)
    assert error.reason == "garbage"
    assert "transformers:" in error.hint


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"GG",
        b"<html>404</html>",
        gguf(GEMMA, magic=b"GGJT"),
        gguf(GEMMA, version=99),
        gguf(GEMMA)[:40],
        gguf({})[:-8] + struct.pack("<Q", 7) + struct.pack("<Q", 1 << 60),
        gguf({"k": 1})[:-8] + struct.pack("<II", 77, 0),
        gguf({"k": [1]})[:-16] + struct.pack("<IQ", 9, 1) * 100_000,
    ],
)
def test_what_is_no_gguf_is_garbage(written, data):
    assert refused(written(data)).reason == "garbage"


def test_an_adapter_is_no_model_and_a_model_no_adapter(written):
    assert refused(written(gguf(GEMMA)), "adapter").reason == "garbage"
    adapter = written(gguf({"general.type": "adapter"}))
    assert open_file(adapter, "adapter").kind == "adapter"
    assert refused(adapter).reason == "garbage"
