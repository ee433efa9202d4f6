"""A tuned model ready for use in Python, in one line: from a checkpoint or from an export."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from funcgemma.backends.catalogue import Place, open_backend
from funcgemma.errors import ArtefactError
from funcgemma.finetune.examples import PromptOptions
from funcgemma.finetune.export.folder import is_export, read_export
from funcgemma.finetune.export.source import open_source, options_of
from funcgemma.finetune.functions import definitions_of
from funcgemma.functions.definition import FunctionDefinition
from funcgemma.resolver.functiongemma.resolver import FunctionGemma


def open_tuned(folder: Path | str, *, backend: str = "", base: str = "") -> FunctionGemma:
    """The resolver of a fine-tuned model, with the very functions and prompts it was tuned on.

    Args:
        folder: `data/peft_adapters/run_N/checkpoint-K`, or what `funcgemma export` has made.
        backend: Another runtime that serves the model: `ollama:functiongemma-run_1:200`.
        base: Where the model under the adapter stands now; "" = where it stood when tuning.

    Raises:
        ArtefactError: The folder is neither, or does not hold a whole model.
        BackendError: A library or the base is missing.
    """
    folder = Path(folder)
    if is_export(folder):
        manifest = read_export(folder)
        definitions = definitions_of(manifest["functions"], str(folder))
        options = options_of(manifest["prompt"], folder)
        spec, adapter = _parts(folder, manifest, base) if not backend else (backend, "")
    else:
        source = open_source(folder, base)
        definitions, options = source.definitions, source.prompt
        spec, adapter = f"transformers:{source.model_folder}", str(folder) if source.base else ""
        if backend:
            spec, adapter = backend, ""
    return _resolver(spec, adapter, definitions, options)


def _parts(folder: Path, manifest: Mapping[str, Any], base: str) -> tuple[str, str]:
    """The spec of an export, and its adapter."""
    if manifest["what"] == "merged":
        return f"transformers:{folder}", ""
    parts = manifest["model"]
    adapter = str(folder / parts["adapter"]) if "adapter" in parts else ""
    model = base or (str(folder / parts["file"]) if parts["file"] else "")
    if not model:
        raise ArtefactError(
            f"{folder} holds an adapter without the model it belongs to",
            "give its GGUF file as base, or export again with --with-base",
        )
    return f"llamacpp:{model}", adapter


def _resolver(
    spec: str, adapter: str, definitions: tuple[FunctionDefinition, ...], options: PromptOptions
) -> FunctionGemma:
    backend = open_backend(spec, Place(num_ctx=options.num_ctx, adapter=adapter))
    return FunctionGemma(
        backend,
        {definition.name: definition for definition in definitions},
        num_ctx=options.num_ctx,
        compact=options.compact,
    )
