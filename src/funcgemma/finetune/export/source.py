"""What is exported: a checkpoint of a run, and the model it was tuned from."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from funcgemma.errors import ArtefactError, BackendError
from funcgemma.finetune.base import Base, find_base
from funcgemma.finetune.checkpoint import weights_hash
from funcgemma.finetune.examples import CLOCK, PromptOptions
from funcgemma.finetune.functions import definitions_of
from funcgemma.finetune.manifest import Manifest, read_manifest
from funcgemma.functions.definition import FunctionDefinition

WHERE = "say where it stands now: --base FOLDER"


@dataclass(frozen=True, slots=True)
class Source:
    """A checkpoint that can be exported.

    Attributes:
        folder: Its own.
        manifest: What it was made of.
        base: The model under its adapter; None = the checkpoint is a whole model.
    """

    folder: Path
    manifest: Manifest
    base: Base | None

    @property
    def name(self) -> str:
        """`run_1/checkpoint-200`."""
        place = self.folder.absolute()
        return f"{place.parent.name}/{place.name}"

    @property
    def model_folder(self) -> Path:
        """Where configuration, tokenizer and the greater part of the weights stand."""
        return self.base.folder if self.base else self.folder

    @property
    def definitions(self) -> tuple[FunctionDefinition, ...]:
        """The functions as the model was told of them."""
        return definitions_of(self.manifest.functions, str(self.folder))

    @property
    def prompt(self) -> PromptOptions:
        """How prompts are rendered for it."""
        return options_of(self.manifest.prompt, self.folder)

    def weights_hash(self) -> str:
        """SHA-256 over the weights of the checkpoint."""
        return weights_hash(self.folder)


def open_source(folder: Path, base: str = "") -> Source:
    """The checkpoint in a folder, with the base it was tuned from.

    Args:
        folder: `data/peft_adapters/run_N/checkpoint-K`.
        base: Where the base stands now; "" = where the manifest says.

    Raises:
        ArtefactError: It is no checkpoint, or the base is another one now.
        BackendError: The base is not there.
    """
    manifest = read_manifest(folder)
    if manifest.plan.method == "full":
        return Source(folder, manifest, None)
    name = base or str(manifest.base["model"])
    try:
        found = find_base(name)
    except BackendError as error:
        hint = f"{error.hint}; or {WHERE}" if error.hint else WHERE
        raise BackendError(
            f"{folder}: the model it was tuned from is missing: {error.message}", error.reason, hint
        ) from error
    if not found.is_the_one_of(manifest.base):
        raise ArtefactError(
            f"{folder} was tuned from another model than the one in {found.folder}: "
            "its files have other hashes",
            f"bring that one back, or {WHERE}",
        )
    return Source(folder, manifest, found)


def options_of(prompt: Mapping[str, Any], folder: Path) -> PromptOptions:
    """The prompt options of a manifest.

    Raises:
        ArtefactError: Its prompts tell the time in another way than those of this program.
    """
    if prompt["clock"] != CLOCK:
        raise ArtefactError(
            f"{folder}: its prompts tell the time to the {prompt['clock']}, here to the {CLOCK}",
            "fine-tune again",
        )
    return PromptOptions(bool(prompt["compact"]), int(prompt["num_ctx"]))
