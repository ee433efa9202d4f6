"""Reads the weights of a transformers folder with numpy alone; bfloat16 becomes float32.

Tensors stay in their files until they are asked for, a slice of rows at a time, so that a model
is never in memory as a whole.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from funcgemma.errors import ArtefactError

Array = npt.NDArray[Any]

DTYPES: Mapping[str, str] = {"F64": "<f8", "F32": "<f4", "F16": "<f2", "BF16": "<u2"}
HINT = "fetch the model again, or save it with save_pretrained"


@dataclass(frozen=True, slots=True)
class Tensor:
    """A tensor in a safetensors file."""

    path: Path
    dtype: str
    shape: tuple[int, ...]
    start: int

    def rows(self, first: int = 0, last: int | None = None) -> Array:
        """Rows `first` to `last` (all, by default) as float32."""
        raw = np.memmap(self.path, DTYPES[self.dtype], "r", self.start, self.shape)[first:last]
        if self.dtype == "BF16":
            return (raw.astype(np.uint32) << 16).view(np.float32)
        return raw.astype(np.float32)


def read_tensors(folder: Path) -> dict[str, Tensor]:
    """Name -> tensor, over all `*.safetensors` files of a folder.

    Raises:
        ArtefactError: There is no such file, or one is damaged.
    """
    paths = sorted(folder.glob("model*.safetensors"))
    if not paths:
        raise ArtefactError(f"{folder} holds no model*.safetensors", HINT)
    tensors: dict[str, Tensor] = {}
    for path in paths:
        tensors |= _read_header(path)
    return tensors


def _read_header(path: Path) -> dict[str, Tensor]:
    try:
        with path.open("rb") as file:
            size = int.from_bytes(file.read(8), "little")
            if not 0 < size <= path.stat().st_size - 8:
                raise ValueError("no header")
            header = json.loads(file.read(size))
        header.pop("__metadata__", None)
        return {name: _tensor(path, 8 + size, entry) for name, entry in header.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ArtefactError(f"{path} is not a safetensors file: {error}", HINT) from error


def _tensor(path: Path, base: int, entry: Mapping[str, Any]) -> Tensor:
    start, end = entry["data_offsets"]
    dtype, shape = entry["dtype"], tuple(entry["shape"])
    if dtype not in DTYPES:
        raise ValueError(f"weights of type {dtype} are not supported")
    if end - start != np.dtype(DTYPES[dtype]).itemsize * int(np.prod(shape, dtype=np.int64)):
        raise ValueError("shape and size differ")
    if base + end > path.stat().st_size:
        raise ValueError("the file is cut off")
    return Tensor(path, dtype, shape, base + start)
