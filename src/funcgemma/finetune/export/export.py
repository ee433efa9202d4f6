"""A tuned model as other programs take it: a transformers folder, GGUF, or a folder for Ollama.

    merged    config.json, model.safetensors, tokenizer, chat template
    gguf      model.gguf; the adapter alone: adapter.gguf, and base.gguf where it is wanted
    ollama    model.gguf, Modelfile

Each holds `manifest.json`: what it was made of, the functions and prompt options it was tuned on,
and how often its greedy output was that of the tuned model.

GGUF files mark FunctionGemma's call tokens USER_DEFINED. Marked CONTROL, as converters do it by
themselves, runtimes leave them out of the text they print: `<escape>Tokyo, Japan<escape>` arrives
as `Tokyo, Japan`, and no reader can tell where the argument ends.
"""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import numpy as np

from funcgemma.finetune.export.check import Agreement
from funcgemma.finetune.export.folder import new_folder, seal
from funcgemma.finetune.export.make import Work, make
from funcgemma.finetune.export.order import ADAPTER, BASE, MODEL, Order, check_order
from funcgemma.finetune.export.source import Source
from funcgemma.finetune.gguf.tensors import read_tensors

FOLDER = Path("data/exports")
_LIBRARIES = ("torch", "transformers", "peft", "gguf", "xllamacpp")
_BYTES = {"f32": 4.0, "bf16": 2.0, "f16": 2.0, "q8_0": 34 / 32}


@dataclass(frozen=True, slots=True)
class Exported:
    """An export.

    Attributes:
        folder: Its own.
        manifest: What it says of itself.
        agreement: How often it wrote what the tuned model wrote.
    """

    folder: Path
    manifest: Mapping[str, Any]
    agreement: Agreement


def default_folder(source: Source, order: Order) -> Path:
    """`data/exports/run_1/checkpoint-200/gguf-f16`."""
    return FOLDER / source.name / order.label


def export(
    source: Source, order: Order, target: Path, tick: Callable[[str], None] = lambda step: None
) -> Exported:
    """Make an export in a folder; an older one there is replaced when the new one is whole.

    Args:
        source: The checkpoint.
        order: What to make of it.
        target: A new or empty folder, or that of an older export.
        tick: Told what is being done.

    Raises:
        ArtefactError: The order does not fit the checkpoint, the checkpoint is damaged, or
            something else stands in the folder.
        BackendError: A library is missing, or a model cannot be loaded.
        WorldError: The disk has no room.
    """
    check_order(source, order)
    with new_folder(target, space_needed(source, order)) as room:
        agreement = make(Work(source, order, room, tick))
        tick("checking the files")
        manifest = seal(room.out, _manifest(source, order, agreement))
    return Exported(target, manifest, agreement)


def space_needed(source: Source, order: Order) -> int:
    """Bytes on the disk, those included that are thrown away at the end."""
    tensors = read_tensors(source.model_folder).values()
    numbers = sum(int(np.prod(tensor.shape, dtype=np.int64)) for tensor in tensors)
    if order.kind == "adapter":
        adapter = sum(path.stat().st_size for path in source.folder.glob("*.safetensors"))
        return int(adapter + (_BYTES["f16"] * numbers if order.with_base or order.checked else 0))
    merged = _BYTES["f32"] * numbers if order.kind != "merged" and source.base else 0
    return int(merged + _BYTES[order.numbers] * numbers)


def _manifest(source: Source, order: Order, agreement: Agreement) -> dict[str, Any]:
    tuned = source.manifest
    return {
        "what": order.kind,
        "dtype": order.numbers,
        "model": _parts(order),
        "tools": order.tools,
        "run": source.name,
        "step": tuned.step,
        "method": tuned.plan.method,
        "weights": source.weights_hash(),
        "base": dict(tuned.base),
        "data": dict(tuned.data),
        "prompt": dict(tuned.prompt),
        "fingerprint": tuned.fingerprint,
        "functions": [dict(schema) for schema in tuned.functions],
        "hyper_parameters": tuned.plan.to_json(),
        "agreement": agreement.to_json(),
        "versions": _versions(),
    }


def _versions() -> dict[str, str]:
    """Of this program and of the libraries that are installed."""
    found = {}
    for name in ("funcgemma", *_LIBRARIES):
        with suppress(PackageNotFoundError):
            found[name] = version(name)
    return found


def _parts(order: Order) -> dict[str, str]:
    """What is opened: the model's file ("" = the folder itself), and the adapter's."""
    if order.kind == "merged":
        return {"file": ""}
    if order.kind != "adapter":
        return {"file": MODEL}
    return {"file": BASE if order.with_base else "", "adapter": ADAPTER}
