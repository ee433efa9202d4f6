"""What an export is to be: for whom, in which numbers, checked on how much."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from funcgemma.backends.installed import require
from funcgemma.errors import ArtefactError
from funcgemma.finetune.export.source import Source

Format = Literal["merged", "gguf", "ollama"]
Kind = Literal["merged", "gguf", "ollama", "adapter"]

MODEL, ADAPTER, BASE = "model.gguf", "adapter.gguf", "base.gguf"
DTYPES: Mapping[Kind, tuple[str, ...]] = {
    "merged": ("f32", "bf16"),
    "gguf": ("f16", "q8_0", "f32"),
    "ollama": ("f16", "q8_0", "f32"),
    "adapter": ("f32", "f16"),
}
"""The number formats of each kind, the default first."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be made.

    Attributes:
        format: For whom.
        dtype: Number format; "" = the first of `DTYPES`.
        adapter_only: The adapter as GGUF by itself, for llama.cpp.
        with_base: With it, the untuned model as GGUF.
        checked: On how many prompts the output is compared; 0 = not at all.
        tools: Whether Ollama's own renderer and parser are switched on.
    """

    format: Format
    dtype: str = ""
    adapter_only: bool = False
    with_base: bool = False
    checked: int = 8
    tools: bool = False

    @property
    def kind(self) -> Kind:
        """What comes out."""
        return "adapter" if self.adapter_only else self.format

    @property
    def numbers(self) -> str:
        """The number format."""
        return self.dtype or DTYPES[self.kind][0]

    @property
    def label(self) -> str:
        """Name of a folder for it: `gguf-q8_0`."""
        return f"{self.kind}-{self.numbers}"


def libraries(source: Source) -> tuple[str, ...]:
    """What transformers needs for a checkpoint."""
    return ("torch", "transformers", "peft") if source.base else ("torch", "transformers")


def check_order(source: Source, order: Order) -> None:
    """Refuse what makes no sense before anything is loaded.

    Raises:
        ArtefactError: The number format does not exist there, or there is no adapter to export.
        BackendError: A library is not installed.
    """
    _check_adapter(source, order)
    if order.tools and order.format != "ollama":
        raise ArtefactError("--tools is about Ollama's Modelfile", "give it with --format ollama")
    if order.numbers not in DTYPES[order.kind]:
        raise ArtefactError(
            f"--format {order.format} {'--adapter-only ' if order.adapter_only else ''}"
            f"is not written as {order.numbers}",
            f"choose --dtype {' or '.join(DTYPES[order.kind])}",
        )
    if order.kind == "merged" or (source.base is not None and order.kind != "adapter"):
        require("export", "finetune", *libraries(source))
    if order.kind != "merged":
        require("export", "finetune", "gguf")


def _check_adapter(source: Source, order: Order) -> None:
    if order.with_base and not order.adapter_only:
        raise ArtefactError("--with-base goes with --adapter-only", "give both, or neither")
    if not order.adapter_only:
        return
    if order.format == "ollama":
        raise ArtefactError(
            "Ollama runs no adapters", "leave out --adapter-only: the adapter is merged then"
        )
    if order.format == "merged":
        raise ArtefactError(
            "--adapter-only asks for an adapter, --format merged for none",
            f"for PEFT take {source.folder} as it is; for llama.cpp give --format gguf",
        )
    if source.base is None:
        raise ArtefactError(
            f"{source.folder} was tuned as a whole: there is no adapter", "leave out --adapter-only"
        )
