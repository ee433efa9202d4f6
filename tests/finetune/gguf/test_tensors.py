"""Reading safetensors without torch: types, slices, several files, damage."""

import json

import numpy as np
import pytest
from safetensors.numpy import save_file

from funcgemma.errors import ArtefactError
from funcgemma.finetune.gguf.tensors import read_tensors


def raw_file(path, entries, data):
    header = json.dumps(entries).encode()
    path.write_bytes(len(header).to_bytes(8, "little") + header + data)


@pytest.mark.parametrize("dtype", [np.float64, np.float32, np.float16])
def test_numbers_come_back(tmp_path, dtype):
    numbers = np.arange(12, dtype=dtype).reshape(4, 3) / 7
    save_file({"a": numbers, "b": numbers[0].copy()}, tmp_path / "model.safetensors")
    tensors = read_tensors(tmp_path)
    assert tensors["a"].shape == (4, 3)
    np.testing.assert_array_equal(tensors["a"].rows(), numbers.astype(np.float32))
    np.testing.assert_array_equal(tensors["a"].rows(1, 3), numbers.astype(np.float32)[1:3])
    np.testing.assert_array_equal(tensors["b"].rows(), numbers.astype(np.float32)[0])


def test_bfloat16_is_the_upper_half_of_float32(tmp_path):
    numbers = np.array([0.0, 1.0, -2.5, 3.0e38, 1e-30], np.float32)
    upper = (numbers.view(np.uint32) >> 16).astype("<u2")
    entry = {"dtype": "BF16", "shape": [5], "data_offsets": [0, 10]}
    raw_file(tmp_path / "model.safetensors", {"a": entry}, upper.tobytes())
    read = read_tensors(tmp_path)["a"].rows()
    assert read.dtype == np.float32
    np.testing.assert_allclose(read, numbers, rtol=0.01)


def test_several_files_are_one_model(tmp_path):
    save_file({"a": np.ones(2)}, tmp_path / "model-00001-of-00002.safetensors")
    save_file({"b": np.ones(3)}, tmp_path / "model-00002-of-00002.safetensors")
    assert set(read_tensors(tmp_path)) == {"a", "b"}


def test_a_folder_without_weights(tmp_path):
    with pytest.raises(ArtefactError, match="holds no model"):
        read_tensors(tmp_path)


ENTRY = {"dtype": "F32", "shape": [2], "data_offsets": [0, 8]}


@pytest.mark.parametrize(
    ("entries", "data"),
    [
        ({"a": ENTRY}, bytes(4)),
        ({"a": {**ENTRY, "shape": [3]}}, bytes(12)),
        ({"a": {**ENTRY, "dtype": "I8"}}, bytes(8)),
        ({"a": {"shape": [2]}}, bytes(8)),
        ([1], bytes(8)),
    ],
    ids=["cut off", "another shape", "unknown type", "no offsets", "a list"],
)
def test_damaged_files_are_refused(tmp_path, entries, data):
    raw_file(tmp_path / "model.safetensors", entries, data)
    with pytest.raises(ArtefactError, match=r"model\.safetensors"):
        read_tensors(tmp_path)


def test_a_file_of_another_kind(tmp_path):
    (tmp_path / "model.safetensors").write_bytes(b"version https://git-lfs.github.com/spec/v1\n")
    with pytest.raises(ArtefactError, match="not a safetensors file"):
        read_tensors(tmp_path)
