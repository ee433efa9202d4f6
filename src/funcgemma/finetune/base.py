"""The model that tuning starts from: where it stands, and exactly which one it is."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from funcgemma.backends.transformers.model import HUB_ID, find
from funcgemma.errors import WorldError

DEFAULT_BASE = "google/functiongemma-270m-it"
KINDS = (".json", ".safetensors", ".model", ".jinja")
"""The files that make up a model; notes beside them do not count."""


@dataclass(frozen=True, slots=True)
class Base:
    """A model on this machine.

    Attributes:
        name: As it was asked for: a folder or an id of the hub.
        folder: Where its files stand.
        revision: The commit on the hub; "" = it is a folder.
        hash: SHA-256 over the files of a folder; "" where there is a revision.
    """

    name: str
    folder: Path
    revision: str = ""
    hash: str = ""

    def to_json(self) -> dict[str, Any]:
        """What a manifest says of it."""
        return {"model": self.name, "revision": self.revision, "hash": self.hash}

    def is_the_one_of(self, told: Mapping[str, Any]) -> bool:
        """Whether a manifest speaks of this model, wherever it stands."""
        if self.hash:
            return bool(told["hash"] == self.hash)
        return bool(told["revision"] == self.revision)


def find_base(name: str) -> Base:
    """The model of a folder, or one that was downloaded from the hub.

    Raises:
        BackendError: It is neither; says how to get it.
        WorldError: A file cannot be read.
    """
    source, _ = find("finetune", name, "")
    if HUB_ID.fullmatch(name) and not Path(name).exists():
        from huggingface_hub import try_to_load_from_cache

        config = Path(str(try_to_load_from_cache(source, "config.json")))
        return Base(name, config.parent, revision=config.parent.name)
    folder = Path(source)
    return Base(str(folder.absolute()), folder, hash=folder_hash(folder))


def folder_hash(folder: Path) -> str:
    """SHA-256 over the names and contents of a model's files.

    Raises:
        WorldError: One cannot be read.
    """
    digest = hashlib.sha256()
    try:
        for path in sorted(folder.iterdir()):
            if path.suffix in KINDS and path.is_file():
                with path.open("rb") as file:
                    content = hashlib.file_digest(file, "sha256").hexdigest()
                digest.update(f"{path.name} {content}\n".encode())
    except OSError as error:
        raise WorldError(f"{folder}: {error.strerror}", "check the model's folder") from error
    return digest.hexdigest()
