"""What a GGUF file says about its model, read before llama.cpp is asked to load it.

llama.cpp tells no reason when a file does not load, and the operating system ends a process
that takes more memory than there is: both are better found out before.
"""

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from funcgemma.backends.machine import gigabytes, machine_memory
from funcgemma.errors import BackendError

MAGIC = b"GGUF"
VERSIONS = (2, 3)
LONG = 4096
"""Arrays of more elements are the vocabulary: what follows it is of no use here."""
LONGEST_TEXT = 1 << 24
BYTES_PER_CACHED_NUMBER = 2
NUMBERS = {0: "B", 1: "b", 2: "H", 3: "h", 4: "I", 5: "i", 6: "f", 7: "?", 10: "Q", 11: "q"}
NUMBERS[12] = "d"
TEXT, ARRAY = 8, 9


@dataclass(frozen=True, slots=True)
class ModelFile:
    """A GGUF file on disk.

    Attributes:
        path: Where it stands.
        size: In bytes.
        keys: Its metadata up to the vocabulary; arrays of numbers as tuples.
    """

    path: Path
    size: int
    keys: Mapping[str, Any]

    @property
    def kind(self) -> str:
        """`model` or `adapter`."""
        return str(self.keys.get("general.type", "model"))

    @property
    def context_length(self) -> int | None:
        """The longest text it was trained for, in tokens."""
        return self._size("context_length")

    def window(self, num_ctx: int) -> int:
        """The context window to open: never more than it was trained for."""
        return min(num_ctx, self.context_length or num_ctx)

    def memory(self, num_ctx: int) -> int:
        """Bytes that the weights and the cache of so many tokens take, at most."""
        heads = self._size("attention.head_count_kv") or self._size("attention.head_count") or 0
        width = (self._size("attention.key_length") or 0) + (
            self._size("attention.value_length") or 0
        )
        layers = self._size("block_count") or 0
        cache = BYTES_PER_CACHED_NUMBER * layers * heads * width * num_ctx
        return self.size + cache

    def _size(self, key: str) -> int | None:
        value = self.keys.get(f"{self.keys.get('general.architecture')}.{key}")
        value = max(value, default=None) if isinstance(value, tuple) else value
        return value if isinstance(value, int) else None


def open_file(path: Path, what: str = "model") -> ModelFile:
    """The file, checked to be a GGUF of its kind.

    Args:
        path: Of the file.
        what: `model` or `adapter`.

    Raises:
        BackendError: It is missing (`not_pulled`), no GGUF file or one of another kind (`garbage`).
    """
    if path.is_dir():
        raise BackendError(
            f"{path} is a folder, not a GGUF file",
            "garbage",
            "give the path of a .gguf file; folders are for the backend transformers:DIR",
        )
    if not path.is_file():
        raise BackendError(f"there is no {what} file {path}", "not_pulled", "check the path")
    try:
        with path.open("rb") as file:
            found = ModelFile(path, path.stat().st_size, _read(file))
    except OSError as error:
        raise BackendError(f"{path} cannot be read: {error.strerror}", "refused") from error
    except (struct.error, ValueError) as error:
        raise BackendError(
            f"{path} is not a GGUF file: {error}", "garbage", "download or export it again"
        ) from error
    if found.kind != what:
        raise BackendError(
            f"{path} holds a GGUF of kind {found.kind!r}, not {what!r}",
            "garbage",
            "models go into llamacpp:PATH, LoRA adapters into the adapter setting",
        )
    return found


def check_memory(file: ModelFile, num_ctx: int) -> None:
    """Let a model pass that this machine can hold.

    Raises:
        BackendError: With reason `memory`: weights and cache exceed the machine's memory.
    """
    there = machine_memory().total
    needed = file.memory(num_ctx)
    if there is not None and needed > there:
        raise BackendError(
            f"{file.path.name} with a window of {num_ctx:,} tokens needs "
            f"{gigabytes(needed)}, this machine has {gigabytes(there)}",
            "memory",
            "use a smaller num_ctx or a smaller model",
        )


def _read(file: BinaryIO) -> Mapping[str, Any]:
    if file.read(4) != MAGIC:
        raise ValueError("it does not start with GGUF")
    version = _number(file, "I")
    if version not in VERSIONS:
        raise ValueError(f"version {version}")
    _number(file, "Q")
    keys: dict[str, Any] = {}
    for _ in range(_number(file, "Q")):
        key = _text(file)
        value = _value(file, _number(file, "I"))
        if value is None:
            break
        keys[key] = value
    return keys


def _value(file: BinaryIO, kind: int) -> Any:
    """A value; None for an array that is too long to be of use."""
    if kind == TEXT:
        return _text(file)
    if kind != ARRAY:
        return _number(file, _code(kind))
    element, length = _number(file, "I"), _number(file, "Q")
    if element == ARRAY:
        raise ValueError("it has an array of arrays")
    if length > LONG:
        return None
    return tuple(_value(file, element) for _ in range(length))


def _code(kind: int) -> str:
    if kind not in NUMBERS:
        raise ValueError(f"it has a value of the unknown kind {kind}")
    return NUMBERS[kind]


def _number(file: BinaryIO, code: str) -> Any:
    size = struct.calcsize(f"<{code}")
    return struct.unpack(f"<{code}", file.read(size))[0]


def _text(file: BinaryIO) -> str:
    length = _number(file, "Q")
    data = file.read(length) if length <= LONGEST_TEXT else b""
    if len(data) != length:
        raise ValueError("it ends in the middle")
    return data.decode("utf-8", "replace")
